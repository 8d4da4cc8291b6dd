"""Each role of the stack tried on everything: what it may do is this list, and nothing else is.

Every action of every service is asked for, on every resource of the stack and of its neighbours:
the same template under another name, in another account, in another region.
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
from tests.contract.conftest import CANARIES, ROOT
from tests.contract.reading import policies_of

COGNITO = "cognito-identity.amazonaws.com"
AUD, AMR = f"{COGNITO}:aud", f"{COGNITO}:amr"
COLLECTION = ("execute-api:Invoke", "GalleryApi prod GET /getNFTsCollectionAlchemy")
ON_CHAIN = {
    ("execute-api:Invoke", f"GalleryApi prod GET /{path}")
    for path in (
        *("names/{name}", "addresses/{address}/name"),
        "chains/{chainId}/contracts/{contractAddress}/nfts/{tokenId}/metadata",
    )
}


def may_write(group: str) -> set[tuple[str, str]]:
    places = (group, f"{group}/stream")
    return set(product(("logs:CreateLogStream", "logs:PutLogEvents"), places))


READS_THE_KEYS = {("secretsmanager:GetSecretValue", "ProviderKeys")}
ALLOWED = {
    "TriggerRole": may_write("TriggerLogGroup"),
    "VerifyRole": may_write("TriggerLogGroup") | READS_THE_KEYS,
    "RouteRole": may_write("RouteLogGroup") | READS_THE_KEYS,
    "TokenRole": may_write("TriggerLogGroup")
    | {("cognito-idp:AdminUpdateUserAttributes", "UserPool")},
    "ChainReadRole": may_write("RouteLogGroup") | READS_THE_KEYS,
    "CognitoAuthorizedRole": {COLLECTION} | ON_CHAIN,
    "CognitoUnAuthorizedRole": {COLLECTION} | ON_CHAIN,
}
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
            policies=tuple(p["PolicyDocument"] for p in policies_of(stack, role)),
        )
        for role in stack.of_type("AWS::IAM::Role")
    }


def allowed(role: Role, stack: StackTemplate) -> set[tuple[str, str]]:
    return {
        (action, name)
        for action, arn, name in requests_to(stack)
        if is_allowed(role, action=action, resource=arn, context={})
    }


@pytest.fixture(scope="module", params=NEIGHBOURS)
def neighbour(request: pytest.FixtureRequest) -> StackTemplate:
    return load_stack_template(ROOT / "template.yaml", CANARIES, NEIGHBOURS[request.param])


def test_every_role_of_the_stack_is_in_the_list(stack: StackTemplate) -> None:
    assert set(roles(stack)) == set(ALLOWED)


def test_all_that_a_role_may_do_is_in_its_inline_policies(stack: StackTemplate) -> None:
    """An AWS::IAM::Policy is an inline policy of the roles it names."""
    for role in stack.of_type("AWS::IAM::Role"):
        assert "ManagedPolicyArns" not in role.properties
    kinds = {r.type for r in stack.resources if r.type.startswith("AWS::IAM::")}
    assert kinds == {"AWS::IAM::Role", "AWS::IAM::Policy"}


@pytest.mark.parametrize("name", ALLOWED)
def test_a_role_may_do_exactly_this_in_its_own_stack(name: str, stack: StackTemplate) -> None:
    assert allowed(roles(stack)[name], stack) == ALLOWED[name]


@pytest.mark.parametrize("name", ALLOWED)
def test_a_role_may_do_nothing_in_a_neighbours_stack(
    name: str, stack: StackTemplate, neighbour: StackTemplate
) -> None:
    assert allowed(roles(stack)[name], neighbour) == set()


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


@pytest.mark.parametrize(
    "name", sorted(set(ALLOWED) - ASSUMED_BY_WALLETS.keys() - ASSUMED_BY_GUESTS.keys())
)
def test_no_web_identity_may_assume_any_other_role(
    name: str, stack: StackTemplate, neighbour: StackTemplate
) -> None:
    for provider, audience, methods in web_identities(stack, neighbour):
        given = {AUD: audience or "", AMR: methods or []}
        assert not may_assume(roles(stack)[name], principal_federated=provider, context=given)


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
