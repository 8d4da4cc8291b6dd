"""The five triggers, whatever stands in an event of the shape that Cognito sends."""

from __future__ import annotations

import copy
import json
import logging
import os
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auth.errors import SignUpRefusedError, TokenRefusedError
from auth.triggers import (
    create_auth_challenge,
    define_auth_challenge,
    pre_sign_up,
    pre_token_generation,
    verify_auth_challenge_response,
)
from auth.user_attributes import PROVEN_AT
from ethereum.siwe import create_siwe_message, parse_siwe_message
from tests.fuzz.parser_target import NOBODYS_SIGNATURE, NOW, PRIVATE, USER

ENVIRONMENT = {
    "ALLOWED_ORIGINS": "https://gallery.example,http://localhost:3000",
    "CHAIN_IDS": "1,137",
    "STATEMENT": "Sign in to NFT Gallery.",
}
CREATE = create_auth_challenge.build_handler(ENVIRONMENT, now=lambda: NOW, random_bytes=os.urandom)
VERIFY = verify_auth_challenge_response.build_handler(ENVIRONMENT, now=lambda: NOW + 5)
TEXT = st.text() | st.text(st.characters(categories=["Cs", "Cc", "Nd"])) | st.just(USER)
STRINGS = st.dictionaries(TEXT, TEXT, max_size=4)
MAYBE_STRINGS = st.none() | STRINGS
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
NAMES = ("CUSTOM_CHALLENGE", "SRP_A", "custom_challenge")
RESULTS = (True, False, None, "true", 1)
ROUNDS = st.lists(
    st.fixed_dictionaries(
        {
            "challengeName": st.sampled_from(NAMES) | TEXT,
            "challengeResult": st.sampled_from(RESULTS),
        },
        optional={"challengeMetadata": st.none() | TEXT},
    ),
    max_size=5,
)
PRIVATES = (
    st.none()
    | STRINGS
    | st.just(PRIVATE)
    | st.dictionaries(
        st.sampled_from(sorted(PRIVATE)), TEXT | st.sampled_from(sorted(PRIVATE.values()))
    )
)
SIGNED = {"message": PRIVATE["message"], "signature": NOBODYS_SIGNATURE}
ANSWERS = (
    st.none()
    | TEXT
    | JSON.map(json.dumps)
    | st.builds(
        lambda more: json.dumps({**SIGNED, **more}), st.dictionaries(TEXT, JSON, max_size=2)
    )
    | st.binary(min_size=64, max_size=65).map(lambda raw: f"0x{raw.hex()}")
)
UNCHANGED = ("version", "triggerSource", "region", "userPoolId", "userName", "callerContext")
EXAMPLES = settings(deadline=None, derandomize=True, max_examples=300)


