"""An account in moto's memory that a preflight asks, with answers of the test's own in between.

What moto does not know is answered by the test: Lambda's limits, a stack that failed, a denial.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from deploy.account import Account, open_account
from deploy.preflight import Report, preflight
from tests.deploy.conftest import ACCOUNT

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "template.yaml"
KEYS = {"AlchemyApiKey": "canary-alchemy", "MoralisApiKey": "canary-moralis"}
ABSENT = "00000000-0000-4000-8000-000000000000"


def error(operation: str, code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "canary-message"}}, operation)


def account_that(answers: dict[str, Any], region: str = "us-east-1") -> Account:
    """moto's account, but for these operations: an answer, or an error to raise."""
    real = open_account(region)

    def ask(service: str, operation: str, **request: Any) -> dict[str, Any]:
        if operation not in answers:
            return real.ask(service, operation, **request)
        if isinstance(answers[operation], Exception):
            raise answers[operation]
        found: dict[str, Any] = answers[operation]
        return found

    return Account(real.clients, ask)


def look(
    given: dict[str, str] | None = None,
    *,
    stack: str = "Gallery",
    region: str = "us-east-1",
    **answers: Any,
) -> Report:
    return preflight(
        stack, {**KEYS, **(given or {})}, TEMPLATE, sign_in=lambda: account_that(answers, region)
    )


def the_refusal(report: Report) -> str:
    """The one there is, as one text; nothing was left unseen."""
    ((one,), unseen) = report.refusals, report.unseen
    assert unseen == ()
    assert one.wrong
    assert one.remedy
    return f"{one.wrong}: {one.remedy}"


def limits(unreserved: int) -> dict[str, Any]:
    return {
        "get_account_settings": {"AccountLimit": {"UnreservedConcurrentExecutions": unreserved}}
    }


def certificate(*names: str, status: str = "ISSUED") -> dict[str, Any]:
    detail = {"Status": status, "DomainName": names[0], "SubjectAlternativeNames": list(names)}
    return {"describe_certificate": {"Certificate": detail}}


def arn(region: str, identifier: str = ABSENT) -> str:
    return f"arn:aws:acm:{region}:{ACCOUNT}:certificate/{identifier}"
