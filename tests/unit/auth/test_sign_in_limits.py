"""Where a sign-in ends: the last moment, the last attempt, the longest text, and beyond."""

import json
from typing import Any

import pytest

from auth.challenge_answer import MAX_ANSWER_LENGTH
from auth.challenge_session import decide_next_step
from auth.contract_wallets import BUDGET_SECONDS, MAX_ENDPOINTS
from auth.errors import ExpiredChallengeError, MalformedAnswerError, SignUpSourceError
from auth.relying_party import relying_party_from_environment
from auth.sign_up import check_sign_up
from ethereum.errors import MalformedSignatureError
from runtime.settings import SettingError

from .test_challenge_answer import NOW, TEXT, USER, composed, sign, verify


@pytest.mark.parametrize("late", [300, 300.5, 301, 330, 359, 3600, 10**9])
@pytest.mark.parametrize("answer", [sign(TEXT), composed(expiration_time=None)])
def test_no_answer_is_right_once_the_challenge_has_expired(answer: str, late: float) -> None:
    assert verify(answer, now=NOW + 299.9).address == USER
    with pytest.raises(ExpiredChallengeError):
        verify(answer, now=NOW + late)


def test_an_answer_has_41024_characters_at_most() -> None:
    assert MAX_ANSWER_LENGTH == 41_024
    with pytest.raises(MalformedSignatureError):  # it was read, and is no signature
        verify("0x".ljust(41_024, "0"))
    for length in (41_025, 41_026, 100_000):
        with pytest.raises(MalformedAnswerError):
            verify("0x".ljust(length, "0"))


@pytest.mark.parametrize("result", [1, 1.0, "true", [True], {"answer": True}])
def test_nothing_but_true_is_a_right_answer(result: object) -> None:
    session: Any = [{"challengeName": "CUSTOM_CHALLENGE", "challengeResult": result}]
    assert decide_next_step(session, user_not_found=False)["issueTokens"] is False


@pytest.mark.parametrize("name", ["CUSTOM_CHALLENGE", "CUSTOM_CHALLENG", "custom", "Z", ""])
def test_only_our_own_challenge_is_gone_on_with(name: str) -> None:
    wrong = {"challengeName": name, "challengeResult": False}
    session: Any = json.loads(json.dumps([wrong]))  # texts of its own, as Lambda makes them
    decided = decide_next_step(session, user_not_found=False)
    assert decided["failAuthentication"] is (name != "CUSTOM_CHALLENGE")


@pytest.mark.parametrize("rounds", range(3, 9))
def test_a_session_that_went_on_too_long_ends_without_tokens(rounds: int) -> None:
    wrong: Any = {"challengeName": "CUSTOM_CHALLENGE", "challengeResult": False}
    right: Any = {**wrong, "challengeResult": True}
    for last in (right, wrong):
        decided = decide_next_step([*[wrong] * rounds, last], user_not_found=False)
        assert decided == {"issueTokens": False, "failAuthentication": True}


@pytest.mark.parametrize("source", ["", "A", "PreSignUp", "PreSignUp_AdminCreateUser", "z"])
def test_no_other_source_makes_a_user(source: str) -> None:
    with pytest.raises(SignUpSourceError):
        check_sign_up(trigger_source=source, user_name=USER, user_attributes=None)


def test_two_nodes_share_three_of_cognitos_five_seconds() -> None:
    assert (MAX_ENDPOINTS, BUDGET_SECONDS) == (2, 3.0)


def test_a_statement_has_512_characters_at_most(environment: dict[str, str]) -> None:
    longest = {**environment, "STATEMENT": "a" * 512}
    assert relying_party_from_environment(longest).statement == "a" * 512
    for length in (513, 514, 2000):
        with pytest.raises(SettingError, match="STATEMENT"):
            relying_party_from_environment({**environment, "STATEMENT": "a" * length})


def test_the_names_of_an_answer_are_those_two_in_any_order() -> None:
    signature = sign(TEXT)
    for pair in (
        {"message": TEXT, "signature": signature},
        {"signature": signature, "message": TEXT},
    ):
        assert verify(json.dumps(pair)).address == USER
    for message_name, signature_name in (
        *(("message", "signatures"), ("message", "zz"), ("a", "signature"), ("n", "signature")),
    ):
        with pytest.raises(MalformedAnswerError):
            verify(json.dumps({message_name: TEXT, signature_name: signature}))
