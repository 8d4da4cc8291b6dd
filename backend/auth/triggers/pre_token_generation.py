"""PreTokenGeneration (V1): put `wallet` and, where it is known, `chain_id` into the ID token.

Whose tokens are made has proved to hold the address, so its user is marked as proven here too.
"""

from __future__ import annotations

import os
import time
from functools import cache
from typing import TYPE_CHECKING

from auth.errors import TokenRefusedError
from auth.proof_mark import mark_as_proven, write_mark_in_cognito
from auth.relying_party import relying_party_from_environment
from auth.sign_in_log import log_tokens_refused
from auth.token_claims import claims_to_add

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from auth.events import PreTokenGenerationEvent
    from auth.proof_mark import WriteMark

    Handler = Callable[[PreTokenGenerationEvent, object], PreTokenGenerationEvent]


def build_handler(
    environment: Mapping[str, str], *, now: Callable[[], float], write_mark: WriteMark
) -> Handler:
    """The trigger over its edges; settings are read once, at the first event.

    The handler raises SettingError where a setting is missing or malformed, and
    TokenRefusedError, whose code Cognito shows to the client, where no token is due.
    """
    relying_party = cache(lambda: relying_party_from_environment(environment))

    def handle(event: PreTokenGenerationEvent, context: object) -> PreTokenGenerationEvent:
        try:
            claims = claims_to_add(
                trigger_source=event["triggerSource"],
                user_name=event["userName"],
                chain_ids=relying_party().chain_ids,
            )
        except TokenRefusedError as refusal:
            log_tokens_refused(refusal.code)
            raise
        mark_as_proven(event, now=now(), write=write_mark)
        event["response"] = {"claimsOverrideDetails": {"claimsToAddOrOverride": claims}}
        return event

    return handle


handler = build_handler(os.environ, now=time.time, write_mark=write_mark_in_cognito)
