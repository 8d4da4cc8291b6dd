import asyncio
from typing import Any

import pytest

from local.aws_lambda.errors import (
    FunctionError,
    FunctionTimeoutError,
    InvocationError,
    InvokeDeniedError,
)
from local.cognito_idp.errors import (
    InvalidLambdaResponseError,
    UnexpectedLambdaError,
    UserLambdaValidationError,
)
from local.cognito_idp.triggers import DEFINE_AUTH_CHALLENGE, Triggers
from local.cognito_idp.user_pools import UserPools
from tests.local.cognito_idp.calls import register, respond, start
from tests.local.cognito_idp.fakes import CLIENT_ID, FakeTriggers

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("error", "expected", "message"),
    [
        (
            FunctionError("Exception", "[404] User Not Found"),
            UserLambdaValidationError,
            "DefineAuthChallenge failed with error [404] User Not Found.",
        ),
        (
            FunctionTimeoutError("Task timed out after 3.00 seconds"),
            UserLambdaValidationError,
            "DefineAuthChallenge failed with error Task timed out after 3.00 seconds.",
        ),
        (
            InvokeDeniedError("no permission"),
            UnexpectedLambdaError,
            "DefineAuthChallenge invocation failed due to error AccessDeniedException.",
        ),
        (
            InvocationError("worker gone"),
            UnexpectedLambdaError,
            "DefineAuthChallenge invocation failed due to error ServiceException.",
        ),
    ],
)
async def test_words_a_failed_trigger_as_cognito_does(
    pools: UserPools,
    triggers: FakeTriggers,
    error: Exception,
    expected: type[UserLambdaValidationError],
    message: str,
) -> None:
    def fail(event: dict[str, Any]) -> object:
        raise error

    await register(pools)
    triggers.overrides["DefineAuthChallenge"] = fail
    with pytest.raises(expected) as raised:
        await start(pools)
    assert raised.value.message == message
    assert len(triggers.requests("DefineAuthChallenge")) == 1


async def _call_define(pools: UserPools, triggers: FakeTriggers) -> object:
    pool, _ = pools.client(CLIENT_ID)
    impatient = Triggers(triggers, timeout_seconds=0.02)
    request = {"session": []}  # type: dict[str, object]
    return await impatient.call(
        DEFINE_AUTH_CHALLENGE, pool=pool, client_id=CLIENT_ID, username="u", request=request
    )


async def test_gives_up_after_three_attempts_that_time_out(
    pools: UserPools, triggers: FakeTriggers
) -> None:
    async def hang(event: dict[str, Any]) -> object:
        await asyncio.sleep(10)
        return event

    triggers.overrides["DefineAuthChallenge"] = hang
    with pytest.raises(UnexpectedLambdaError) as raised:
        await _call_define(pools, triggers)
    assert raised.value.message == (
        "DefineAuthChallenge invocation failed due to error "
        "Socket timeout while invoking Lambda function."
    )
    assert len(triggers.events) == 3


async def test_takes_the_answer_of_a_later_attempt(
    pools: UserPools, triggers: FakeTriggers
) -> None:
    async def hang_once(event: dict[str, Any]) -> object:
        if len(triggers.events) == 1:
            await asyncio.sleep(10)
        event["response"]["issueTokens"] = True
        return event

    triggers.overrides["DefineAuthChallenge"] = hang_once
    response = await _call_define(pools, triggers)
    assert response == {
        "challengeName": None,
        "issueTokens": True,
        "failAuthentication": None,
    }


def _without(key: str) -> Any:
    return lambda event: {name: value for name, value in event.items() if name != key}


def _responding(**response: object) -> Any:
    return lambda event: {**event, "response": response}


@pytest.mark.parametrize(
    "answer",
    [
        lambda event: event,
        lambda event: None,
        lambda event: "done",
        _without("request"),
        _without("version"),
        _without("response"),
        lambda event: {**event, "response": None},
        lambda event: {**event, "extra": 1},
        _responding(),
        _responding(issueTokens=False, failAuthentication=False),
        _responding(issueTokens=False, failAuthentication=False, challengeName=None),
        _responding(issueTokens=False, failAuthentication=False, challengeName="SRP_A"),
        _responding(issueTokens=True, failAuthentication=None),
        _responding(issueTokens=None, failAuthentication=False, challengeName="CUSTOM_CHALLENGE"),
        _responding(issueTokens=1, failAuthentication=False),
        _responding(issueTokens="true", failAuthentication=False),
        _responding(issueTokens=True, failAuthentication=False, unknown=1),
    ],
)
async def test_refuses_an_unrecognizable_decision(
    pools: UserPools, triggers: FakeTriggers, answer: Any
) -> None:
    await register(pools)
    triggers.overrides["DefineAuthChallenge"] = answer
    with pytest.raises(InvalidLambdaResponseError, match=r"^Unrecognizable lambda output$"):
        await start(pools)


@pytest.mark.parametrize(
    "answer",
    [
        lambda event: event,
        _responding(publicChallengeParameters={"a": 1}, privateChallengeParameters={}),
        _responding(publicChallengeParameters={}, privateChallengeParameters=None),
        _responding(publicChallengeParameters={}, privateChallengeParameters={"a": None}),
        _responding(
            publicChallengeParameters={}, privateChallengeParameters={}, challengeMetadata=1
        ),
    ],
)
async def test_refuses_an_unrecognizable_challenge(
    pools: UserPools, triggers: FakeTriggers, answer: Any
) -> None:
    await register(pools)
    triggers.overrides["CreateAuthChallenge"] = answer
    with pytest.raises(InvalidLambdaResponseError):
        await start(pools)


@pytest.mark.parametrize(
    "answer", [lambda event: event, _responding(answerCorrect="true"), _responding(answerCorrect=1)]
)
async def test_refuses_an_unrecognizable_verdict(
    pools: UserPools, triggers: FakeTriggers, answer: Any
) -> None:
    await register(pools)
    challenge = await start(pools)
    triggers.overrides["VerifyAuthChallengeResponse"] = answer
    with pytest.raises(InvalidLambdaResponseError):
        await respond(pools, challenge["Session"])


async def test_failing_wins_over_issuing(pools: UserPools, triggers: FakeTriggers) -> None:
    await register(pools)
    triggers.overrides["DefineAuthChallenge"] = _responding(
        issueTokens=True, failAuthentication=True
    )
    with pytest.raises(Exception, match=r"^Incorrect username or password.$"):
        await start(pools)


async def test_the_public_parameters_cannot_change_the_username(
    pools: UserPools, triggers: FakeTriggers
) -> None:
    await register(pools)
    triggers.overrides["CreateAuthChallenge"] = _responding(
        publicChallengeParameters={"USERNAME": "somebody"}, privateChallengeParameters={}
    )
    assert (await start(pools))["ChallengeParameters"]["USERNAME"] != "somebody"
