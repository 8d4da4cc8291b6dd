"""The headers of a ResponseHeadersPolicy, as CloudFront adds them, with AWS's hosts made local.

Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from local.errors import UnsupportedError

_SECURITY = {
    "ContentSecurityPolicy",
    "ContentTypeOptions",
    "FrameOptions",
    "ReferrerPolicy",
    "StrictTransportSecurity",
}
_PARTS = {"CorsConfig", "CustomHeadersConfig", "Name", "SecurityHeadersConfig"}
_CORS = {
    *("AccessControlAllowCredentials", "AccessControlAllowHeaders", "AccessControlAllowMethods"),
    *("AccessControlAllowOrigins", "AccessControlExposeHeaders", "OriginOverride"),
}


@dataclass(frozen=True)
class ResponseHeaders:
    """`lines` are in every answer; pages of `origins` may read it, and those `exposed` headers."""

    lines: Sequence[tuple[str, str]]
    origins: Sequence[str] = ()
    exposed: str = ""

    def put(self, response: Response, origin: str | None) -> None:
        """Into an answer to a page of that origin, or to nobody's page."""
        for name, value in self.lines:
            response.headers[name] = value
        if origin in self.origins:
            response.headers["access-control-allow-origin"] = str(origin)
            response.headers["access-control-expose-headers"] = self.exposed
            response.headers["vary"] = "Origin"


def read_response_headers(
    policy: Mapping[str, Any], *, region: str, api_host: str, api_origin: str
) -> ResponseHeaders:
    """Of a resolved ResponseHeadersPolicyConfig, for a site on http://localhost.

    `api_host` is the API's own on AWS, which the policy may name instead of the region's.
    HSTS and `upgrade-insecure-requests` are left out: there is no https here to send a browser to.
    """
    security = policy.get("SecurityHeadersConfig", {})
    cors = policy.get("CorsConfig", {})
    unknown = set(security) - _SECURITY | set(policy) - _PARTS | set(cors) - _CORS
    if unknown:
        raise UnsupportedError(f"the local stack does not model {', '.join(sorted(unknown))}")
    custom = policy.get("CustomHeadersConfig", {}).get("Items", [])
    overrides = [part.get("Override") for part in (*security.values(), *custom)]
    if not all(value is True for value in (*overrides, cors.get("OriginOverride", True))):
        raise UnsupportedError("ResponseHeadersPolicy: the local stack models Override: true only")
    csp = security["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    lines = [
        (
            "content-security-policy",
            local_policy(csp, region=region, api_host=api_host, api_origin=api_origin),
        ),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", security["FrameOptions"]["FrameOption"]),
        ("referrer-policy", security["ReferrerPolicy"]["ReferrerPolicy"]),
        *((item["Header"].lower(), item["Value"]) for item in custom),
    ]
    origins = cors.get("AccessControlAllowOrigins", {}).get("Items", [])
    exposed = cors.get("AccessControlExposeHeaders", {}).get("Items", [])
    return ResponseHeaders(lines, origins, ",".join(exposed))


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
