"""The headers of a ResponseHeadersPolicy, as CloudFront adds them, with AWS's hosts made local.

Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local.errors import UnsupportedError

_SECURITY = {
    "ContentSecurityPolicy",
    "ContentTypeOptions",
    "FrameOptions",
    "ReferrerPolicy",
    "StrictTransportSecurity",
}
_PARTS = {"CustomHeadersConfig", "Name", "SecurityHeadersConfig"}


def response_headers(
    policy: Mapping[str, Any], *, region: str, api_host: str, api_origin: str
) -> list[tuple[str, str]]:
    """Header lines of a resolved ResponseHeadersPolicyConfig, for a site on http://localhost.

    `api_host` is the API's own on AWS, which the policy may name instead of the region's.
    HSTS and `upgrade-insecure-requests` are left out: there is no https here to send a browser to.
    """
    security = policy.get("SecurityHeadersConfig", {})
    unknown = set(security) - _SECURITY | set(policy) - _PARTS
    if unknown:
        raise UnsupportedError(f"the local stack does not model {', '.join(sorted(unknown))}")
    parts = [*security.values(), *policy.get("CustomHeadersConfig", {}).get("Items", [])]
    if not all(part.get("Override") is True for part in parts):
        raise UnsupportedError("ResponseHeadersPolicy: the local stack models Override: true only")
    csp = security["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    custom = policy.get("CustomHeadersConfig", {}).get("Items", [])
    return [
        (
            "content-security-policy",
            local_policy(csp, region=region, api_host=api_host, api_origin=api_origin),
        ),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", security["FrameOptions"]["FrameOption"]),
        ("referrer-policy", security["ReferrerPolicy"]["ReferrerPolicy"]),
        *((item["Header"].lower(), item["Value"]) for item in custom),
    ]


def local_policy(csp: str, *, region: str, api_host: str, api_origin: str) -> str:
    """The Content-Security-Policy with the three AWS hosts replaced by the one local endpoint."""
    regional = ("cognito-idp", "cognito-identity", "*.execute-api")
    for host in (*(f"{service}.{region}.amazonaws.com" for service in regional), api_host):
        csp = csp.replace(f"https://{host}", api_origin)
    directives = []
    for directive in csp.split(";"):
        words = directive.split()
        if words and words != ["upgrade-insecure-requests"]:
            directives.append(" ".join(dict.fromkeys(words)))
    return "; ".join(directives)
