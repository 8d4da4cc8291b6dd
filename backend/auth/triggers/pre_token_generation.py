"""PreTokenGeneration (V1): put `wallet` and, where it is known, `chain_id` into the ID token."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from auth.errors import TokenRefusedError
from auth.relying_party import relying_party_from_environment
from auth.sign_in_log import log_sign_in, log_tokens_refused
from auth.token_claims import AUTHENTICATION, claims_to_add

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
        try:
            claims = claims_to_add(
                trigger_source=event["triggerSource"],
                user_name=event["userName"],
                chain_ids=relying_party().chain_ids,
            )
        except TokenRefusedError as refusal:
            log_tokens_refused(refusal.code)
            raise
        if event["triggerSource"] == AUTHENTICATION:
            log_sign_in()
        event["response"] = {"claimsOverrideDetails": {"claimsToAddOrOverride": claims}}
        return event

    return handle


handler = build_handler(os.environ)
