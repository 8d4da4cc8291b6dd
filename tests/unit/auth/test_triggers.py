"""The triggers over events as Cognito sends them, with clock and randomness of the test's own."""

import json
import logging
from typing import Any

import pytest
from eth_account import Account
from eth_account.messages import encode_defunct

from auth.triggers import (
    create_auth_challenge,
    define_auth_challenge,
    verify_auth_challenge_response,
)
from runtime.settings import SettingError

from .conftest import LoadEvent

NOW = 1767225600.0
WALLET = Account.from_key("0x" + "11" * 32)


def create(event: Any, environment: dict[str, str]) -> Any:
    handler = create_auth_challenge.build_handler(
        environment, now=lambda: NOW, random_bytes=lambda count: bytes(range(count))
    )
    return handler(event, None)


def verify(event: Any, environment: dict[str, str], now: float = NOW + 5) -> Any:
    return verify_auth_challenge_response.build_handler(environment, now=lambda: now)(event, None)


@pytest.mark.parametrize("name", ["", "AfterWrongAnswer", "UserNotFound"])
def test_define_asks_our_challenge(load_event: LoadEvent, name: str) -> None:
    event = load_event(f"DefineAuthChallenge{name}")
    answered = define_auth_challenge.handler(event, None)
    assert answered == {
        **load_event(f"DefineAuthChallenge{name}"),
        "response": {
            "challengeName": "CUSTOM_CHALLENGE",
            "issueTokens": False,
            "failAuthentication": False,
        },
    }


def test_define_never_issues_tokens_to_an_unknown_user(load_event: LoadEvent) -> None:
    event = load_event("DefineAuthChallengeUserNotFound")
    event["request"]["session"] = [
        {"challengeName": "CUSTOM_CHALLENGE", "challengeResult": True, "challengeMetadata": None}
    ]
    assert define_auth_challenge.handler(event, None)["response"]["issueTokens"] is False


def test_define_takes_a_null_session_as_the_first_call(load_event: LoadEvent) -> None:
    event = load_event("DefineAuthChallenge")
    event["request"]["session"] = None
    response = define_auth_challenge.handler(event, None)["response"]
    assert response["challengeName"] == "CUSTOM_CHALLENGE"


def test_create_fills_strings_only_and_no_secret_in_the_metadata(
    load_event: LoadEvent, environment: dict[str, str]
) -> None:
    event = load_event("CreateAuthChallenge")
    response = create(event, environment)["response"]
    assert set(response) == {
        "publicChallengeParameters",
        "privateChallengeParameters",
        "challengeMetadata",
    }
    assert response["challengeMetadata"] == "SIWE"
    recorded = load_event("VerifyAuthChallengeResponse")["request"]["privateChallengeParameters"]
    assert response["privateChallengeParameters"] == recorded


def test_create_does_not_tell_an_unknown_user_from_a_known_one(
    load_event: LoadEvent, environment: dict[str, str]
) -> None:
    known = create(load_event("CreateAuthChallenge"), environment)
    unknown = load_event("CreateAuthChallenge")
    unknown["request"] = {**unknown["request"], "userAttributes": {}, "userNotFound": True}
    assert create(unknown, environment)["response"] == known["response"]


def test_verify_accepts_the_recorded_answer(
    load_event: LoadEvent, environment: dict[str, str]
) -> None:
    event = load_event("VerifyAuthChallengeResponse")
    assert verify(event, environment) == {
        **load_event("VerifyAuthChallengeResponse"),
        "response": {"answerCorrect": True},
    }


def test_a_composed_answer_goes_from_create_to_verify(
    load_event: LoadEvent, environment: dict[str, str]
) -> None:
    created = create(load_event("CreateAuthChallenge"), environment)["response"]
    text = created["publicChallengeParameters"]["message"].replace(
        "gallery.example", "localhost:3000"
    )
    text = text.replace("https://", "http://").replace("Chain ID: 1", "Chain ID: 137")
    signature = "0x" + WALLET.sign_message(encode_defunct(text=text)).signature.hex()
    event = load_event("VerifyAuthChallengeResponse")
    event["request"]["privateChallengeParameters"] = created["privateChallengeParameters"]
    event["request"]["challengeAnswer"] = json.dumps({"message": text, "signature": signature})
    assert verify(event, environment)["response"] == {"answerCorrect": True}


