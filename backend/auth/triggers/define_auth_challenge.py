"""DefineAuthChallenge: ask, issue tokens, or fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auth.challenge_session import decide_next_step

if TYPE_CHECKING:
    from auth.events import DefineAuthChallengeEvent


def handler(event: DefineAuthChallengeEvent, context: object) -> DefineAuthChallengeEvent:
    request = event["request"]
    event["response"] = decide_next_step(
        request.get("session") or [],
        user_not_found=bool(request.get("userNotFound")),
    )
    return event
