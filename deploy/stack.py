"""A deployed stack, as CloudFormation describes it.

Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from deploy.errors import (
    BadOutputError,
    ForeignBucketError,
    NoSuchStackError,
    NotAGalleryError,
    StackNotReadyError,
)

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient

READY = {"CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"}
_CONFIG_KEYS = {"region", "userPoolId", "userPoolClientId", "identityPoolId", "apiEndpoint"}
_OUTPUTS = {
    *("DappBucketName", "DistributionId", "DappUrl", "DappConfig"),
    *("UserPoolId", "UserPoolClientId"),
}


@dataclass(frozen=True)
class Stack:
    name: str
    id: str
    status: str
    description: str
    is_protected: bool
    outputs: Mapping[str, str]
    parameters: Mapping[str, str]
    """As deployed; a key's value is stars."""

    def __str__(self) -> str:
        return f"the stack {self.name}"

    @property
    def region(self) -> str:
        return self.id.split(":")[3]

    @property
    def account(self) -> str:
        """The 12-digit account number that owns the stack."""
        return self.id.split(":")[4]


def find_stack(cloudformation: CloudFormationClient, name: str) -> Stack | None:
    """The stack of a name, or of the id of a deleted one; None where there is none."""
    try:
        found = cloudformation.describe_stacks(StackName=name)["Stacks"][0]
    except ClientError as error:
        if "does not exist" in error.response["Error"].get("Message", ""):
            return None
        raise
    outputs = {o["OutputKey"]: o["OutputValue"] for o in found.get("Outputs", [])}
    return Stack(
        name=found["StackName"],
        id=found["StackId"],
        status=found["StackStatus"],
        description=found.get("Description", ""),
        is_protected=found.get("EnableTerminationProtection", False),
        outputs=outputs,
        parameters={p["ParameterKey"]: p["ParameterValue"] for p in found.get("Parameters", [])},
    )


def is_gallery(stack: Stack) -> bool:
    """Whether a stack was made from this template, or from that of its alarms."""
    return stack.description.startswith("NFT Gallery")


def require_stack(cloudformation: CloudFormationClient, name: str) -> Stack:
    """Raises NoSuchStackError, and NotAGalleryError for a stack of another template."""
    stack = find_stack(cloudformation, name)
    if stack is None:
        region = cloudformation.meta.region_name
        raise NoSuchStackError(f"{region} has no stack {name}: `make deploy`, or STACK=, REGION=")
    if not is_gallery(stack):
        raise NotAGalleryError(f"the stack {name} was not made from this template")
    return stack


def deployed_stack(cloudformation: CloudFormationClient, name: str) -> Stack:
    """A stack whose outputs can be used. Raises StackNotReadyError or BadOutputError as well."""
    found = find_stack(cloudformation, name)
    if found and found.status not in READY:
        raise StackNotReadyError(f"the stack {name} is {found.status}: {remedy(found)}")
    stack = require_stack(cloudformation, name)
    if missing := sorted(_OUTPUTS - set(stack.outputs)):
        raise BadOutputError(
            f"the stack {name} has no output {', '.join(missing)}: deploy it again"
        )
    return stack


def remedy(stack: Stack) -> str:
    """The way out of a state in which a stack can be neither used nor deployed."""
    at = f"STACK={stack.name} REGION={stack.region}"
    if stack.status == "REVIEW_IN_PROGRESS":
        return "its first change set was never executed, so deploy it"
    if stack.status.endswith("_IN_PROGRESS"):
        return "wait until CloudFormation is done with it"
    if stack.status == "ROLLBACK_COMPLETE":
        return f"its creation failed, so `make destroy {at}` and deploy again"
    if stack.status == "ROLLBACK_FAILED":
        return (
            "its creation failed and something of it stays, such as a protected user pool, "
            f"so `make destroy {at} DELETE_USERS=yes` and deploy again"
        )
    if stack.status == "DELETE_FAILED":
        return f"its deletion stopped, so `make destroy {at}` says why or ends it"
    if stack.status == "UPDATE_ROLLBACK_FAILED":
        command = "aws cloudformation continue-update-rollback"
        return (
            "mend what its events in the CloudFormation console name, then "
            f"`{command} --stack-name {stack.name} --region {stack.region}`"
        )
    return "repair it in the CloudFormation console first"


def dapp_config(text: str) -> dict[str, Any]:
    """The dApp's config.json from an output or a file. Raises BadOutputError."""
    try:
        config = json.loads(text)
    except ValueError:
        config = None
    if not isinstance(config, dict):
        raise BadOutputError("the dApp's configuration is not a JSON object")
    if missing := sorted(_CONFIG_KEYS - {k for k, v in config.items() if v}):
        raise BadOutputError(f"the dApp's configuration lacks {', '.join(missing)}")
    return config


def own_bucket(cloudformation: CloudFormationClient, stack: Stack) -> str:
    """The stack's bucket, which CloudFormation itself says it made and not just an output."""
    resource = cloudformation.describe_stack_resource(
        StackName=stack.id, LogicalResourceId="DappBucket"
    )["StackResourceDetail"]
    bucket = stack.outputs["DappBucketName"]
    if (
        resource.get("PhysicalResourceId") != bucket
        or resource["ResourceType"] != "AWS::S3::Bucket"
    ):
        raise ForeignBucketError(f"the bucket {bucket} is not the stack {stack.name}'s own")
    return bucket
