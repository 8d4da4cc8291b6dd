"""What is still in the account after a stack was deleted, and who keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from deploy.clients import Clients
from deploy.monitoring import is_monitoring, monitoring_name
from deploy.stack import find_stack

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient

_SAM_STACK = "aws-sam-cli-managed-default"


def leftovers(clients: Clients, name: str) -> list[str]:
    """One line each: alarms, retained resources, log groups, the secret in its recovery window,
    SAM's bucket.
    """
    return [
        *_monitoring(clients.cloudformation, name),
        *_retained(clients.cloudformation, name),
        *_log_groups(clients, name),
        *_secrets(clients, name),
        *_sam_bucket(clients.cloudformation),
    ]


def _monitoring(cloudformation: CloudFormationClient, name: str) -> Iterator[str]:
    """The stack of alarms, where the gallery was deleted without it."""
    alarms = find_stack(cloudformation, monitoring_name(name))
    if alarms and is_monitoring(alarms):
        yield f"stack {alarms.name} (`make destroy STACK={alarms.name}`)"


def _retained(cloudformation: CloudFormationClient, name: str) -> Iterator[str]:
    """What DeletionPolicy kept of the stacks of this name; CloudFormation remembers 90 days."""
    pages = cloudformation.get_paginator("list_stacks").paginate(
        StackStatusFilter=["DELETE_COMPLETE"]
    )
    ids = [s["StackId"] for page in pages for s in page["StackSummaries"] if s["StackName"] == name]
    for stack_id in ids:
        resources = cloudformation.get_paginator("list_stack_resources")
        for page in resources.paginate(StackName=stack_id):
            for found in page["StackResourceSummaries"]:
                if found["ResourceStatus"] == "DELETE_SKIPPED":
                    yield f"{found['ResourceType']} {found['PhysicalResourceId']} (retained)"


def _log_groups(clients: Clients, name: str) -> Iterator[str]:
    pages = clients.logs.get_paginator("describe_log_groups").paginate(
        logGroupNamePrefix=f"/aws/lambda/{name}-"
    )
    for page in pages:
        for group in page["logGroups"]:
            yield f"log group {group['logGroupName']}"


def _secrets(clients: Clients, name: str) -> Iterator[str]:
    # the description is the one template.yaml gives the secret
    description = f"API keys of Alchemy and Moralis for {name}"
    pages = clients.secretsmanager.get_paginator("list_secrets").paginate(
        IncludePlannedDeletion=True,
        Filters=[{"Key": "description", "Values": [description]}],
    )
    for page in pages:
        for secret in page["SecretList"]:
            if secret.get("Description") == description:
                yield f"secret {secret['Name']} (deleted for good after its recovery window)"


def _sam_bucket(cloudformation: CloudFormationClient) -> Iterator[str]:
    stack = find_stack(cloudformation, _SAM_STACK)
    if stack:
        bucket = stack.outputs.get("SourceBucket", "")
        yield f"SAM's stack {_SAM_STACK} with the bucket {bucket} (all your SAM stacks share it)"
