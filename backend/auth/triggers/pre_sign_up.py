"""PreSignUp: confirm a wallet's user record, refuse every other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auth.sign_up import check_sign_up

if TYPE_CHECKING:
    from auth.events import PreSignUpEvent


def handler(event: PreSignUpEvent, context: object) -> PreSignUpEvent:
    """Raises SignUpRefusedError, whose code Cognito shows to the client."""
    check_sign_up(
        trigger_source=event["triggerSource"],
        user_name=event["userName"],
        user_attributes=event["request"].get("userAttributes"),
    )
    event["response"] = {
        "autoConfirmUser": True,
        "autoVerifyEmail": False,
        "autoVerifyPhone": False,
    }
    return event
