"""Which DistributionConfig the local site can stand for; anything else is refused by name.

Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-cloudfront-distribution-distributionconfig.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local.errors import UnsupportedError

_CONFIG = {
    *("Comment", "CustomErrorResponses", "DefaultCacheBehavior", "DefaultRootObject", "Enabled"),
    *("HttpVersion", "IPV6Enabled", "Origins"),
}
_BEHAVIOUR = {
    *("AllowedMethods", "CachePolicyId", "Compress", "ResponseHeadersPolicyId"),
    *("TargetOriginId", "ViewerProtocolPolicy"),
}
_ORIGIN = {"DomainName", "Id", "OriginAccessControlId", "S3OriginConfig"}


def check_distribution(config: Mapping[str, Any]) -> None:
    """Raises UnsupportedError for what CloudFront would do and the local site does not."""
    behaviour, origins = config["DefaultCacheBehavior"], config["Origins"]
    _refuse("Distribution", set(config) - _CONFIG)
    _refuse("DefaultCacheBehavior", set(behaviour) - _BEHAVIOUR)
    if len(origins) != 1:
        raise UnsupportedError("Distribution: the local stack models one origin")
    _refuse("Origins", set(origins[0]) - _ORIGIN)
    if config["Enabled"] is not True:
        raise UnsupportedError("Distribution: the local stack models an enabled one")
    if behaviour["ViewerProtocolPolicy"] not in ("redirect-to-https", "https-only"):
        raise UnsupportedError("ViewerProtocolPolicy: the local stack models an https site only")


def _refuse(where: str, unknown: set[str]) -> None:
    if unknown:
        names = ", ".join(sorted(unknown))
        raise UnsupportedError(f"{where}: the local stack does not model {names}")
