"""CloudFormation as far as a run uses it, over moto's buckets and secrets.

moto's own knows neither secrets nor function URLs. As at AWS, a change shows as under way first, a
NoEcho parameter as stars, and a stack whose bucket is not empty cannot be deleted.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from botocore.exceptions import ClientError

STARS = "****"


@dataclass
class FakeStack:
    name: str
    template: dict[str, Any]
    parameters: dict[str, str]
    status: str
    resources: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"arn:aws:cloudformation:us-east-1:123456789012:stack/{self.name}/1"


class FakeCloudFormation:
    """`before` is told of each call that changes something, and may raise in its place."""

    def __init__(self, s3: Any, secretsmanager: Any, before: Callable[[str], None]) -> None:
        self._s3, self._secrets, self._before = s3, secretsmanager, before
        self._stacks: dict[str, FakeStack] = {}
        self._change_sets: dict[str, tuple[FakeStack, dict[str, str]]] = {}
        self.meta = SimpleNamespace(region_name="us-east-1")

    def names(self) -> list[str]:
        return sorted(self._stacks)

    def values(self, name: str) -> dict[str, str]:
        """Parameters as they are, without stars."""
        return dict(self._stacks[name].parameters)

    def add(self, name: str, template: dict[str, Any], parameters: dict[str, str]) -> None:
        self._stacks[name] = stack = FakeStack(name, template, parameters, "CREATE_COMPLETE")
        self._make(stack)

    def create_stack(self, **request: Any) -> None:
        self._before("create_stack")
        assert request["StackName"] not in self._stacks
        given = {p["ParameterKey"]: p["ParameterValue"] for p in request["Parameters"]}
        self.add(request["StackName"], json.loads(request["TemplateBody"]), given)
        self._stacks[request["StackName"]].status = "CREATE_IN_PROGRESS"

    def update_stack(self, **request: Any) -> None:
        self._before("update_stack")
        stack = self._stacks[request["StackName"]]
        stack.template = json.loads(request["TemplateBody"])
        stack.parameters = {p["ParameterKey"]: p["ParameterValue"] for p in request["Parameters"]}
        self._make(stack)
        stack.status = "UPDATE_IN_PROGRESS"

    def create_change_set(self, **request: Any) -> None:
        self._before("create_change_set")
        stack = self._stacks[request["StackName"]]
        assert stack.status in ("CREATE_COMPLETE", "UPDATE_COMPLETE")
        assert request["UsePreviousTemplate"] is True
        assert request["ChangeSetName"] not in self._change_sets
        given = {
            p["ParameterKey"]: stack.parameters[p["ParameterKey"]]
            if p.get("UsePreviousValue")
            else p["ParameterValue"]
            for p in request["Parameters"]
        }
        assert set(given) == set(stack.parameters)
        self._change_sets[request["ChangeSetName"]] = (stack, given)

    def describe_change_set(self, **request: Any) -> dict[str, str]:
        stack, given = self._change_sets[request["ChangeSetName"]]
        if given == stack.parameters:
            reason = "The submitted information didn't contain changes."
            return {"Status": "FAILED", "StatusReason": reason}
        return {"Status": "CREATE_COMPLETE"}

    def delete_change_set(self, **request: Any) -> None:
        self._before("delete_change_set")
        del self._change_sets[request["ChangeSetName"]]

    def execute_change_set(self, **request: Any) -> None:
        self._before("execute_change_set")
        stack, given = self._change_sets[request["ChangeSetName"]]
        stack.parameters = given
        self._make(stack)
        stack.status = "UPDATE_IN_PROGRESS"

    def delete_stack(self, **request: Any) -> None:
        self._before("delete_stack")
        stack = self._of(request["StackName"])
        for bucket in [id_ for id_ in stack.resources.values() if id_.startswith("bucket-")]:
            self._s3.delete_bucket(Bucket=bucket)
        stack.status = "DELETE_COMPLETE"
        del self._stacks[stack.name]
        self._change_sets["deleted"] = (stack, {})

    def describe_stacks(self, **request: Any) -> dict[str, Any]:
        stack = self._of(request["StackName"])
        secret = {n for n, p in stack.template["Parameters"].items() if p.get("NoEcho")}
        shown = {n: STARS if n in secret else v for n, v in stack.parameters.items()}
        found = {
            "StackName": stack.name,
            "StackId": stack.id,
            "StackStatus": stack.status,
            "Description": stack.template["Description"],
            "Parameters": [{"ParameterKey": k, "ParameterValue": v} for k, v in shown.items()],
            "Outputs": self._outputs(stack),
        }
        stack.status = stack.status.replace("_IN_PROGRESS", "_COMPLETE")
        return {"Stacks": [found]}

    def get_template(self, **request: Any) -> dict[str, Any]:
        return {"TemplateBody": json.dumps(self._of(request["StackName"]).template)}

    def get_paginator(self, operation: str) -> Any:
        assert operation == "list_stack_resources"
        return SimpleNamespace(paginate=lambda StackName: [self._resources(StackName)])

    def _resources(self, name: str) -> dict[str, Any]:
        stack = self._of(name)
        types = stack.template["Resources"]
        return {
            "StackResourceSummaries": [
                {
                    "LogicalResourceId": logical_id,
                    "PhysicalResourceId": physical_id,
                    "ResourceType": types[logical_id]["Type"],
                    "ResourceStatus": "CREATE_COMPLETE",
                }
                for logical_id, physical_id in stack.resources.items()
            ]
        }

    def _of(self, name_or_id: str) -> FakeStack:
        deleted = [stack for stack, given in self._change_sets.values() if not given]
        for stack in (*self._stacks.values(), *deleted):
            if name_or_id == stack.id or (name_or_id == stack.name and stack not in deleted):
                return stack
        message = f"Stack with id {name_or_id} does not exist"
        error: Any = {"Error": {"Code": "ValidationError", "Message": message}}
        raise ClientError(error, "DescribeStacks")

    def _make(self, stack: FakeStack) -> None:
        for logical_id, resource in stack.template["Resources"].items():
            if resource.get("Condition") == "HasCode" and not stack.parameters["CodeKey"]:
                continue
            if resource["Type"] == "AWS::S3::Bucket" and logical_id not in stack.resources:
                stack.resources[logical_id] = f"bucket-of-{stack.name.lower()}"
                self._s3.create_bucket(Bucket=stack.resources[logical_id])
            elif resource["Type"] == "AWS::SecretsManager::Secret":
                stack.resources[logical_id] = self._put(stack, logical_id, resource)
            elif resource["Type"] == "AWS::Lambda::Function":
                self._s3.head_object(
                    Bucket=stack.resources["Code"], Key=stack.parameters["CodeKey"]
                )
                stack.resources[logical_id] = f"function-of-{stack.name}"

    def _put(self, stack: FakeStack, logical_id: str, resource: dict[str, Any]) -> str:
        text = resource["Properties"]["SecretString"]["Fn::Sub"]
        for name, value in stack.parameters.items():
            text = text.replace(f"${{{name}}}", value)
        if logical_id in stack.resources:
            self._secrets.put_secret_value(SecretId=stack.resources[logical_id], SecretString=text)
            return stack.resources[logical_id]
        made = self._secrets.create_secret(Name=f"{stack.name}-{logical_id}", SecretString=text)
        return str(made["ARN"])

    def _outputs(self, stack: FakeStack) -> list[dict[str, str]]:
        outputs = dict(stack.template["Outputs"])
        if "Url" in outputs:  # of the stand-ins
            outputs = {"Bucket": stack.resources["Code"]}
            if "Function" in stack.resources:
                outputs["Url"] = "https://a1b2c3d4.lambda-url.us-east-1.on.aws/"
        return [{"OutputKey": name, "OutputValue": value} for name, value in outputs.items()]
