"""Each role of the stack tried on everything: what it may do is this list, and nothing else is.

Every action of every service is asked for, on every resource of the stack, of the stack of its
alarms and of its neighbours: the same templates under another name, in another account, in another
region.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from local.iam.policy import Role, is_allowed, may_assume
from local.iam.statement import parse_trust_policy
from local.template.resource_types import Place
from local.template.stack_template import StackTemplate, load_stack_template
from tests.contract.account import requests_to
from tests.contract.conftest import CANARIES, ROOT, deployed_with, monitoring_of
from tests.contract.production import EVERYTHING
from tests.contract.reading import policies_of

COGNITO = "cognito-identity.amazonaws.com"
AUD, AMR = f"{COGNITO}:aud", f"{COGNITO}:amr"
CONTRACT = "/chains/{chainId}/contracts/{contractAddress}"
LOOKUPS = {
    ("execute-api:Invoke", f"GalleryApi prod GET {path}")
    for path in (
        "/getNFTsCollectionAlchemy",
        *(CONTRACT, f"{CONTRACT}/nfts", f"{CONTRACT}/nfts/{{tokenId}}"),
        "/chains/{chainId}/owners/{owner}/nfts",
        *("/names/{name}", "/addresses/{address}/name"),
        f"{CONTRACT}/nfts/{{tokenId}}/metadata",
    )
}


def may_write(group: str) -> set[tuple[str, str]]:
    places = (group, f"{group}/stream")
    return set(product(("logs:CreateLogStream", "logs:PutLogEvents"), places))


READS_THE_KEYS = {("secretsmanager:GetSecretValue", "ProviderKeys")}
MARKS_USERS = {("cognito-idp:AdminUpdateUserAttributes", "UserPool")}
KEEPS_MARKS = {
    (f"cognito-idp:{name}", "UserPool")
    for name in (
        *("AdminGetUser", "AdminUpdateUserAttributes", "AdminDeleteUserAttributes"),
        "AdminUserGlobalSignOut",
    )
}
ALLOWED = {
    "TriggerRole": may_write("TriggerLogGroup"),
    "TokenRole": may_write("TriggerLogGroup") | MARKS_USERS,
    "VerifyRole": may_write("TriggerLogGroup") | READS_THE_KEYS | KEEPS_MARKS,
    "RouteRole": may_write("RouteLogGroup") | READS_THE_KEYS,
    "GalleryRole": may_write("RouteLogGroup")
    | READS_THE_KEYS
    | {("secretsmanager:GetSecretValue", "CursorKey"), ("dynamodb:UpdateItem", "ProviderBudgets")},
    "ChainReadRole": may_write("RouteLogGroup") | READS_THE_KEYS,
    "CognitoAuthorizedRole": LOOKUPS,
    "CognitoUnAuthorizedRole": LOOKUPS,
}
CLEANS_UP = {
    (f"cognito-idp:{name}", "UserPool") for name in ("AdminDeleteUser", "AdminGetUser", "ListUsers")
}
TRACES = {(f"xray:{name}", "*") for name in ("PutTelemetryRecords", "PutTraceSegments")}
# A wallet's objects are below its identity id, which these requests lack: test_wallet_storage.
ALLOWED_WITH_EVERYTHING = {
    **ALLOWED,
    **{name: ALLOWED[name] | TRACES for name in ("RouteRole",)},
    **{
        name: ALLOWED[name] | TRACES | {("dynamodb:BatchGetItem", "InvalidationTable")}
        for name in ("GalleryRole", "ChainReadRole")
    },
    "WebhookRole": may_write("WebhookLogGroup")
    | TRACES
    | {("secretsmanager:GetSecretValue", "WebhookKeys")}
    | {(f"dynamodb:{name}", "InvalidationTable") for name in ("GetItem", "PutItem")},
    "DeleteUnprovenUsersRole": may_write("UsersLogGroup") | CLEANS_UP,
}
# The role of API Gateway's logs belongs to the account, not to the stack.
EVERYTHING_BUT_THE_ACCOUNTS = {**EVERYTHING, "ApiGatewayLogRole": "existing"}
OPTIONS = {"dev": {}, "everything": EVERYTHING_BUT_THE_ACCOUNTS}
ASSUMED_BY_WALLETS = {"CognitoAuthorizedRole": "authenticated"}
ASSUMED_BY_GUESTS = {"CognitoUnAuthorizedRole": "unauthenticated"}
NEIGHBOURS = {
    "another name": Place("us-east-1", "123456789012", "gallery-2", "d2.cloudfront.net"),
    "another account": Place("us-east-1", "210987654321", "gallery", "d3.cloudfront.net"),
    "another region": Place("eu-west-1", "123456789012", "gallery", "d4.cloudfront.net"),
}


def roles(stack: StackTemplate) -> dict[str, Role]:
    return {
        role.logical_id: Role(
            name=role.logical_id,
            arn=role.arn,
            trust_policy=role.properties["AssumeRolePolicyDocument"],
            policies=tuple(policy["PolicyDocument"] for policy in policies_of(stack, role)),
        )
        for role in stack.of_type("AWS::IAM::Role")
    }


def allowed(role: Role, stack: StackTemplate) -> set[tuple[str, str]]:
    return {
        (action, name)
        for action, arn, name in requests_to(stack, monitoring_of(stack, AlarmEmail="a@b.example"))
        if is_allowed(role, action=action, resource=arn, context={})
    }


@pytest.fixture(scope="module", params=OPTIONS)
def option(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def stack(option: str) -> StackTemplate:
    return deployed_with(**OPTIONS[option])


@pytest.fixture(scope="module")
def expected(option: str) -> dict[str, set[tuple[str, str]]]:
    return {"dev": ALLOWED, "everything": ALLOWED_WITH_EVERYTHING}[option]


@pytest.fixture(scope="module", params=NEIGHBOURS)
def neighbour(request: pytest.FixtureRequest, option: str) -> StackTemplate:
    given = {**CANARIES, **OPTIONS[option]}
    return load_stack_template(ROOT / "template.yaml", given, NEIGHBOURS[request.param])


def test_all_that_a_role_may_do_is_in_the_stacks_own_policies(stack: StackTemplate) -> None:
    for role in stack.of_type("AWS::IAM::Role"):
        assert "ManagedPolicyArns" not in role.properties
    granting = {r.type for r in stack.resources if r.type.startswith("AWS::IAM::")}
    assert granting == {"AWS::IAM::Role"}


def test_every_role_may_do_exactly_this_in_its_own_stack(
    stack: StackTemplate, expected: dict[str, set[tuple[str, str]]]
) -> None:
    assert {name: allowed(role, stack) for name, role in roles(stack).items()} == expected


def test_a_role_may_do_nothing_in_a_neighbours_stack(
    stack: StackTemplate, neighbour: StackTemplate
) -> None:
    for name, role in roles(stack).items():
        elsewhere = {item for item in allowed(role, neighbour) if item not in TRACES}
        assert elsewhere == set(), name


def web_identities(stack: StackTemplate, neighbour: StackTemplate) -> list[tuple[Any, ...]]:
    """(identity provider, audience, authentication methods) of all who could knock."""
    own, other = (s.only("AWS::Cognito::IdentityPool").physical_id for s in (stack, neighbour))
    user_pool = stack.only("AWS::Cognito::UserPool").arn
    providers = (COGNITO, "accounts.google.com", "www.amazon.com", user_pool)
    audiences = (own, other, own.upper(), "", "*", None)
    kinds = (["authenticated"], ["unauthenticated"], ["authenticated", user_pool])
    return list(product(providers, audiences, (*kinds, [], None)))


@pytest.mark.parametrize(
    ("name", "method"), (ASSUMED_BY_WALLETS | ASSUMED_BY_GUESTS).items(), ids=lambda value: value
)
def test_a_web_identity_of_this_pool_and_kind_only_may_assume_a_role(
    name: str, method: str, stack: StackTemplate, neighbour: StackTemplate
) -> None:
    own = stack.only("AWS::Cognito::IdentityPool").physical_id
    role = roles(stack)[name]
    for provider, audience, methods in web_identities(stack, neighbour):
        context = {AUD: audience, AMR: methods}
        given = {key: value for key, value in context.items() if value is not None}
        expected = (provider, audience) == (COGNITO, own) and method in (methods or [])
        assert may_assume(role, principal_federated=provider, context=given) is expected, given


def test_no_web_identity_may_assume_any_other_role(
    stack: StackTemplate, neighbour: StackTemplate
) -> None:
    by_pool = ASSUMED_BY_WALLETS | ASSUMED_BY_GUESTS
    others = [role for name, role in roles(stack).items() if name not in by_pool]
    assert len(others) >= 4
    for provider, audience, methods in web_identities(stack, neighbour):
        given = {AUD: audience or "", AMR: methods or []}
        for role in others:
            assert not may_assume(role, principal_federated=provider, context=given)


def test_a_role_trusts_one_principal_for_one_action_and_never_an_account(
    stack: StackTemplate,
) -> None:
    service = ("sts:AssumeRole", {"Service": "lambda.amazonaws.com"})
    web = ("sts:AssumeRoleWithWebIdentity", {"Federated": COGNITO})
    by_pool = ASSUMED_BY_WALLETS | ASSUMED_BY_GUESTS
    for name, role in roles(stack).items():
        assert len(parse_trust_policy(role.trust_policy)) == 1
        (statement,) = role.trust_policy["Statement"]
        trusted = (statement["Action"], statement["Principal"])
        assert (statement["Effect"], trusted) == ("Allow", web if name in by_pool else service)
