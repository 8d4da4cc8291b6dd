"""What an AWS account says before a deployment: each method is one look, and changes nothing.

Each look raises botocore's errors where AWS refuses it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from botocore.config import Config
from botocore.exceptions import ClientError

from deploy.clients import Clients, connect, session_in
from deploy.refusals import Certificate
from deploy.stack import Stack, find_stack
from deploy.stack_resources import list_resources

_NOT_FOUND = ("ResourceNotFoundException", "NotFoundException")


class Ask(Protocol):
    """Calls an operation of a service, both by boto3's name."""

    def __call__(
        self, service: str, operation: str, *, region: str | None = None, **request: Any
    ) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Account:
    clients: Clients
    ask: Ask

    @property
    def region(self) -> str:
        return self.clients.cloudformation.meta.region_name

    def number(self) -> str:
        """Of the account, as AWS knows the caller. AWS asks for no permission to tell."""
        return str(self.ask("sts", "get_caller_identity")["Account"])

    def stack(self, name: str) -> Stack | None:
        return find_stack(self.clients.cloudformation, name)

    def physical_ids(self, stack_name: str) -> dict[str, str]:
        """By logical id, of what a stack has; nothing where it has never been made."""
        stack = self.stack(stack_name)
        if stack is None or stack.status == "REVIEW_IN_PROGRESS":
            return {}
        found = list_resources(self.clients.cloudformation, stack.id)
        return {each.logical_id: each.physical_id for each in found if not each.is_gone}

    def log_role(self) -> str:
        """The role with which API Gateway writes logs in this region; empty where none is set."""
        return str(self.ask("apigateway", "get_account").get("cloudwatchRoleArn") or "")

    def unreserved_concurrency(self) -> int:
        limits = self.ask("lambda", "get_account_settings")["AccountLimit"]
        return int(limits["UnreservedConcurrentExecutions"])

    def reserved_concurrency(self, function_name: str) -> int:
        found = self._found("lambda", "get_function_concurrency", FunctionName=function_name)
        return int((found or {}).get("ReservedConcurrentExecutions", 0))

    def certificate(self, arn: str) -> Certificate | None:
        region = arn.split(":")[3]
        found = self._found("acm", "describe_certificate", region=region, CertificateArn=arn)
        if found is None:
            return None
        detail = found["Certificate"]
        names = (detail["DomainName"], *detail.get("SubjectAlternativeNames", ()))
        return Certificate(detail["Status"], names)

    def has_api_domain(self, domain: str) -> bool:
        return self._found("apigateway", "get_domain_name", domainName=domain) is not None

    def distributions_with(self, alias: str) -> list[str]:
        """Ids of this account's distributions; AWS names those of other accounts in part only."""
        found, marker = [], ""
        while True:
            more = {"Marker": marker} if marker else {}
            page = self.ask("cloudfront", "list_distributions", **more)["DistributionList"]
            for item in page.get("Items", ()):
                if alias in item.get("Aliases", {}).get("Items", ()):
                    found.append(item["Id"])
            if not page.get("IsTruncated"):
                return found
            marker = page["NextMarker"]

    def _found(self, service: str, operation: str, **request: Any) -> dict[str, Any] | None:
        try:
            return self.ask(service, operation, **request)
        except ClientError as error:
            if error.response["Error"]["Code"] in (
                "ResourceNotFoundException",
                "NotFoundException",
            ):
                return None
            raise


def open_account(region: str | None) -> Account:
    """Raises botocore's errors where there is no region or no such profile."""
    clients = connect(region)
    session: Any = session_in(region)
    config = Config(connect_timeout=10, retries={"mode": "standard", "max_attempts": 3})

    def ask(
        service: str, operation: str, *, region: str | None = None, **request: Any
    ) -> dict[str, Any]:
        client = session.client(service, region_name=region, config=config)
        answer: dict[str, Any] = getattr(client, operation)(**request)
        return answer

    return Account(clients, ask)
