"""How the contract tests look into the resolved template."""

from __future__ import annotations

from typing import Any

from local.template.stack_template import Resource, StackTemplate


def body_of(stack: StackTemplate) -> dict[str, Any]:
    body: dict[str, Any] = stack.only("AWS::ApiGateway::RestApi").properties["Body"]
    return body


def operations(stack: StackTemplate) -> dict[tuple[str, str], dict[str, Any]]:
    paths = body_of(stack)["paths"].items()
    return {(verb, path): operation for path, item in paths for verb, operation in item.items()}


def integration_of(stack: StackTemplate, path: str) -> dict[str, Any]:
    integration: dict[str, Any] = operations(stack)["get", path]["x-amazon-apigateway-integration"]
    return integration


def by_id(stack: StackTemplate, logical_id: str) -> Resource:
    return next(resource for resource in stack.resources if resource.logical_id == logical_id)


def functions(stack: StackTemplate) -> list[Resource]:
    return stack.of_type("AWS::Lambda::Function")


def policies_of(stack: StackTemplate, role: Resource) -> list[dict[str, Any]]:
    """The policies in a role; that the stack has no others is held by test_least_privilege."""
    return list(role.properties["Policies"])


def statements_of(stack: StackTemplate, role: str) -> list[dict[str, Any]]:
    policies = policies_of(stack, by_id(stack, role))
    return [statement for policy in policies for statement in policy["PolicyDocument"]["Statement"]]


LOOKUPS = (
    *("getNFTsCollectionAlchemy", "chains/*/contracts/*", "chains/*/owners/*/nfts"),
    *("chains/*/contracts/*/nfts/*/metadata", "names/*", "addresses/*/name"),
)
"""What guests and wallets may call with AWS credentials; a star is a path parameter."""


def lookup_arns(stack: StackTemplate) -> list[str]:
    api = stack.place.arn("execute-api", stack.only("AWS::ApiGateway::RestApi").physical_id)
    return [f"{api}/prod/GET/{path}" for path in LOOKUPS]
