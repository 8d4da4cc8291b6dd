"""VerifyAuthChallengeResponse: is the answer right? Whatever is malformed is a wrong answer."""

from __future__ import annotations

import logging
import os
import time
from functools import cache
from typing import TYPE_CHECKING

from auth.challenge_answer import verify_challenge_answer
from auth.errors import ChallengeAnswerError
from auth.relying_party import relying_party_from_environment
from ethereum.errors import EthereumError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from auth.events import VerifyAuthChallengeResponseEvent
    from auth.relying_party import RelyingParty

    Handler = Callable[[VerifyAuthChallengeResponseEvent, object], VerifyAuthChallengeResponseEvent]

_logger = logging.getLogger(__name__)


def build_handler(environment: Mapping[str, str], *, now: Callable[[], float]) -> Handler:
    """The trigger over its edges; settings are read once, at the first event.

    The handler raises SettingError where a setting is missing or malformed.
    """
    relying_party = cache(lambda: relying_party_from_environment(environment))

    def handle(
        event: VerifyAuthChallengeResponseEvent, context: object
    ) -> VerifyAuthChallengeResponseEvent:
        event["response"] = {"answerCorrect": False}
        event["response"]["answerCorrect"] = _is_correct(event, relying_party(), now())
        return event

    return handle


def _is_correct(
    event: VerifyAuthChallengeResponseEvent, relying_party: RelyingParty, now: float
) -> bool:
    request = event["request"]
    try:
        verify_challenge_answer(
            request.get("challengeAnswer"),
            private_parameters=request.get("privateChallengeParameters"),
            user_name=event["userName"],
            user_not_found=bool(request.get("userNotFound")),
            relying_party=relying_party,
            now=now,
        )
    except (ChallengeAnswerError, EthereumError) as error:
        _logger.warning("challenge answer refused", extra={"code": error.code})
        return False
    return True


handler = build_handler(os.environ, now=time.time)
