"""How the contract tests look into the resolved template."""

from __future__ import annotations

import re
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


def gets(stack: StackTemplate) -> dict[str, dict[str, Any]]:
    """Path -> operation, of each route that asks a provider, a node or a function."""
    return {
        path: operation
        for (verb, path), operation in operations(stack).items()
        if verb == "get" and operation["x-amazon-apigateway-integration"]["type"] != "mock"
    }


def parameters_of(operation: dict[str, Any], place: str) -> list[str]:
    """Names that an operation declares, in its path, query or header."""
    return [p["name"] for p in operation.get("parameters", []) if p["in"] == place]


def by_id(stack: StackTemplate, logical_id: str) -> Resource:
    return next(resource for resource in stack.resources if resource.logical_id == logical_id)


def functions(stack: StackTemplate) -> list[Resource]:
    return stack.of_type("AWS::Lambda::Function")


def routes_of(stack: StackTemplate) -> dict[tuple[str, str], Resource]:
    """(verb, path) -> the function behind it, of each route that has one."""
    by_uri = {_invocations(stack, function): function for function in functions(stack)}
    integrations = {
        route: operation["x-amazon-apigateway-integration"]
        for route, operation in operations(stack).items()
    }
    return {
        route: by_uri[integration["uri"]]
        for route, integration in integrations.items()
        if integration["type"] == "aws_proxy"
    }


def _invocations(stack: StackTemplate, function: Resource) -> str:
    region = stack.place.region
    return (
        f"arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{function.arn}/invocations"
    )


def method_settings(stack: StackTemplate) -> dict[tuple[str, str], dict[str, Any]]:
    """(HTTP method, path) -> the stage's row; ("*", "*") is of all that have none of their own."""
    rows = stack.only("AWS::ApiGateway::Stage").properties["MethodSettings"]
    # CloudFormation writes the `/` of a path as `~1`, after a `/` of its own
    paths = [row["ResourcePath"].removeprefix("/").replace("~1", "/") for row in rows]
    return {(row["HttpMethod"], path): row for row, path in zip(rows, paths, strict=True)}


def variables_of(function: Resource) -> dict[str, str]:
    variables: dict[str, str] = function.properties.get("Environment", {}).get("Variables", {})
    return variables


def policies_of(stack: StackTemplate, role: Resource) -> list[dict[str, Any]]:
    """The policies in a role; that the stack has no others is held by test_least_privilege."""
    return list(role.properties["Policies"])


def statements_of(stack: StackTemplate, role: str) -> list[dict[str, Any]]:
    policies = policies_of(stack, by_id(stack, role))
    return [statement for policy in policies for statement in policy["PolicyDocument"]["Statement"]]


def lookup_arns(stack: StackTemplate) -> set[str]:
    """ARNs of the routes that AWS credentials open; each star is a path parameter."""
    api = stack.place.arn("execute-api", stack.only("AWS::ApiGateway::RestApi").physical_id)
    return {
        f"{api}/prod/{verb.upper()}{re.sub(r'{[^}]+}', '*', path)}"
        for (verb, path), operation in operations(stack).items()
        if {"Sigv4": []} in operation.get("security", [])
    }
