import asyncio
from typing import Any

import pytest

from local.aws_json import InvalidParameterError
from local.cognito_idp.errors import (
    NotAuthorizedError,
    UserNotConfirmedError,
    UserNotFoundError,
)
from local.cognito_idp.initiate_auth import initiate_auth
from local.cognito_idp.user_pools import UserPools
from tests.local.cognito_idp.calls import register, respond, sign_in, start
from tests.local.cognito_idp.fakes import (
    CLIENT_ID,
    OTHER_CLIENT_ID,
    STRANGER,
    WALLET,
    FakeClock,
    FakeTriggers,
    make_user_pools,
)

pytestmark = pytest.mark.anyio
REFUSED = "^Incorrect username or password.$"


async def test_signs_in_through_a_whole_round(pools: UserPools, triggers: FakeTriggers) -> None:
    sub = (await register(pools))["UserSub"]
    challenge = await start(pools)
    assert challenge == {
        "ChallengeName": "CUSTOM_CHALLENGE",
        "Session": challenge["Session"],
        "ChallengeParameters": {"question": "password?", "USERNAME": WALLET},
    }
    assert 20 <= len(challenge["Session"]) <= 4096

    answer = await respond(pools, challenge["Session"])

    assert set(answer["AuthenticationResult"]) == {
        "AccessToken",
        "IdToken",
        "RefreshToken",
        "ExpiresIn",
        "TokenType",
    }
    attributes = {"sub": sub, "cognito:user_status": "CONFIRMED"}
    result = {
        "challengeName": "CUSTOM_CHALLENGE",
        "challengeResult": True,
        "challengeMetadata": "round-0",
    }
    asked = {"userAttributes": attributes, "userNotFound": False}
    assert [event["request"] for event in triggers.events[1:]] == [
        {**asked, "session": []},
        {**asked, "challengeName": "CUSTOM_CHALLENGE", "session": []},
        {
            **asked,
            "privateChallengeParameters": {"answer": "open sesame"},
            "challengeAnswer": "open sesame",
        },
        {**asked, "session": [result]},
    ]


async def test_private_parameters_never_leave_the_server(pools: UserPools) -> None:
    await register(pools)
    challenge = await start(pools)
    again = await respond(pools, challenge["Session"], "wrong")
    assert "open sesame" not in repr(challenge) + repr(again)


async def test_gives_a_new_challenge_and_session_after_a_wrong_answer(
    pools: UserPools, triggers: FakeTriggers
) -> None:
    await register(pools)
    first = await start(pools)
    second = await respond(pools, first["Session"], "wrong")
    assert second["ChallengeName"] == "CUSTOM_CHALLENGE"
    assert second["Session"] != first["Session"]

    answer = await respond(pools, second["Session"])

    assert "AuthenticationResult" in answer
    session = triggers.requests("DefineAuthChallenge")[-1]["session"]
    assert [(r["challengeResult"], r["challengeMetadata"]) for r in session] == [
        (False, "round-0"),
        (True, "round-1"),
    ]


async def test_refuses_when_define_fails_the_authentication(pools: UserPools) -> None:
    await register(pools)
    challenge = await start(pools)
    for _ in range(2):
        challenge = await respond(pools, challenge["Session"], "wrong")
    with pytest.raises(NotAuthorizedError, match=REFUSED):
        await respond(pools, challenge["Session"], "wrong")


async def test_a_session_can_only_be_used_once(pools: UserPools) -> None:
    await register(pools)
    challenge = await start(pools)
    await respond(pools, challenge["Session"])
    with pytest.raises(
        NotAuthorizedError, match=r"^Invalid session for the user, session can only be used once.$"
    ):
        await respond(pools, challenge["Session"])


async def test_a_wrong_answer_spends_the_session_too(pools: UserPools) -> None:
    await register(pools)
    challenge = await start(pools)
    await respond(pools, challenge["Session"], "wrong")
    with pytest.raises(NotAuthorizedError, match="only be used once"):
        await respond(pools, challenge["Session"])


