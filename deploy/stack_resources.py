"""What a stack made, and what of it CloudFormation deletes with the stack.

Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient

_GONE = {"DELETE_COMPLETE", "DELETE_SKIPPED"}


@dataclass(frozen=True)
class Resource:
    logical_id: str
    physical_id: str
    type: str
    status: str
    reason: str
    is_deleted_with_stack: bool

    @property
    def is_gone(self) -> bool:
        return self.status in _GONE

    def __str__(self) -> str:
        return f"{self.type} {self.physical_id}"


def list_resources(cloudformation: CloudFormationClient, stack_id: str) -> list[Resource]:
    policies = _deletion_policies(cloudformation, stack_id)
    pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack_id)
    return [
        Resource(
            logical_id=found["LogicalResourceId"],
            physical_id=found.get("PhysicalResourceId", ""),
            type=found["ResourceType"],
            status=found["ResourceStatus"],
            reason=found.get("ResourceStatusReason", ""),
            # a policy that is not a plain word may keep the resource
            is_deleted_with_stack=policies.get(found["LogicalResourceId"], "Delete") == "Delete",
        )
        for page in pages
        for found in page["StackResourceSummaries"]
    ]


def _deletion_policies(cloudformation: CloudFormationClient, stack_id: str) -> dict[str, Any]:
    answer = cloudformation.get_template(StackName=stack_id, TemplateStage="Processed")
    body: Any = answer["TemplateBody"]
    template = json.loads(body) if isinstance(body, str) else body
    resources = template["Resources"].items()
    return {name: found.get("DeletionPolicy", "Delete") for name, found in resources}