@pytest.mark.parametrize(
    "changes",
    [
        {"challengeAnswer": ""},
        {"challengeAnswer": None},
        {"challengeAnswer": "zz"},
        {"challengeAnswer": "{"},
        {"privateChallengeParameters": None},
        {"privateChallengeParameters": {}},
        {"privateChallengeParameters": ["message"]},
        {"userNotFound": True},
    ],
)
def test_verify_takes_whatever_is_malformed_as_a_wrong_answer(
    load_event: LoadEvent, environment: dict[str, str], changes: dict[str, Any]
) -> None:
    event = load_event("VerifyAuthChallengeResponse")
    event["request"] = {**event["request"], **changes}
    event["response"] = {"answerCorrect": True}
    assert verify(event, environment)["response"] == {"answerCorrect": False}


@pytest.mark.parametrize("trigger", ["CreateAuthChallenge", "VerifyAuthChallengeResponse"])
def test_fails_where_a_setting_is_missing(load_event: LoadEvent, trigger: str) -> None:
    run = create if trigger == "CreateAuthChallenge" else verify
    with pytest.raises(SettingError, match="ALLOWED_ORIGINS is not set"):
        run(load_event(trigger), {})


def test_a_refusal_is_one_log_line_with_its_code_and_nothing_of_the_answer(
    load_event: LoadEvent, environment: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    event = load_event("VerifyAuthChallengeResponse")
    private, answer = event["request"]["privateChallengeParameters"], event["request"]
    composed = json.dumps({"message": private["message"], "signature": answer["challengeAnswer"]})
    for sent, now in ((answer["challengeAnswer"], NOW + 300), (composed, NOW - 61), ("{bad", NOW)):
        event["request"]["challengeAnswer"] = sent
        assert verify(event, environment, now)["response"] == {"answerCorrect": False}
    codes = [record.__dict__["code"] for record in caplog.records]
    assert codes == ["expired_challenge", "issued_at_out_of_range", "malformed_answer"]
    canaries = [*private.values(), answer["challengeAnswer"], event["userName"], WALLET.address]
    logged = " ".join(str(record.__dict__) for record in caplog.records)
    assert not [canary for canary in canaries if canary in logged]
    assert not [record for record in caplog.records if record.exc_info]


def test_a_sign_in_is_one_log_line_that_names_the_way_and_the_chain_and_nobody(
    load_event: LoadEvent, environment: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    event = load_event("VerifyAuthChallengeResponse")
    assert verify(event, environment)["response"] == {"answerCorrect": True}
    (record,) = caplog.records
    logged = record.__dict__
    assert (logged["event"], logged["way"], logged["chain"]) == ("sign_in", "key", 1)
    canaries = [*event["request"]["privateChallengeParameters"].values(), event["userName"]]
    assert not [canary for canary in canaries if canary in str(logged)]


@pytest.mark.parametrize("attributes", [None, [], "sub"])
def test_verify_refuses_where_it_is_shown_no_user(
    load_event: LoadEvent,
    environment: dict[str, str],
    caplog: pytest.LogCaptureFixture,
    attributes: object,
) -> None:
    event = load_event("VerifyAuthChallengeResponse")
    event["request"]["userAttributes"] = attributes
    assert verify(event, environment)["response"] == {"answerCorrect": False}
    assert [record.__dict__["code"] for record in caplog.records] == ["marks_not_shown"]


@pytest.mark.parametrize("answers_before", [None, 0, 1, 2])
def test_create_tells_verify_that_an_answer_came_before_and_the_client_nothing(
    load_event: LoadEvent, environment: dict[str, str], answers_before: int | None
) -> None:
    event = load_event("CreateAuthChallenge")
    answer = {"challengeName": "CUSTOM_CHALLENGE", "challengeResult": False}
    event["request"]["session"] = answers_before and [answer] * answers_before
    response = create(event, environment)["response"]
    is_told = response["privateChallengeParameters"].get("repeated") == "true"
    assert is_told is bool(answers_before)
    assert "repeated" not in response["publicChallengeParameters"]
