from typing import Any

import pytest

from local.cognito_idp.properties import (
    InvalidPropertyError,
    PropertyError,
    UnsupportedPropertyError,
)
from local.cognito_idp.user_pool import read_user_pool
from local.cognito_idp.user_pool_client import read_user_pool_client
from local.errors import LocalStackError
from tests.local.cognito_idp.fakes import (
    CLIENT_ID,
    ISSUER,
    POOL_ARN,
    POOL_ID,
    FakeClock,
    FakeTriggers,
    client_properties,
    make_user_pools,
    pool_properties,
)


def test_a_pool_of_the_cheaper_plan_has_no_rotation() -> None:
    rotating = {
        "ExplicitAuthFlows": ["ALLOW_CUSTOM_AUTH"],
        "RefreshTokenRotation": {"Feature": "ENABLED"},
    }
    make_user_pools(FakeTriggers(), FakeClock(), pool={"UserPoolTier": "PLUS"}, client=rotating)
    make_user_pools(FakeTriggers(), FakeClock(), pool={"UserPoolTier": "LITE"})
    with pytest.raises(InvalidPropertyError, match="needs UserPoolTier ESSENTIALS"):
        make_user_pools(FakeTriggers(), FakeClock(), pool={"UserPoolTier": "LITE"}, client=rotating)


def test_an_unknown_plan_is_refused() -> None:
    with pytest.raises(InvalidPropertyError, match="UserPoolTier"):
        make_user_pools(FakeTriggers(), FakeClock(), pool={"UserPoolTier": "lite"})


def test_reads_a_pool() -> None:
    pool = read_user_pool(POOL_ARN, pool_properties())
    assert (pool.id, pool.region, pool.issuer) == (POOL_ID, "us-east-1", ISSUER)
    assert pool.case_sensitive is False
    assert read_user_pool(POOL_ARN, {}).case_sensitive is True


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"AliasAttributes": ["email"]}, "AliasAttributes"),
        ({"UsernameAttributes": ["email"]}, "UsernameAttributes"),
        ({"Schema": [{"Name": "plan", "AttributeDataType": "Number"}]}, "AttributeDataType"),
        ({"MfaConfiguration": "ON"}, "MfaConfiguration"),
        ({"UsernameConfiguration": {"CaseSensitive": False, "X": 1}}, "UsernameConfiguration"),
        ({"UserPoolAddOns": {"AdvancedSecurityMode": "ENFORCED"}}, "AdvancedSecurityMode"),
        ({"LambdaConfig": {"PostAuthentication": "arn"}}, "PostAuthentication"),
        ({"LambdaConfig": {"UserMigration": "arn"}}, "UserMigration"),
        (
            {"LambdaConfig": {"PreTokenGenerationConfig": {"LambdaVersion": "V2_0"}}},
            "LambdaVersion",
        ),
        ({"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["WEB_AUTHN"]}}}, "FirstAuth"),
        ({"Policies": {"PasswordPolicy": {"PasswordHistorySize": 3}}}, r"PasswordHistorySize"),
    ],
)
def test_refuses_by_name_a_pool_property_that_is_not_modelled(
    change: dict[str, Any], named: str
) -> None:
    with pytest.raises(UnsupportedPropertyError, match=named):
        read_user_pool(POOL_ARN, pool_properties(**change))


@pytest.mark.parametrize(
    "change",
    [
        {"UsernameConfiguration": {"CaseSensitive": "maybe"}},
        {"UsernameConfiguration": True},
        {"Policies": {"PasswordPolicy": {"MinimumLength": "long"}}},
        {"LambdaConfig": {"PreSignUp": 1}},
        {"LambdaConfig": {"PreSignUp": "arn:aws:lambda:us-east-1:1:function:f:3"}},
    ],
)
def test_refuses_a_pool_that_could_not_be_deployed(change: dict[str, Any]) -> None:
    with pytest.raises(InvalidPropertyError):
        read_user_pool(POOL_ARN, pool_properties(**change))


