"""A distribution that would serve otherwise on AWS is refused at start, by name."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from local.cloudfront.distribution import check_distribution
from local.cloudfront.security_headers import response_headers
from local.errors import UnsupportedError

CONFIG: dict[str, Any] = {
    "DefaultCacheBehavior": {"ViewerProtocolPolicy": "redirect-to-https"},
    "Enabled": True,
    "Origins": [{"Id": "dapp"}],
}


def test_an_ordinary_one_is_taken() -> None:
    check_distribution(CONFIG)


@pytest.mark.parametrize(
    ("place", "value", "named"),
    [
        (["Aliases"], ["x"], "Aliases"),
        (["Enabled"], False, "enabled"),
        (["Origins"], [{"Id": "a"}, {"Id": "b"}], "one origin"),
        (["Origins", 0, "OriginPath"], "/x", "OriginPath"),
        (["DefaultCacheBehavior", "FunctionAssociations"], [], "FunctionAssociations"),
        (["DefaultCacheBehavior", "ViewerProtocolPolicy"], "allow-all", "ViewerProtocolPolicy"),
    ],
)
def test_anything_else_is_refused_by_name(place: list[Any], value: object, named: str) -> None:
    config = deepcopy(CONFIG)
    part: Any = config
    for step in place[:-1]:
        part = part[step]
    part[place[-1]] = value
    with pytest.raises(UnsupportedError, match=named):
        check_distribution(config)


def test_a_header_that_would_not_override_is_refused() -> None:
    csp = {"ContentSecurityPolicy": "default-src 'none'", "Override": False}
    policy = {"SecurityHeadersConfig": {"ContentSecurityPolicy": csp}}
    with pytest.raises(UnsupportedError, match="Override"):
        response_headers(policy, region="us-east-1", api_origin="http://localhost:3001")
