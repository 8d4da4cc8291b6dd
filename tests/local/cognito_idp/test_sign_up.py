import asyncio
from typing import Any

import pytest

from local.aws_json import InvalidParameterError, SerializationError
from local.aws_lambda.errors import FunctionError
from local.cognito_idp.errors import (
    InvalidPasswordError,
    NotAuthorizedError,
    ResourceNotFoundError,
    UserLambdaValidationError,
    UsernameExistsError,
)
from local.cognito_idp.user_pools import UserPools
from tests.local.cognito_idp.calls import register
from tests.local.cognito_idp.fakes import (
    CLIENT_ID,
    POOL_ARN,
    POOL_ID,
    WALLET,
    FakeClock,
    FakeTriggers,
    make_user_pools,
)

pytestmark = pytest.mark.anyio


async def test_signs_up_a_user_confirmed_by_the_trigger(
    pools: UserPools, triggers: FakeTriggers
) -> None:
    answer = await register(pools, ClientMetadata={"chain": "1"})

    user = pools.users.find(POOL_ID, WALLET)
    assert user is not None
    assert answer == {"UserConfirmed": True, "UserSub": user.sub}
    [event] = triggers.events
    assert event == {
        "version": "1",
        "region": "us-east-1",
        "userPoolId": POOL_ID,
        "userName": WALLET,
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": CLIENT_ID},
        "triggerSource": "PreSignUp_SignUp",
        "request": {
            "userAttributes": {},
            "validationData": None,
            "clientMetadata": {"chain": "1"},
        },
        "response": {"autoConfirmUser": False, "autoVerifyEmail": False, "autoVerifyPhone": False},
    }
    assert triggers.callers == [
        (
            "arn:aws:lambda:us-east-1:123456789012:function:PreSignUp",
            "cognito-idp.amazonaws.com",
            POOL_ARN,
        )
    ]


async def test_leaves_a_user_unconfirmed_without_the_triggers_consent(
    pools: UserPools, triggers: FakeTriggers
) -> None:
    triggers.overrides["PreSignUp"] = lambda event: event
    assert (await register(pools))["UserConfirmed"] is False


async def test_leaves_a_user_unconfirmed_without_a_trigger(
    triggers: FakeTriggers, clock: FakeClock
) -> None:
    pools = make_user_pools(triggers, clock, pool={"LambdaConfig": {}})
    assert (await register(pools))["UserConfirmed"] is False
    assert triggers.events == []


async def test_refuses_a_second_sign_up_in_any_case(pools: UserPools) -> None:
    await register(pools)
    for username in (WALLET, WALLET.upper()):
        with pytest.raises(UsernameExistsError, match=r"^User already exists$"):
            await register(pools, username)


async def test_keeps_users_apart_by_case_in_a_case_sensitive_pool(
    triggers: FakeTriggers, clock: FakeClock
) -> None:
    pools = make_user_pools(triggers, clock, pool={"UsernameConfiguration": {}})
    await register(pools, "Alice")
    await register(pools, "alice")
    assert pools.users.find(POOL_ID, "Alice") != pools.users.find(POOL_ID, "alice")


async def test_lets_one_of_two_concurrent_sign_ups_win(
    pools: UserPools, triggers: FakeTriggers
) -> None:
    async def confirm_later(event: dict[str, Any]) -> object:
        await asyncio.sleep(0)
        event["response"]["autoConfirmUser"] = True
        return event

    triggers.overrides["PreSignUp"] = confirm_later
    answers = await asyncio.gather(register(pools), register(pools), return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in answers) == ["UsernameExistsError", "dict"]


@pytest.mark.parametrize(
    ("password", "rule"),
    [
        ("Sh0rt-x", "Password not long enough"),
        ("correct-horse-7", "Password must have uppercase characters"),
        ("CORRECT-HORSE-7", "Password must have lowercase characters"),
        ("Correct-Horse-x", "Password must have numeric characters"),
        ("CorrectHorse7", "Password must have symbol characters"),
    ],
)
async def test_refuses_a_password_outside_the_policy(
    pools: UserPools, password: str, rule: str
) -> None:
    with pytest.raises(InvalidPasswordError) as refused:
        await register(pools, Password=password)
    assert refused.value.message == f"Password did not conform with policy: {rule}"
    assert pools.users.find(POOL_ID, WALLET) is None


async def test_follows_the_pools_own_password_policy(
    triggers: FakeTriggers, clock: FakeClock
) -> None:
    policies = {"PasswordPolicy": {"MinimumLength": "20", "RequireNumbers": "true"}}
    pools = make_user_pools(triggers, clock, pool={"Policies": policies})
    with pytest.raises(InvalidPasswordError, match="not long enough"):
        await register(pools, Password="1234567890123456789")
    await register(pools, Password="12345678901234567890")


async def test_keeps_no_password(triggers: FakeTriggers, clock: FakeClock) -> None:
    pools = make_user_pools(triggers, clock)
    await register(pools)
    assert "Correct-Horse-7" not in repr(pools.users.find(POOL_ID, WALLET))


async def test_a_refusal_of_the_trigger_creates_no_user(
    pools: UserPools, triggers: FakeTriggers
) -> None:
    def refuse(event: dict[str, Any]) -> object:
        raise FunctionError("ValueError", "not an address")

    triggers.overrides["PreSignUp"] = refuse
    with pytest.raises(UserLambdaValidationError) as refused:
        await register(pools)
    assert refused.value.message == "PreSignUp failed with error not an address."
    assert pools.users.find(POOL_ID, WALLET) is None


async def test_refuses_a_client_nobody_knows(pools: UserPools) -> None:
    with pytest.raises(ResourceNotFoundError, match=r"^User pool client nobody does not exist.$"):
        await register(pools, ClientId="nobody")


async def test_refuses_sign_up_where_only_administrators_create_users(
    triggers: FakeTriggers, clock: FakeClock
) -> None:
    administration = {"AllowAdminCreateUserOnly": True}
    pools = make_user_pools(triggers, clock, pool={"AdminCreateUserConfig": administration})
    with pytest.raises(NotAuthorizedError, match="SignUp is not permitted for this user pool"):
        await register(pools)


@pytest.mark.parametrize("username", ["", "two words", "x" * 129, "tab\t"])
async def test_refuses_a_malformed_username(pools: UserPools, username: str) -> None:
    with pytest.raises(InvalidParameterError):
        await register(pools, username)


@pytest.mark.parametrize("name", ["sub", "email_verified", "custom:role", "cognito:user_status"])
async def test_refuses_an_attribute_a_client_may_not_write(pools: UserPools, name: str) -> None:
    with pytest.raises(InvalidParameterError, match="did not conform to the schema"):
        await register(pools, UserAttributes=[{"Name": name, "Value": "x"}])


@pytest.mark.parametrize("attributes", ["name", [1], [{"Name": "name", "Value": 1}]])
async def test_refuses_attributes_of_another_json_type(
    pools: UserPools, attributes: object
) -> None:
    with pytest.raises(SerializationError):
        await register(pools, UserAttributes=attributes)
