"""The challenge that all candidates are measured with is one our own triggers take."""

from typing import Any

from auth.triggers import create_auth_challenge, pre_sign_up, pre_token_generation
from auth.triggers import verify_auth_challenge_response as verify
from benchmarks.challenge import MESSAGE_BYTES, right_answers, sign_challenge, trigger_events

CHALLENGE = sign_challenge(1_750_000_000)
EVENTS: dict[str, Any] = {**trigger_events(CHALLENGE)}
ANSWERS = right_answers(CHALLENGE)


def test_the_message_is_as_long_as_announced() -> None:
    assert len(CHALLENGE.message.encode()) == MESSAGE_BYTES


def test_the_verify_trigger_accepts_it() -> None:
    handler = verify.build_handler(CHALLENGE.settings, now=lambda: 1_750_000_010)
    answered = handler(EVENTS["VerifyAuthChallengeResponse"], None)["response"]
    assert answered == ANSWERS["VerifyAuthChallengeResponse"]


def test_the_other_triggers_answer_as_expected() -> None:
    handler = create_auth_challenge.build_handler(
        CHALLENGE.settings, now=lambda: 1_750_000_000, random_bytes=bytes
    )
    created = handler(EVENTS["CreateAuthChallenge"], None)["response"]
    assert ANSWERS["CreateAuthChallenge"].items() <= created.items()
    signed_up = pre_sign_up.handler(EVENTS["PreSignUp"], None)["response"]
    assert ANSWERS["PreSignUp"].items() <= signed_up.items()
    asked: list[tuple[str, str, str]] = []
    tokens = pre_token_generation.build_handler(
        CHALLENGE.settings, now=lambda: 1_750_000_010, write_mark=lambda *call: asked.append(call)
    )
    assert tokens(EVENTS["PreTokenGeneration"], None)["response"] == ANSWERS["PreTokenGeneration"]
    assert asked == []
