"""How long CloudFront caches an answer, and which cache policies the local site takes."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from local.cloudfront.cache_policy import CachePolicy, CacheTimes, read_cache_policy
from local.errors import UnsupportedError

POLICY = CachePolicy(frozenset(), least=1, default=5, most=100)
CONFIG: dict[str, Any] = {
    "MinTTL": 0,
    "DefaultTTL": 0,
    "MaxTTL": 86400,
    "ParametersInCacheKeyAndForwardedToOrigin": {
        "CookiesConfig": {"CookieBehavior": "none"},
        "HeadersConfig": {"HeaderBehavior": "none"},
        "QueryStringsConfig": {"QueryStringBehavior": "whitelist", "QueryStrings": ["limit"]},
    },
}


@pytest.mark.parametrize(
    ("status", "said", "times"),
    [
        (200, "max-age=30", (30, 0)),
        (200, "public, max-age=30, stale-if-error=60", (30, 60)),
        (200, "max-age=30, s-maxage=7", (7, 0)),
        (200, "Max-Age=30", (30, 0)),
        (200, "max-age=1000, stale-if-error=1000", (100, 100)),
        (200, "max-age=0", (1, 0)),
        (200, "no-store", (1, 0)),
        (200, "max-age=-5", (5, 0)),
        (200, "max-age=x", (5, 0)),
        (200, None, (5, 0)),
        (503, "no-store", (10, 0)),
        (503, "max-age=60", (60, 0)),
        (404, None, (10, 0)),
        (404, "no-store", (0, 0)),
        (404, "max-age=60", (60, 0)),
        (400, None, (0, 0)),
        (400, "max-age=60", (60, 0)),
        (429, "max-age=60", (0, 0)),
    ],
)
def test_an_answers_times_follow_its_status_and_what_it_says(
    status: int, said: str | None, times: tuple[float, float]
) -> None:
    assert POLICY.times(status, said) == CacheTimes(*times)


def test_the_query_keeps_its_spelling_and_its_order() -> None:
    policy = read_cache_policy(CONFIG)
    assert policy.query("b=1&limit=%32&&limit&a&li%6Dit=3") == "limit=%32&limit&li%6Dit=3"


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("CookiesConfig", {"CookieBehavior": "all"}),
        ("HeadersConfig", {"HeaderBehavior": "whitelist", "Headers": ["origin"]}),
        ("QueryStringsConfig", {"QueryStringBehavior": "all"}),
    ],
)
def test_another_key_is_refused(part: str, value: dict[str, Any]) -> None:
    config = deepcopy(CONFIG)
    config["ParametersInCacheKeyAndForwardedToOrigin"][part] = value
    with pytest.raises(UnsupportedError, match="CachePolicy"):
        read_cache_policy(config)
