"""What is scanned: each template with the sets of parameters it is meant to be deployed with."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

KEYS = {"AlchemyApiKey": "scanned-alchemy-key", "MoralisApiKey": "scanned-moralis-key"}
CONNECTION = (
    "arn:aws:codeconnections:us-east-1:123456789012:connection/01234567-89ab-cdef-0123-456789abcdef"
)

CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"
SITE_ACL = (
    "arn:aws:wafv2:us-east-1:123456789012:global/webacl/site/01234567-89ab-cdef-0123-456789abcdef"
)
DOMAINS = {
    "SiteDomainName": "gallery.example",
    "SiteCertificateArn": CERTIFICATE,
    "ApiDomainName": "api.gallery.example",
    "ApiCertificateArn": CERTIFICATE,
}
ZONE = "Z0123456789ABC"
EVERYTHING = {
    **DOMAINS,
    "Profile": "prod",
    "AlchemyWebhookSigningKeys": "scanned-alchemy-signing-key",
    "MoralisStreamSecrets": "scanned-moralis-stream-secret",
    "ApiGatewayLogRole": "create",
    "CacheSizeGb": "0.5",
    "HedgeAfterSeconds": "1",
    "HostedZoneId": ZONE,
    "PublicLookups": "on",
    "RouteConcurrency": "5",
    "SiteWebAclArn": SITE_ACL,
    "SameOriginApi": "on",
    "Tracing": "on",
    "TriggerConcurrency": "20",
    "UnprovenUsers": "delete",
    "UserPoolTier": "LITE",
    "WalletStorage": "on",
    "WalletConnectProjectId": "0123456789abcdef0123456789abcdef",
}

GALLERY = {
    "StackName": "gallery",
    "UserPoolId": "us-east-1_Example12",
    "UserPoolClientId": "1example23456789",
    "DistributionId": "E1EXAMPLE23456",
}
WATCHED_IN_FULL = {
    **GALLERY,
    "AlarmEmail": "ops@gallery.example",
    "PublicLookups": "on",
    "UnprovenUsers": "on",
    "Webhooks": "on",
}

TEMPLATES: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "template.yaml": (KEYS, {**KEYS, **EVERYTHING}),
    "stacks/monitoring.yaml": (GALLERY, WATCHED_IN_FULL),
    "deploy/bootstrap.yaml": (
        {
            "ApiGatewayLogRole": "create",
            "GitHubRepository": "owner/repository",
            "HostedZoneId": ZONE,
        },
    ),
    "codepipeline.yaml": ({"ConnectionArn": CONNECTION, "Repository": "owner/repository"},),
}
WORKFLOWS = Path(__file__).resolve().parent.parent / ".github" / "workflows"
