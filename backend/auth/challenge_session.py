"""What follows after the rounds of a sign-in so far (Cognito calls them the session)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auth.events import ChallengeResult, DefineAuthChallengeResponse

CHALLENGE_NAME = "CUSTOM_CHALLENGE"
MAX_ATTEMPTS = 3

_FAIL: DefineAuthChallengeResponse = {"issueTokens": False, "failAuthentication": True}


def decide_next_step(
    session: Sequence[ChallengeResult], *, user_not_found: bool
) -> DefineAuthChallengeResponse:
    """Ask, issue tokens, or fail.

    Tokens follow a right answer to our own challenge only. A user that does not exist is asked
    as often as one that does, and never gets tokens.
    """
    if len(session) > MAX_ATTEMPTS or any(map(_is_foreign, session)):
        return _FAIL.copy()
    if session and session[-1].get("challengeResult") is True and not user_not_found:
        return {"issueTokens": True, "failAuthentication": False}
    if len(session) == MAX_ATTEMPTS:
        return _FAIL.copy()
    return {"challengeName": CHALLENGE_NAME, "issueTokens": False, "failAuthentication": False}


def _is_foreign(round_so_far: ChallengeResult) -> bool:
    return round_so_far.get("challengeName") != CHALLENGE_NAME