@pytest.fixture(scope="module", autouse=True)
def quiet() -> Iterator[None]:
    """Each refusal is a log line, and there are thousands."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


def event(source: str, user_name: str, request: dict[str, Any]) -> dict[str, Any]:
    return {
        "version": "1",
        "triggerSource": source,
        "region": "us-east-1",
        "userPoolId": "us-east-1_a",
        "userName": user_name,
        "callerContext": {"awsSdkVersion": "a", "clientId": "b"},
        "request": request,
        "response": {},
    }


def assert_returns_the_event(sent: dict[str, Any], answered: Any) -> Any:
    """Cognito takes nothing but the event it sent with `response` filled, as JSON."""
    assert set(answered) == set(sent)
    assert {name: answered[name] for name in UNCHANGED} == {name: sent[name] for name in UNCHANGED}
    assert json.loads(json.dumps(answered["response"])) == answered["response"]
    return answered["response"]


@EXAMPLES
@given(TEXT, MAYBE_STRINGS, MAYBE_STRINGS, st.sampled_from(["SignUp", "ExternalProvider"]) | TEXT)
def test_pre_sign_up_confirms_a_wallet_or_refuses_by_a_code(
    user_name: str, attributes: Any, metadata: Any, source: str
) -> None:
    request = {"userAttributes": attributes, "validationData": metadata}
    sent = event(f"PreSignUp_{source}", user_name, request)
    is_wallet = user_name == USER and source == "SignUp" and not attributes
    if not is_wallet:
        with pytest.raises(SignUpRefusedError) as refusal:
            pre_sign_up.handler(sent, None)  # type: ignore[arg-type]
        assert str(refusal.value) == refusal.value.code
        return
    answered = pre_sign_up.handler(copy.deepcopy(sent), None)  # type: ignore[arg-type]
    assert assert_returns_the_event(sent, answered)["autoConfirmUser"] is True


def define(rounds: Any, not_found: Any, metadata: Any) -> Any:
    request = {"userAttributes": {}, "session": rounds, "clientMetadata": metadata}
    sent = event("DefineAuthChallenge_Authentication", USER, request)
    sent["request"] |= {} if not_found is None else {"userNotFound": not_found}
    answered = define_auth_challenge.handler(copy.deepcopy(sent), None)  # type: ignore[arg-type]
    return assert_returns_the_event(sent, answered)


def assert_decides_rightly(rounds: Any, not_found: Any, metadata: Any = None) -> None:
    response = define(rounds, not_found, metadata)
    results = [one["challengeResult"] for one in rounds or []]
    ours = all(one["challengeName"] == "CUSTOM_CHALLENGE" for one in rounds or [])
    is_due = ours and 0 < len(results) <= 3 and results[-1] is True and not not_found
    assert response["issueTokens"] is is_due
    assert response["failAuthentication"] is not (is_due or (ours and len(results) < 3))
    if not (response["issueTokens"] or response["failAuthentication"]):
        assert response["challengeName"] == "CUSTOM_CHALLENGE"


@EXAMPLES
@given(st.none() | ROUNDS, st.none() | st.booleans(), MAYBE_STRINGS)
def test_define_decides_rightly_for_any_rounds(rounds: Any, not_found: Any, metadata: Any) -> None:
    assert_decides_rightly(rounds, not_found, metadata)


@pytest.mark.parametrize("not_found", [None, False, True])
@pytest.mark.parametrize("count", range(4))
def test_define_issues_tokens_after_a_right_answer_of_a_known_user_only(
    count: int, not_found: bool | None
) -> None:
    kinds = [{"challengeName": name, "challengeResult": r} for name in NAMES for r in RESULTS]
    for rounds in product(kinds, repeat=count):
        assert_decides_rightly(list(rounds), not_found)


@EXAMPLES
@given(TEXT, st.none() | ROUNDS, st.booleans(), MAYBE_STRINGS, STRINGS)
def test_create_writes_one_sound_message_whoever_is_named(
    user_name: str, rounds: Any, not_found: bool, metadata: Any, attributes: dict[str, str]
) -> None:
    request = {"userAttributes": attributes, "challengeName": "CUSTOM_CHALLENGE"}
    more = {"session": rounds, "userNotFound": not_found, "clientMetadata": metadata}
    sent = event("CreateAuthChallenge_Authentication", user_name, {**request, **more})
    answered = CREATE(copy.deepcopy(sent), None)  # type: ignore[arg-type]
    response = assert_returns_the_event(sent, answered)
    public, private = (response[f"{k}ChallengeParameters"] for k in ("public", "private"))
    assert all(isinstance(value, str) for value in (*public.values(), *private.values()))
    message = parse_siwe_message(public["message"])
    assert create_siwe_message(message) == public["message"] == private["message"]
    assert (message.domain, message.nonce) == ("gallery.example", private["nonce"])
    assert (message.address.lower() == user_name) is (user_name == USER)


@EXAMPLES
@given(TEXT, PRIVATES, ANSWERS, st.none() | st.booleans(), MAYBE_STRINGS)
def test_verify_says_no_to_whatever_nobody_signed(
    user_name: str, private: Any, answer: Any, not_found: Any, metadata: Any
) -> None:
    request = {"userAttributes": {}, "privateChallengeParameters": private}
    more = {"challengeAnswer": answer, "userNotFound": not_found, "clientMetadata": metadata}
    sent = event("VerifyAuthChallengeResponse_Authentication", user_name, {**request, **more})
    answered = VERIFY(copy.deepcopy(sent), None)  # type: ignore[arg-type]
    assert assert_returns_the_event(sent, answered) == {"answerCorrect": False}


SOURCES = st.sampled_from(["Authentication", "RefreshTokens", "HostedAuth"]) | TEXT
MARKED = st.builds(lambda others, mark: {**others, PROVEN_AT: mark}, STRINGS, TEXT)


@EXAMPLES
@given(TEXT, SOURCES, MAYBE_STRINGS | MARKED, MAYBE_STRINGS, st.booleans())
def test_tokens_name_the_wallet_and_nothing_the_client_said_or_are_refused_by_a_code(
    user_name: str, source: str, attributes: Any, metadata: Any, failing: bool
) -> None:
    marked: list[str] = []

    def write(user_pool_id: str, user_name: str, when: str) -> None:
        marked.append(user_name)
        if failing:
            raise OSError(user_name)

    handler = pre_token_generation.build_handler(ENVIRONMENT, now=lambda: NOW, write_mark=write)
    groups: dict[str, Any] = {
        "groupsToOverride": [],
        "iamRolesToOverride": [],
        "preferredRole": None,
    }
    request = {"userAttributes": attributes, "groupConfiguration": groups}
    sent = event(f"TokenGeneration_{source}", user_name, {**request, "clientMetadata": metadata})
    if user_name != USER or source not in ("Authentication", "RefreshTokens"):
        with pytest.raises(TokenRefusedError) as refusal:
            handler(sent, None)  # type: ignore[arg-type]
        assert str(refusal.value) == refusal.value.code
        assert marked == []
        return
    answered = handler(copy.deepcopy(sent), None)  # type: ignore[arg-type]
    claims = assert_returns_the_event(sent, answered)["claimsOverrideDetails"]
    assert set(claims) == {"claimsToAddOrOverride"}
    assert list(claims["claimsToAddOrOverride"]) == ["wallet"]
    assert claims["claimsToAddOrOverride"]["wallet"].lower() == USER
    assert marked == ([] if (attributes or {}).get(PROVEN_AT) else [USER])


@pytest.mark.parametrize("answer", ["{" * 40_000, '{"message":' + "[" * 40_000, "0x" + "9" * 10**6])
def test_verify_says_no_to_an_answer_of_any_size(answer: str) -> None:
    request = {"privateChallengeParameters": PRIVATE, "challengeAnswer": answer}
    sent = event("VerifyAuthChallengeResponse_Authentication", USER, request)
    answered = VERIFY(sent, None)  # type: ignore[arg-type]
    assert answered["response"] == {"answerCorrect": False}
