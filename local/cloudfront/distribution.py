"""Which DistributionConfig the local site can stand for; anything else is refused by name.

Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-cloudfront-distribution-distributionconfig.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local.errors import UnsupportedError

_CONFIG = {
    *("Comment", "CustomErrorResponses", "DefaultCacheBehavior", "DefaultRootObject", "Enabled"),
    *("CacheBehaviors", "HttpVersion", "IPV6Enabled", "Origins"),
    *("Aliases", "ViewerCertificate", "WebACLId"),  # names, TLS and firewall: not on this machine
}
_BEHAVIOUR = {
    *("AllowedMethods", "CachePolicyId", "Compress", "FunctionAssociations"),
    *("ResponseHeadersPolicyId", "TargetOriginId", "ViewerProtocolPolicy"),
}
_ORIGIN = {"DomainName", "Id", "OriginAccessControlId", "S3OriginConfig"}
_API_BEHAVIOUR = _BEHAVIOUR | {"OriginRequestPolicyId", "PathPattern"}
_API_ORIGIN = {"CustomOriginConfig", "DomainName", "Id", "OriginCustomHeaders", "OriginPath"}
# https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
# https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
ALL_VIEWER_EXCEPT_HOST_HEADER = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
PUBLIC_PATTERN, API_PATTERN = "/api/public/*", "/api/*"


def check_distribution(config: Mapping[str, Any]) -> None:
    """Raises UnsupportedError for what CloudFront would do and the local site does not.

    What it does: a site from one bucket and, beside it, `/api/*` from the stack's own API as it is,
    and `/api/public/*` from the API behind a cache.
    """
    behaviour, origins = config["DefaultCacheBehavior"], config["Origins"]
    _refuse("Distribution", set(config) - _CONFIG)
    _refuse("DefaultCacheBehavior", set(behaviour) - _BEHAVIOUR)
    behaviours = config.get("CacheBehaviors", [])
    if len(origins) != 1 + len(behaviours):
        raise UnsupportedError("Distribution: the local stack models one origin per behaviour")
    _refuse("Origins", set(origins[0]) - _ORIGIN)
    if config["Enabled"] is not True:
        raise UnsupportedError("Distribution: the local stack models an enabled one")
    if behaviour["ViewerProtocolPolicy"] not in ("redirect-to-https", "https-only"):
        raise UnsupportedError("ViewerProtocolPolicy: the local stack models an https site only")
    if behaviours:
        _check_apis(behaviours, origins[1:], config)


def _check_apis(
    behaviours: list[Mapping[str, Any]],
    origins: list[Mapping[str, Any]],
    config: Mapping[str, Any],
) -> None:
    patterns = [behaviour.get("PathPattern") for behaviour in behaviours]
    if patterns not in ([PUBLIC_PATTERN, API_PATTERN], [PUBLIC_PATTERN], [API_PATTERN]):
        known = f"PathPattern {PUBLIC_PATTERN}, then {API_PATTERN}"
        raise UnsupportedError(f"CacheBehaviors: the local stack models {known}")
    for behaviour, origin in zip(behaviours, origins, strict=True):
        _check_api(behaviour, origin)
    if config.get("CustomErrorResponses"):
        raise UnsupportedError("the local stack models no error pages beside the API")


def _check_api(behaviour: Mapping[str, Any], origin: Mapping[str, Any]) -> None:
    _refuse("CacheBehaviors", set(behaviour) - _API_BEHAVIOUR)
    _refuse("Origins", set(origin) - _API_ORIGIN)
    wanted = {"TargetOriginId": origin["Id"], "ViewerProtocolPolicy": "https-only"}
    if behaviour["PathPattern"] == API_PATTERN:
        wanted["CachePolicyId"] = CACHING_DISABLED
        wanted["OriginRequestPolicyId"] = ALL_VIEWER_EXCEPT_HOST_HEADER
    for name, value in wanted.items():
        if behaviour.get(name) != value:
            raise UnsupportedError(f"CacheBehaviors: the local stack models {name} {value} only")


def _refuse(where: str, unknown: set[str]) -> None:
    if unknown:
        names = ", ".join(sorted(unknown))
        raise UnsupportedError(f"{where}: the local stack does not model {names}")
