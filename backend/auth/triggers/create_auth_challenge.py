"""CreateAuthChallenge: a fresh message to sign, for every user name alike."""

from __future__ import annotations

import os
import time
from functools import cache
from typing import TYPE_CHECKING

from auth.challenge import CHALLENGE_METADATA, create_challenge
from auth.relying_party import relying_party_from_environment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from auth.events import CreateAuthChallengeEvent

    Handler = Callable[[CreateAuthChallengeEvent, object], CreateAuthChallengeEvent]


def build_handler(
    environment: Mapping[str, str],
    *,
    now: Callable[[], float],
    random_bytes: Callable[[int], bytes],
) -> Handler:
    """The trigger over its edges; settings are read once, at the first event.

    The handler raises SettingError where a setting is missing or malformed.
    """
    relying_party = cache(lambda: relying_party_from_environment(environment))

    def handle(event: CreateAuthChallengeEvent, context: object) -> CreateAuthChallengeEvent:
        challenge = create_challenge(
            event["userName"],
            relying_party=relying_party(),
            now=now(),
            random_bytes=random_bytes,
            is_first=not event["request"].get("session"),
        )
        event["response"] = {
            "publicChallengeParameters": challenge.public_parameters,
            "privateChallengeParameters": challenge.private_parameters,
            "challengeMetadata": CHALLENGE_METADATA,
        }
        return event

    return handle


handler = build_handler(os.environ, now=time.time, random_bytes=os.urandom)
