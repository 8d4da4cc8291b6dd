"""PreTokenGeneration (V1): put `wallet` and, where it is known, `chain_id` into the ID token."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from auth.relying_party import relying_party_from_environment
from auth.token_claims import claims_to_add

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from auth.events import PreTokenGenerationEvent

    Handler = Callable[[PreTokenGenerationEvent, object], PreTokenGenerationEvent]


def build_handler(environment: Mapping[str, str]) -> Handler:
    """The trigger over its settings, which are read once, at the first event.

    The handler raises SettingError where a setting is missing or malformed, and
    TokenRefusedError, whose code Cognito shows to the client, where no token is due.
    """
    relying_party = cache(lambda: relying_party_from_environment(environment))

    def handle(event: PreTokenGenerationEvent, context: object) -> PreTokenGenerationEvent:
        claims = claims_to_add(
            trigger_source=event["triggerSource"],
            user_name=event["userName"],
            chain_ids=relying_party().chain_ids,
        )
        event["response"] = {"claimsOverrideDetails": {"claimsToAddOrOverride": claims}}
        return event

    return handle


handler = build_handler(os.environ)
