"""A distribution that would serve otherwise on AWS is refused at start, by name."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from local.cloudfront.distribution import (
    ALL_VIEWER_EXCEPT_HOST_HEADER,
    CACHING_DISABLED,
    check_distribution,
)
from local.cloudfront.security_headers import read_response_headers
from local.errors import UnsupportedError

PLACES = {
    "region": "us-east-1",
    "api_host": "api.gallery.example",
    "api_origin": "http://localhost:3001",
}
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
        (["Logging"], {}, "Logging"),
        (["Enabled"], False, "enabled"),
        (["Origins"], [{"Id": "a"}, {"Id": "b"}], "one origin"),
        (["CacheBehaviors"], [{"PathPattern": "/api/*"}], "one origin"),
        (["Origins", 0, "OriginPath"], "/x", "OriginPath"),
        (["DefaultCacheBehavior", "LambdaFunctionAssociations"], [], "LambdaFunction"),
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


API: dict[str, Any] = {
    **CONFIG,
    "CacheBehaviors": [
        {
            "CachePolicyId": CACHING_DISABLED,
            "OriginRequestPolicyId": ALL_VIEWER_EXCEPT_HOST_HEADER,
            "PathPattern": "/api/*",
            "TargetOriginId": "api",
            "ViewerProtocolPolicy": "https-only",
        }
    ],
    "Origins": [{"Id": "dapp"}, {"Id": "api", "OriginPath": "/prod"}],
}


def test_the_stacks_api_beside_the_site_is_taken() -> None:
    check_distribution(API)


@pytest.mark.parametrize(
    ("place", "value", "named"),
    [
        (["CacheBehaviors", 0, "CachePolicyId"], "x", "CachePolicyId"),
        (["CacheBehaviors", 0, "OriginRequestPolicyId"], None, "OriginRequestPolicyId"),
        (["CacheBehaviors", 0, "PathPattern"], "/x/*", "PathPattern"),
        (["CacheBehaviors", 0, "TargetOriginId"], "dapp", "TargetOriginId"),
        (["CacheBehaviors", 0, "ViewerProtocolPolicy"], "allow-all", "ViewerProtocolPolicy"),
        (["CacheBehaviors", 0, "TrustedKeyGroups"], [], "TrustedKeyGroups"),
        (["CustomErrorResponses"], [{"ErrorCode": 403}], "error pages"),
        (["Origins", 1, "OriginShield"], {}, "OriginShield"),
    ],
)
def test_another_way_to_the_api_is_refused_by_name(
    place: list[Any], value: object, named: str
) -> None:
    config = deepcopy(API)
    part: Any = config
    for step in place[:-1]:
        part = part[step]
    part[place[-1]] = value
    with pytest.raises(UnsupportedError, match=named):
        check_distribution(config)


PUBLIC: dict[str, Any] = {
    **CONFIG,
    "CacheBehaviors": [
        {
            "CachePolicyId": "theirs",
            "OriginRequestPolicyId": "theirs",
            "PathPattern": "/api/public/*",
            "TargetOriginId": "public",
            "ViewerProtocolPolicy": "https-only",
        },
        *API["CacheBehaviors"],
    ],
    "Origins": [
        CONFIG["Origins"][0],
        {"Id": "public", "OriginCustomHeaders": []},
        API["Origins"][1],
    ],
}


def test_a_cached_way_to_the_api_is_taken_before_the_other() -> None:
    check_distribution(PUBLIC)
    first = {"CacheBehaviors": PUBLIC["CacheBehaviors"][:1], "Origins": PUBLIC["Origins"][:2]}
    check_distribution(PUBLIC | first)
    shadowed = {name: [*reversed(PUBLIC[name])] for name in ("CacheBehaviors",)}
    with pytest.raises(UnsupportedError, match="PathPattern"):
        check_distribution(PUBLIC | shadowed)


def test_a_header_that_would_not_override_is_refused() -> None:
    csp = {"ContentSecurityPolicy": "default-src 'none'", "Override": False}
    policy = {"SecurityHeadersConfig": {"ContentSecurityPolicy": csp}}
    with pytest.raises(UnsupportedError, match="Override"):
        read_response_headers(policy, **PLACES)