def test_reads_a_client_with_awss_defaults() -> None:
    client = read_user_pool_client(
        CLIENT_ID, {"UserPoolId": POOL_ID, "ExplicitAuthFlows": ["ALLOW_CUSTOM_AUTH"]}
    )
    assert client.prevent_user_existence_errors is False
    assert client.auth_session_seconds == 180
    assert client.id_token_seconds == client.access_token_seconds == 3_600
    assert client.refresh_token_seconds == 30 * 86_400


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"GenerateSecret": True}, "GenerateSecret"),
        ({"GenerateSecret": "true"}, "GenerateSecret"),
        ({"ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"]}, "ALLOW_USER_PASSWORD_AUTH"),
        (
            {"ExplicitAuthFlows": ["ALLOW_CUSTOM_AUTH", "ALLOW_USER_AUTH"]},
            "ALLOW_USER_AUTH",
        ),
        ({"ExplicitAuthFlows": []}, "none given"),
        ({"RefreshTokenRotation": {"Feature": "DISABLED", "Reuse": 1}}, "Reuse"),
        ({"EnableTokenRevocation": False}, "EnableTokenRevocation"),
        ({"CallbackURLs": ["https://x"]}, "CallbackURLs"),
        ({"TokenValidityUnits": {"Other": "days"}}, "TokenValidityUnits"),
    ],
)
def test_refuses_by_name_a_client_property_that_is_not_modelled(
    change: dict[str, Any], named: str
) -> None:
    with pytest.raises(UnsupportedPropertyError, match=named):
        read_user_pool_client(CLIENT_ID, client_properties(**change))


@pytest.mark.parametrize(
    "change",
    [
        {"IdTokenValidity": 4},
        {"IdTokenValidity": 1441},
        {"AccessTokenValidity": 25, "TokenValidityUnits": {"AccessToken": "hours"}},
        {"RefreshTokenValidity": 59, "TokenValidityUnits": {"RefreshToken": "minutes"}},
        {"RefreshTokenValidity": 3651},
        {"AuthSessionValidity": 2},
        {"AuthSessionValidity": 16},
        {"TokenValidityUnits": {"IdToken": "weeks"}},
        {"PreventUserExistenceErrors": "YES"},
        {"ExplicitAuthFlows": "ALLOW_CUSTOM_AUTH"},
    ],
)
def test_refuses_a_client_that_could_not_be_deployed(change: dict[str, Any]) -> None:
    with pytest.raises(InvalidPropertyError):
        read_user_pool_client(CLIENT_ID, client_properties(**change))


@pytest.mark.parametrize(
    ("rotation", "grace_seconds"),
    [
        ({}, None),
        ({"Feature": "DISABLED"}, None),
        ({"Feature": "DISABLED", "RetryGracePeriodSeconds": 10}, None),
        ({"Feature": "ENABLED"}, 0),
        ({"Feature": "ENABLED", "RetryGracePeriodSeconds": "60"}, 60),
    ],
)
def test_reads_refresh_token_rotation(rotation: dict[str, Any], grace_seconds: int | None) -> None:
    changes = {"ExplicitAuthFlows": ["ALLOW_CUSTOM_AUTH"], "RefreshTokenRotation": rotation}
    client = read_user_pool_client(CLIENT_ID, client_properties(**changes))
    assert client.rotation_grace_seconds == grace_seconds


@pytest.mark.parametrize(
    ("rotation", "flows", "named"),
    [
        ({"Feature": "ON"}, ["ALLOW_CUSTOM_AUTH"], "Feature"),
        ({"RetryGracePeriodSeconds": 5}, ["ALLOW_CUSTOM_AUTH"], "Feature"),
        (
            {"Feature": "ENABLED", "RetryGracePeriodSeconds": 61},
            ["ALLOW_CUSTOM_AUTH"],
            "RetryGracePeriodSeconds",
        ),
        (
            {"Feature": "ENABLED", "RetryGracePeriodSeconds": -1},
            ["ALLOW_CUSTOM_AUTH"],
            "RetryGracePeriodSeconds",
        ),
        (
            {"Feature": "ENABLED"},
            ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
            "ALLOW_REFRESH_TOKEN_AUTH",
        ),
    ],
)
def test_refuses_a_rotation_that_could_not_be_deployed(
    rotation: dict[str, Any], flows: list[str], named: str
) -> None:
    changes = {"ExplicitAuthFlows": flows, "RefreshTokenRotation": rotation}
    with pytest.raises(InvalidPropertyError, match=named):
        read_user_pool_client(CLIENT_ID, client_properties(**changes))


def test_refuses_a_client_of_a_pool_nobody_knows() -> None:
    with pytest.raises(PropertyError, match="us-east-1_Nowhere"):
        make_user_pools(FakeTriggers(), FakeClock(), client={"UserPoolId": "us-east-1_Nowhere"})


def test_a_refusal_stops_the_local_stack_like_every_other() -> None:
    assert issubclass(PropertyError, LocalStackError)
