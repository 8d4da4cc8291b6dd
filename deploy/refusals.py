"""What stands in the way of a deployment: pure checks of what AWS and the parameters file say.

No sentence quotes a value of the parameters file, which may hold a key in the wrong place.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from deploy.monitoring import is_monitoring
from deploy.stack import Stack, is_gallery, remedy

LONGEST_NAME = 40
"""Letters. Roles and functions have names that begin with the stack's, of at most 64."""

KEPT_UNRESERVED = 100
SITE_CERTIFICATES = "us-east-1"
"""The one region where CloudFront looks for certificates."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_CERTIFICATE = re.compile(r"arn:aws[a-z-]*:acm:([a-z0-9-]+):[0-9]{12}:certificate/[0-9a-f-]{36}")
_STUCK = {
    *("ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "DELETE_FAILED"),
    *("UPDATE_ROLLBACK_FAILED", "IMPORT_ROLLBACK_FAILED"),
}


@dataclass(frozen=True)
class Refusal:
    wrong: str
    remedy: str


@dataclass(frozen=True)
class Certificate:
    status: str
    """ACM's word: ISSUED is the one that serves."""

    names: tuple[str, ...]


def refuse_name(name: str) -> list[Refusal]:
    """Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"""
    if not _NAME.fullmatch(name):
        wrong = "STACK is not a name that CloudFormation takes"
        return [Refusal(wrong, "choose a letter first, then letters, digits and dashes")]
    if len(name) > LONGEST_NAME:
        wrong = f"STACK is longer than {LONGEST_NAME} letters, and IAM takes no role named by it"
        return [Refusal(wrong, "choose a shorter name")]
    return []


def refuse_stack(stack: Stack | None) -> list[Refusal]:
    """A stack that CloudFormation would not update, or that is somebody else's."""
    if stack is None:
        return []
    if not is_gallery(stack) or is_monitoring(stack):
        wrong = f"the stack {stack.name} was not made from this template"
        return [Refusal(wrong, "choose another STACK: this one would be replaced")]
    changes = stack.status.endswith("_IN_PROGRESS") and stack.status != "REVIEW_IN_PROGRESS"
    if changes or stack.status in _STUCK:
        return [Refusal(f"the stack {stack.name} is {stack.status}", remedy(stack))]
    return []


def refuse_logs_without_a_role(role: str) -> list[Refusal]:
    """`role` is the account's for API Gateway in this region; empty where none is set.

    Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
    """
    if role:
        return []
    wrong = "access logs are on, and API Gateway has no role in this region to write them with"
    way = "add ApiGatewayLogRole=create for the first such stack of the account, or AccessLogs=off"
    return [Refusal(wrong, way)]


def refuse_reservations(
    wanted: Mapping[str, int], reserved: Mapping[str, int], unreserved: int
) -> list[Refusal]:
    """`wanted` and `reserved` now by function; `unreserved` is what the account has left.

    Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
    """
    more = sum(wanted.values()) - sum(reserved.get(name, 0) for name in wanted)
    spare = max(0, unreserved - KEPT_UNRESERVED)
    if more <= spare:
        return []
    wrong = (
        f"RouteConcurrency and TriggerConcurrency reserve {more} more for {len(wanted)} functions, "
        f"and the account can spare {spare}: Lambda keeps {KEPT_UNRESERVED} of its {unreserved}"
    )
    way = "lower or empty them, or ask Service Quotas for more of Lambda's concurrent executions"
    return [Refusal(wrong, way)]


def refuse_certificate_region(parameter: str, arn: str, region: str) -> list[Refusal]:
    found = _CERTIFICATE.fullmatch(arn)
    if found is None:
        return [Refusal(f"{parameter} is not the ARN of an ACM certificate", _request(region))]
    if found[1] != region:
        wrong = f"{parameter} is a certificate in {found[1]}, and one in {region} is needed"
        return [Refusal(wrong, _request(region))]
    return []


def refuse_certificate(
    parameter: str, region: str, found: Certificate | None, domain: str
) -> list[Refusal]:
    """Source: https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateDetail.html"""
    if found is None:
        return [Refusal(f"{parameter} is no certificate of this account", _request(region))]
    if found.status == "PENDING_VALIDATION":
        way = "make the DNS records that `aws acm describe-certificate` shows, and wait for ISSUED"
        return [Refusal(f"{parameter} is not issued yet", way)]
    if found.status != "ISSUED":
        return [Refusal(f"{parameter} is {found.status}, not ISSUED", _request(region))]
    if not any(_covers(name, domain) for name in found.names):
        wrong = f"{parameter} is a certificate for other names than the domain given"
        return [Refusal(wrong, _request(region))]
    return []


def _request(region: str) -> str:
    command = f"aws acm request-certificate --region {region} --validation-method DNS"
    return f"request one for the domain (`{command} --domain-name DOMAIN`), and give its ARN"


def _covers(name: str, domain: str) -> bool:
    """A star stands for one label: https://www.rfc-editor.org/rfc/rfc6125#section-6.4.3"""
    if name.startswith("*."):
        return domain.partition(".")[2].lower() == name[2:].lower()
    return name.lower() == domain.lower()


def refuse_api_domain(*, exists: bool, is_own: bool) -> list[Refusal]:
    if is_own or not exists:
        return []
    wrong = "ApiDomainName is a custom domain of API Gateway already, and not of this stack"
    way = "choose another, or `aws apigateway delete-domain-name` if nothing uses that one"
    return [Refusal(wrong, way)]


def refuse_site_domain(holders: Collection[str], own: str) -> list[Refusal]:
    """`holders` are the ids of distributions with the domain; `own` is the stack's, or empty."""
    others = sorted(set(holders) - {own})
    if not others:
        return []
    wrong = f"SiteDomainName is an alias of the CloudFront distribution {others[0]} already"
    return [Refusal(wrong, "choose another, or take the alias from that distribution first")]
