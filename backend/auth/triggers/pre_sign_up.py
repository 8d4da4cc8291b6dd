"""PreSignUp: confirm a wallet's user record, refuse every other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auth.errors import SignUpRefusedError
from auth.sign_in_log import log_sign_up, log_sign_up_refused
from auth.sign_up import check_sign_up

if TYPE_CHECKING:
    from auth.events import PreSignUpEvent


def handler(event: PreSignUpEvent, context: object) -> PreSignUpEvent:
    """Raises SignUpRefusedError, whose code Cognito shows to the client."""
    try:
        check_sign_up(
            trigger_source=event["triggerSource"],
            user_name=event["userName"],
            user_attributes=event["request"].get("userAttributes"),
        )
    except SignUpRefusedError as refusal:
        log_sign_up_refused(refusal.code)
        raise
    log_sign_up()
    event["response"] = {
        "autoConfirmUser": True,
        "autoVerifyEmail": False,
        "autoVerifyPhone": False,
    }
    return event