async def test_one_of_two_concurrent_answers_wins(pools: UserPools, triggers: FakeTriggers) -> None:
    async def verify_later(event: dict[str, Any]) -> object:
        await asyncio.sleep(0)
        event["response"]["answerCorrect"] = True
        return event

    await register(pools)
    challenge = await start(pools)
    triggers.overrides["VerifyAuthChallengeResponse"] = verify_later
    answers = await asyncio.gather(
        *(respond(pools, challenge["Session"]) for _ in range(2)), return_exceptions=True
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["NotAuthorizedError", "dict"]


async def test_a_session_expires(pools: UserPools, clock: FakeClock) -> None:
    await register(pools)
    challenge = await start(pools)
    clock.advance(180)
    with pytest.raises(
        NotAuthorizedError, match=r"^Invalid session for the user, session is expired.$"
    ):
        await respond(pools, challenge["Session"])


async def test_a_session_lasts_as_long_as_the_client_says(
    triggers: FakeTriggers, clock: FakeClock
) -> None:
    pools = make_user_pools(triggers, clock, client={"AuthSessionValidity": "15"})
    await register(pools)
    challenge = await start(pools)
    clock.advance(15 * 60 - 1)
    assert "AuthenticationResult" in await respond(pools, challenge["Session"])


@pytest.mark.parametrize(
    "change",
    [
        {"session": "A" * 128},
        {"username": STRANGER},
        {"ClientId": OTHER_CLIENT_ID},
    ],
)
async def test_refuses_a_session_that_is_not_the_callers(
    pools: UserPools, change: dict[str, str]
) -> None:
    await register(pools)
    await register(pools, STRANGER)
    challenge = await start(pools)
    with pytest.raises(NotAuthorizedError, match=r"^Invalid session for the user.$"):
        await respond(pools, **{"session": challenge["Session"], **change})
    assert "AuthenticationResult" in await respond(pools, challenge["Session"])


async def test_sign_in_knows_the_user_in_any_case(pools: UserPools) -> None:
    await register(pools)
    challenge = await start(pools, WALLET.upper())
    assert challenge["ChallengeParameters"]["USERNAME"] == WALLET
    answer = await respond(pools, challenge["Session"], username=WALLET.upper())
    assert "AuthenticationResult" in answer


async def test_an_unknown_user_meets_the_same_triggers_and_is_refused_at_the_end(
    pools: UserPools, triggers: FakeTriggers
) -> None:
    challenge = await start(pools, STRANGER)
    assert challenge["ChallengeParameters"] == {"question": "password?", "USERNAME": STRANGER}
    with pytest.raises(NotAuthorizedError, match=REFUSED):
        await respond(pools, challenge["Session"], username=STRANGER)
    assert [event["request"]["userNotFound"] for event in triggers.events] == [True] * 4


async def test_a_user_created_meanwhile_cannot_finish_a_sign_in_begun_without_one(
    pools: UserPools,
) -> None:
    challenge = await start(pools)
    await register(pools)
    with pytest.raises(NotAuthorizedError, match=REFUSED):
        await respond(pools, challenge["Session"])


async def test_discloses_an_unknown_user_only_in_legacy_mode(
    triggers: FakeTriggers, clock: FakeClock
) -> None:
    pools = make_user_pools(triggers, clock, client={"PreventUserExistenceErrors": "LEGACY"})
    with pytest.raises(UserNotFoundError, match=r"^User does not exist.$"):
        await start(pools, STRANGER)
    assert triggers.events == []


async def test_refuses_an_unconfirmed_user(pools: UserPools, triggers: FakeTriggers) -> None:
    triggers.overrides["PreSignUp"] = lambda event: event
    await register(pools)
    with pytest.raises(UserNotConfirmedError, match=r"^User is not confirmed.$"):
        await start(pools)


async def test_metadata_of_initiate_auth_reaches_no_trigger_but_that_of_the_answer_does(
    pools: UserPools, triggers: FakeTriggers
) -> None:
    await register(pools)
    challenge = await start(pools, ClientMetadata={"from": "InitiateAuth"})
    await respond(pools, challenge["Session"], "wrong", ClientMetadata={"from": "Respond"})
    assert [event["request"].get("clientMetadata") for event in triggers.events] == [
        None,
        None,
        None,
        {"from": "Respond"},
        {"from": "Respond"},
        {"from": "Respond"},
    ]


@pytest.mark.parametrize(
    ("flow", "message"),
    [
        ("USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH flow not enabled for this client"),
        ("USER_SRP_AUTH", "USER_SRP_AUTH is not enabled for the client."),
        ("USER_AUTH", "USER_AUTH is not enabled for the client."),
        ("ADMIN_NO_SRP_AUTH", "Initiate Auth method not supported."),
        ("CUSTOM_AUTH", "CUSTOM_AUTH is not enabled for the client."),
    ],
)
async def test_refuses_a_flow_the_client_does_not_allow(
    triggers: FakeTriggers, clock: FakeClock, flow: str, message: str
) -> None:
    pools = make_user_pools(
        triggers, clock, client={"ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"]}
    )
    with pytest.raises(InvalidParameterError) as refused:
        await initiate_auth(
            pools,
            {"ClientId": CLIENT_ID, "AuthFlow": flow, "AuthParameters": {"USERNAME": WALLET}},
        )
    assert refused.value.message == message


async def test_refuses_a_pool_without_the_three_triggers(
    triggers: FakeTriggers, clock: FakeClock
) -> None:
    pools = make_user_pools(triggers, clock, pool={"LambdaConfig": {}})
    with pytest.raises(
        InvalidParameterError,
        match=r"^Custom auth lambda trigger is not configured for the user pool.$",
    ):
        await start(pools)


async def test_refuses_a_call_without_a_username(pools: UserPools) -> None:
    with pytest.raises(InvalidParameterError, match=r"^Missing required parameter USERNAME$"):
        await start(pools, AuthParameters={})


async def test_refuses_an_answer_without_an_answer(pools: UserPools) -> None:
    await register(pools)
    challenge = await start(pools)
    with pytest.raises(InvalidParameterError, match=r"^Missing required parameter ANSWER$"):
        await respond(pools, challenge["Session"], ChallengeResponses={"USERNAME": WALLET})


async def test_two_users_get_different_subs_and_tokens(pools: UserPools) -> None:
    await register(pools)
    await register(pools, STRANGER)
    mine, theirs = await sign_in(pools), await sign_in(pools, STRANGER)
    assert {mine[name] for name in mine} & {theirs[name] for name in theirs} <= {1200, "Bearer"}
