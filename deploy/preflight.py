"""`make stack` looks first: everything that stands in the way, before anything is made.

A look that AWS refuses is no refusal of the deployment: it is named, and the others go on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from deploy.account import Account
from deploy.aws_errors import explained
from deploy.errors import AccessDeniedError, NotDeployableError
from deploy.refusals import (
    SITE_CERTIFICATES,
    Refusal,
    refuse_api_domain,
    refuse_certificate,
    refuse_certificate_region,
    refuse_logs_without_a_role,
    refuse_name,
    refuse_reservations,
    refuse_site_domain,
    refuse_stack,
)
from deploy.template import Template, read_template

type Look = Callable[[], list[Refusal]]

_FAILURES = (BotoCoreError, ClientError)
_CHECK_CREDENTIALS = "mend that until `aws sts get-caller-identity` answers"


@dataclass(frozen=True)
class Report:
    refusals: tuple[Refusal, ...]
    unseen: tuple[str, ...] = ()
    """What could not be looked at, each with the reason."""


@dataclass(frozen=True)
class Plan:
    """A deployment that is about to begin."""

    account: Account
    stack_name: str
    """Empty where the name is one that AWS does not take."""

    template: Template

    def own(self, logical_id: str) -> str:
        """The physical id of what the stack has already; empty where it has none."""
        if not self.stack_name:
            return ""
        return self.account.physical_ids(self.stack_name).get(logical_id, "")


def preflight(
    stack_name: str, given: Mapping[str, str], template: Path, *, sign_in: Callable[[], Account]
) -> Report:
    """`given` are the values of the parameters file; `sign_in` may raise botocore's errors."""
    refusals, unseen = refuse_name(stack_name), list[str]()
    name = "" if refusals else stack_name
    account = _signed_in(sign_in)
    if isinstance(account, Refusal):
        return Report((*refusals, account))
    stack = None
    try:
        stack = account.stack(name) if name else None
    except _FAILURES as error:
        unseen.append(f"the stack: {explained(error)}")
    before = stack.parameters if stack else {}
    plan = Plan(account, name, read_template(template, before=before, given=given))
    found = _look(_looks(plan))
    return Report((*refusals, *refuse_stack(stack), *found.refusals), (*unseen, *found.unseen))


def _signed_in(sign_in: Callable[[], Account]) -> Account | Refusal:
    try:
        account = sign_in()
        _identify(account)
    except _FAILURES as error:
        wrong, _, way = str(explained(error)).partition(": ")
        return Refusal(wrong, way or _CHECK_CREDENTIALS)
    return account


def _identify(account: Account) -> None:
    """Raises botocore's errors. Whom AWS denies this question it knows; a role, not yet."""
    try:
        account.number()
    except ClientError as error:
        is_denied = isinstance(explained(error), AccessDeniedError)
        if not is_denied or error.operation_name != "GetCallerIdentity":
            raise


def _look(looks: Mapping[str, Look]) -> Report:
    refusals, unseen = list[Refusal](), list[str]()
    for what, look in looks.items():
        try:
            refusals += look()
        except _FAILURES as error:
            unseen.append(f"{what}: {explained(error)}")
    return Report(tuple(refusals), tuple(unseen))


def _looks(plan: Plan) -> dict[str, Look]:
    """By what each looks at; none at what the deployment does not use."""
    template, looks = plan.template, dict[str, Look]()
    if template.has("LogsAccess") and not template.has("MakesApiGatewayLogRole"):
        role = plan.account.log_role
        looks["API Gateway's log role"] = lambda: refuse_logs_without_a_role(role())
    if template.reservations():
        looks["Lambda's concurrency"] = lambda: _look_at_concurrency(plan)
    if template.has("HasApiDomain"):
        looks["ApiCertificateArn"] = lambda: _look_at_certificate(plan, "Api", plan.account.region)
        looks["ApiDomainName"] = lambda: _look_at_api_domain(plan)
    if template.has("HasSiteDomain"):
        looks["SiteCertificateArn"] = lambda: _look_at_certificate(plan, "Site", SITE_CERTIFICATES)
        looks["SiteDomainName"] = lambda: _look_at_site_domain(plan)
    return looks


def _look_at_concurrency(plan: Plan) -> list[Refusal]:
    wanted = plan.template.reservations()
    reserved = {}
    for each in wanted if plan.stack_name else ():
        name = plan.template.function_name(each, plan.stack_name)
        reserved[each] = plan.account.reserved_concurrency(name)
    return refuse_reservations(wanted, reserved, plan.account.unreserved_concurrency())


def _look_at_certificate(plan: Plan, whose: str, region: str) -> list[Refusal]:
    parameter, values = f"{whose}CertificateArn", plan.template.values
    arn, domain = values[parameter], values[f"{whose}DomainName"]
    elsewhere = refuse_certificate_region(parameter, arn, region)
    if elsewhere:
        return elsewhere
    return refuse_certificate(parameter, region, plan.account.certificate(arn), domain)


def _look_at_api_domain(plan: Plan) -> list[Refusal]:
    domain = plan.template.values["ApiDomainName"]
    exists = plan.account.has_api_domain(domain)
    return refuse_api_domain(exists=exists, is_own=exists and plan.own("ApiDomain") == domain)


def _look_at_site_domain(plan: Plan) -> list[Refusal]:
    holders = plan.account.distributions_with(plan.template.values["SiteDomainName"])
    return refuse_site_domain(holders, plan.own("Distribution") if holders else "")


def conclude(report: Report, *, say: Callable[[str], None]) -> None:
    """Raises NotDeployableError with every refusal, each followed by what to do."""
    for line in report.unseen:
        say(f"could not look at {line}")
    if report.refusals:
        found = [f"\n  {each.wrong}:\n    {each.remedy}" for each in report.refusals]
        raise NotDeployableError(f"nothing was made, since a deployment would fail{''.join(found)}")
    say("nothing that can be seen beforehand stands in the way of the deployment")
