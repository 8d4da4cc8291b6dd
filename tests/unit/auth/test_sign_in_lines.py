"""What a trigger leaves behind: a log line, or a refusal where it failed."""

import logging

import pytest

from auth.token_claims import claims_to_add
from auth.triggers import pre_sign_up, verify_auth_challenge_response
from runtime.settings import SettingError

from .conftest import LoadEvent

USER = "0x19e7e376e7c213b7e7e7e46cc70a5dd086daff2a"


def events(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.__dict__.get("event", "") for record in caplog.records]


def test_a_sign_up_leaves_one_line(load_event: LoadEvent, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    pre_sign_up.handler(load_event("PreSignUp"), None)
    assert events(caplog) == ["sign_up"]


def test_a_verifier_that_fails_has_said_no(load_event: LoadEvent) -> None:
    handler = verify_auth_challenge_response.build_handler({}, now=lambda: 1767225600.0)
    event = load_event("VerifyAuthChallengeResponse")
    with pytest.raises(SettingError):
        handler(event, None)
    assert event["response"] == {"answerCorrect": False}


def test_a_token_names_no_chain_where_none_is_allowed() -> None:
    claims = claims_to_add(
        trigger_source="TokenGeneration_RefreshTokens", user_name=USER, chain_ids=()
    )
    assert set(claims) == {"wallet"}
