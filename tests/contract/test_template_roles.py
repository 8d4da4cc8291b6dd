"""What each role may do, and who may invoke each function."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any

import pytest

from local.template.stack_template import Resource, StackTemplate
from tests.contract.conftest import deployed_with
from tests.contract.production import EVERYTHING
from tests.contract.reading import (
    by_id,
    functions,
    lookup_arns,
    policies_of,
    routes_of,
    statements_of,
    variables_of,
)

every_option = pytest.mark.parametrize("options", [{}, EVERYTHING], ids=["dev", "everything"])


def may_log_to(stack: StackTemplate, group: str) -> dict[str, Any]:
    actions = ["logs:CreateLogStream", "logs:PutLogEvents"]
    return {"Effect": "Allow", "Action": actions, "Resource": by_id(stack, group).arn}


def may_read_the_keys(stack: StackTemplate) -> dict[str, Any]:
    secret = by_id(stack, "ProviderKeys").physical_id
    return {
        "Effect": "Allow",
        "Action": "secretsmanager:GetSecretValue",
        "Resource": secret,
    }


def test_no_role_is_allowed_a_wildcard(stack: StackTemplate) -> None:
    for role in stack.of_type("AWS::IAM::Role"):
        for statement in statements_of(stack, role.logical_id):
            actions = statement["Action"]
            assert "*" not in "".join([actions] if isinstance(actions, str) else actions)
            resource = statement["Resource"]
            resources = {resource} if isinstance(resource, str) else set(resource)
            for named in resources - lookup_arns(stack):
                assert not named.endswith(("/*", "::*"))
                assert named != "*"


def test_each_trigger_may_log_and_two_of_them_keep_marks_of_users(stack: StackTemplate) -> None:
    arns = {role.logical_id: role.arn for role in stack.of_type("AWS::IAM::Role")}
    triggers = {
        f.properties["Handler"]: f.properties["Role"]
        for f in functions(stack)
        if f.properties["Handler"].startswith("auth.triggers.")
    }
    verify = triggers.pop("auth.triggers.verify_auth_challenge_response.handler")
    tokens = triggers.pop("auth.triggers.pre_token_generation.handler")
    assert (verify, tokens) == (arns["VerifyRole"], arns["TokenRole"])
    assert set(triggers.values()) == {arns["TriggerRole"]}
    mark = {
        "Effect": "Allow",
        "Action": "cognito-idp:AdminUpdateUserAttributes",
        "Resource": stack.only("AWS::Cognito::UserPool").arn,
    }
    keep = {
        **mark,
        "Action": [
            "cognito-idp:AdminGetUser",
            "cognito-idp:AdminUpdateUserAttributes",
            "cognito-idp:AdminDeleteUserAttributes",
            "cognito-idp:AdminUserGlobalSignOut",
        ],
    }
    logs, keys = may_log_to(stack, "TriggerLogGroup"), may_read_the_keys(stack)
    assert statements_of(stack, "TriggerRole") == [logs]
    assert statements_of(stack, "VerifyRole") == [logs, keys, keep]
    assert statements_of(stack, "TokenRole") == [logs, mark]


def test_four_roles_may_read_secrets_and_functions_only_take_them(stack: StackTemplate) -> None:
    readers = {
        role.logical_id
        for role in stack.of_type("AWS::IAM::Role")
        if "secretsmanager" in str(policies_of(stack, role))
    }
    assert readers == {"VerifyRole", "RouteRole", "GalleryRole", "ChainReadRole"}
    for reader in readers:
        (trust,) = by_id(stack, reader).properties["AssumeRolePolicyDocument"]["Statement"]
        assert trust == {
            "Effect": "Allow",
            "Principal": {"Service": "lambda.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }


def test_a_routes_role_writes_its_logs_reads_the_keys_and_spends_the_budgets(
    stack: StackTemplate,
) -> None:
    logs, keys = may_log_to(stack, "RouteLogGroup"), may_read_the_keys(stack)
    both = [keys["Resource"], by_id(stack, "CursorKey").physical_id]
    table = by_id(stack, "ProviderBudgets").arn
    budgets = {"Effect": "Allow", "Action": "dynamodb:UpdateItem", "Resource": table}
    assert statements_of(stack, "RouteRole") == [logs, keys]
    assert statements_of(stack, "GalleryRole") == [logs, {**keys, "Resource": both}, budgets]
    assert statements_of(stack, "ChainReadRole") == [logs, keys]


def resources_allowed(stack: StackTemplate, function: Resource, action: str) -> set[str]:
    (role,) = (
        role for role in stack.of_type("AWS::IAM::Role") if role.arn == function.properties["Role"]
    )
    return {
        resource
        for statement in statements_of(stack, role.logical_id)
        if action in ([statement["Action"], *statement["Action"]])
        for resource in as_list(statement["Resource"])
    }


def as_list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


@every_option
def test_a_function_may_read_the_secrets_its_environment_names_and_no_other(
    options: dict[str, str],
) -> None:
    stack = deployed_with(**options)
    secrets = {secret.physical_id for secret in stack.of_type("AWS::SecretsManager::Secret")}
    for function in functions(stack):
        named = secrets & set(variables_of(function).values())
        read = resources_allowed(stack, function, "secretsmanager:GetSecretValue")
        assert read == named, function.logical_id


@every_option
def test_a_function_writes_to_its_own_log_group_and_to_no_other(options: dict[str, str]) -> None:
    stack = deployed_with(**options)
    groups = {group.physical_id: group.arn for group in stack.of_type("AWS::Logs::LogGroup")}
    for function in functions(stack):
        own = groups[function.properties["LoggingConfig"]["LogGroup"]]
        assert resources_allowed(stack, function, "logs:PutLogEvents") == {own}


@every_option
def test_a_function_has_one_permission_and_it_is_for_what_calls_it(options: dict[str, str]) -> None:
    stack = deployed_with(**options)
    permissions = {p.properties["FunctionName"]: p.properties for p in permissions_of(stack)}
    assert len(permissions_of(stack)) == len(permissions) == len(functions(stack))
    assert {p["Action"] for p in permissions.values()} == {"lambda:InvokeFunction"}
    on_schedule = [rule.arn for rule in stack.of_type("AWS::Events::Rule")]
    callers = {
        "auth": ("cognito-idp.amazonaws.com", [stack.only("AWS::Cognito::UserPool").arn]),
        "users": ("events.amazonaws.com", on_schedule),
    }
    routed = [function.arn for function in routes_of(stack).values()]
    for function in functions(stack):
        if function.arn not in routed:
            principal, sources = callers[function.properties["Handler"].partition(".")[0]]
            permission = permissions[function.arn]
            assert permission["Principal"] == principal
            assert permission["SourceArn"] in sources


@every_option
def test_a_functions_permission_lets_all_its_routes_in_and_no_other_method_or_stage(
    options: dict[str, str],
) -> None:
    stack = deployed_with(**options)
    permissions = {p.properties["FunctionName"]: p.properties for p in permissions_of(stack)}
    prod = (
        f"{stack.place.arn('execute-api', stack.only('AWS::ApiGateway::RestApi').physical_id)}/prod"
    )
    for (verb, path), function in routes_of(stack).items():
        permission = permissions[function.arn]
        assert permission["Principal"] == "apigateway.amazonaws.com"
        assert permission["SourceArn"].startswith(f"{prod}/{verb.upper()}/")
        assert fnmatchcase(f"{prod}/{verb.upper()}{path}", permission["SourceArn"]), path


@pytest.mark.parametrize("name", ["Alchemy", "Moralis"])
def test_a_raw_lookup_is_called_by_its_one_route(stack: StackTemplate, name: str) -> None:
    source = by_id(stack, f"GetNFTs{name}Permission").properties["SourceArn"]
    assert source.endswith(f"/prod/GET/getNFTs{name}Lambda")


def permissions_of(stack: StackTemplate) -> list[Resource]:
    return stack.of_type("AWS::Lambda::Permission")
