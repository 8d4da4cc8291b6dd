"""What only types need is loaded by no trigger: its cold start is the user's wait."""

import pytest

from .test_imports import modules_after_importing


@pytest.mark.parametrize(
    "trigger",
    [
        "pre_sign_up",
        "define_auth_challenge",
        "create_auth_challenge",
        "verify_auth_challenge_response",
        "pre_token_generation",
    ],
)
def test_a_trigger_loads_no_shapes_of_events(trigger: str) -> None:
    assert "auth.events" not in modules_after_importing(f"auth.triggers.{trigger}")
