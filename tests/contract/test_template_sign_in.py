"""What sign-in promises: one way in, tokens that end soon, credentials for this pool's wallets."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any

import pytest

from auth.account_marks import contract_mark
from auth.user_attributes import CONTRACT_AT, PROVEN_AT
from local.template.stack_template import StackTemplate
from tests.contract.conftest import deployed_with
from tests.contract.reading import by_id, lookup_arns


def test_only_custom_auth_is_open(stack: StackTemplate) -> None:
    client = stack.only("AWS::Cognito::UserPoolClient").properties
    assert client["ExplicitAuthFlows"] == ["ALLOW_CUSTOM_AUTH"]
    assert client["GenerateSecret"] is False
    assert client["PreventUserExistenceErrors"] == "ENABLED"


def test_refresh_tokens_rotate_and_can_be_revoked(stack: StackTemplate) -> None:
    client = stack.only("AWS::Cognito::UserPoolClient").properties
    assert client["RefreshTokenRotation"]["Feature"] == "ENABLED"
    assert 0 < client["RefreshTokenRotation"]["RetryGracePeriodSeconds"] <= 10
    assert client["EnableTokenRevocation"] is True


def test_the_cheaper_plan_has_no_rotation_and_takes_the_refresh_of_older_clients() -> None:
    lite = deployed_with(UserPoolTier="LITE")
    assert lite.only("AWS::Cognito::UserPool").properties["UserPoolTier"] == "LITE"
    client = lite.only("AWS::Cognito::UserPoolClient").properties
    assert client["RefreshTokenRotation"] == {"Feature": "DISABLED"}
    assert client["ExplicitAuthFlows"] == ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]


def test_the_plan_that_rotates_is_the_default(stack: StackTemplate) -> None:
    assert stack.only("AWS::Cognito::UserPool").properties["UserPoolTier"] == "ESSENTIALS"


def test_no_setting_lets_a_token_outlive_a_sign_out_by_more_than_fifteen_minutes(
    stack: StackTemplate, document: dict[str, Any]
) -> None:
    rules = document["Parameters"]["IdTokenMinutes"]
    assert (rules["MinValue"], rules["MaxValue"]) == (5, 15)
    client = stack.only("AWS::Cognito::UserPoolClient").properties
    written = document["Resources"]["UserPoolClient"]["Properties"]
    for token in ("IdToken", "AccessToken"):
        assert client["TokenValidityUnits"][token] == "minutes"
        assert written[f"{token}Validity"] == {"Ref": "IdTokenMinutes"}
        assert int(client[f"{token}Validity"]) == rules["Default"]


def test_one_wallet_is_one_user(stack: StackTemplate) -> None:
    pool = stack.only("AWS::Cognito::UserPool").properties
    assert pool["UsernameConfiguration"] == {"CaseSensitive": False}
    assert set(pool["LambdaConfig"]) == {
        *("PreSignUp", "DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse"),
        "PreTokenGeneration",
    }


def test_identity_pool_has_guests_but_no_classic_flow(stack: StackTemplate) -> None:
    pool = stack.only("AWS::Cognito::IdentityPool").properties
    assert pool["AllowUnauthenticatedIdentities"] is True
    assert pool["AllowClassicFlow"] is False
    assert pool["CognitoIdentityProviders"][0]["ServerSideTokenCheck"] is True


@pytest.mark.parametrize(
    ("role", "amr"),
    [("CognitoAuthorizedRole", "authenticated"), ("CognitoUnAuthorizedRole", "unauthenticated")],
)
def test_pool_roles_trust_this_pool_only_and_may_call_the_lookups(
    stack: StackTemplate, role: str, amr: str
) -> None:
    properties = by_id(stack, role).properties
    (trust,) = properties["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"Federated": "cognito-identity.amazonaws.com"}
    pool = stack.only("AWS::Cognito::IdentityPool").physical_id
    assert trust["Condition"] == {
        "StringEquals": {"cognito-identity.amazonaws.com:aud": pool},
        "ForAnyValue:StringEquals": {"cognito-identity.amazonaws.com:amr": amr},
    }
    ((allowed,),) = [policy["PolicyDocument"]["Statement"] for policy in properties["Policies"]]
    assert (allowed["Effect"], allowed["Action"]) == ("Allow", "execute-api:Invoke")
    patterns, lookups = allowed["Resource"], lookup_arns(stack)
    assert set(patterns) <= lookups
    closed = [arn for arn in lookups if not any(fnmatchcase(arn, p) for p in patterns)]
    assert closed == []
    assert properties["RoleName"] == f"gallery-{role}"


def test_tokens_live_as_long_as_the_parameter_says(document: dict[str, Any]) -> None:
    assert document["Parameters"]["IdTokenMinutes"]["Default"] <= 15
    for minutes in ("5", "7"):
        stack = deployed_with(IdTokenMinutes=minutes)
        client = stack.only("AWS::Cognito::UserPoolClient").properties
        assert (client["IdTokenValidity"], client["AccessTokenValidity"]) == (minutes, minutes)


def test_a_refresh_token_ends_within_a_week(stack: StackTemplate) -> None:
    client = stack.only("AWS::Cognito::UserPoolClient").properties
    assert client["TokenValidityUnits"]["RefreshToken"] == "days"
    assert 0 < client["RefreshTokenValidity"] <= 7


def test_the_marks_of_a_user_are_attributes_that_clients_read_and_no_client_writes(
    stack: StackTemplate,
) -> None:
    schema = stack.only("AWS::Cognito::UserPool").properties["Schema"]
    longest = {
        PROVEN_AT: "2026-01-01T00:00:00Z",
        CONTRACT_AT: contract_mark(10**19 - 1, 0),
    }
    assert [f"custom:{attribute['Name']}" for attribute in schema] == list(longest)
    for attribute, value in zip(schema, longest.values(), strict=True):
        assert attribute["Mutable"] is True
        assert int(attribute["StringAttributeConstraints"]["MaxLength"]) >= len(value)
    client = stack.only("AWS::Cognito::UserPoolClient").properties
    assert set(longest) <= set(client["ReadAttributes"])  # what is not read, a trigger may not see
    assert client["WriteAttributes"]
    assert not [name for name in client["WriteAttributes"] if name.startswith("custom:")]
