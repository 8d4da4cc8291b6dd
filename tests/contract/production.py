"""The template with everything a production stack can have switched on."""

from __future__ import annotations

from typing import Any

_CERTIFICATE = "certificate/12345678-1234-1234-1234-123456789012"
REGIONAL_ACL = (
    "arn:aws:wafv2:us-east-1:210987654321:regional/webacl/theirs/"
    "12345678-1234-1234-1234-123456789012"
)
SITE_ACL = REGIONAL_ACL.replace("regional/", "global/")
PROD = {"Profile": "prod"}
DOMAINS = {
    "SiteDomainName": "gallery.example",
    "SiteCertificateArn": f"arn:aws:acm:us-east-1:123456789012:{_CERTIFICATE}",
    "ApiDomainName": "api.gallery.example",
    "ApiCertificateArn": f"arn:aws:acm:us-east-1:123456789012:{_CERTIFICATE}",
}
EVERYTHING = {
    **PROD,
    **DOMAINS,
    "HostedZoneId": "Z0123456789ABC",
    "AlarmEmail": "ops@gallery.example",
    "ApiGatewayLogRole": "create",
    "Tracing": "on",
    "RouteConcurrency": "5",
    "TriggerConcurrency": "20",
}


def strings_in(value: Any) -> set[str]:
    """Every string of a JSON value, keys left out."""
    if isinstance(value, str):
        return {value}
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return {text for item in items for text in strings_in(item)}
