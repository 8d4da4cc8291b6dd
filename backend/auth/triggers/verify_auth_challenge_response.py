"""VerifyAuthChallengeResponse: is the answer right? Whatever is malformed is a wrong answer."""

from __future__ import annotations

import os
import time
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from auth.challenge_answer import verify_challenge_answer
from auth.errors import ChallengeAnswerError
from auth.relying_party import relying_party_from_environment
from auth.sign_in_log import log_answer_refused
from ethereum.errors import EthereumError
from nodes.urls import rpc_urls_from_environment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from auth.challenge_answer import VerifyOnChain
    from auth.contract_wallets import Rpc
    from auth.events import VerifyAuthChallengeResponseEvent
    from auth.relying_party import RelyingParty
    from ethereum.address import Address

    Handler = Callable[[VerifyAuthChallengeResponseEvent, object], VerifyAuthChallengeResponseEvent]


class Verifier(NamedTuple):
    """What answers are checked against, read from the environment."""

    relying_party: RelyingParty
    contract_wallets: Mapping[int, VerifyOnChain]


def build_handler(environment: Mapping[str, str], *, now: Callable[[], float]) -> Handler:
    """The trigger over its edges; settings are read once, at the first event.

    The handler raises SettingError where a setting is missing or malformed.
    """
    verifier = cache(lambda: _read_verifier(environment))

    def handle(
        event: VerifyAuthChallengeResponseEvent, context: object
    ) -> VerifyAuthChallengeResponseEvent:
        event["response"] = {"answerCorrect": False}
        event["response"]["answerCorrect"] = _is_correct(event, verifier(), now())
        return event

    return handle


def _read_verifier(environment: Mapping[str, str]) -> Verifier:
    relying_party = relying_party_from_environment(environment)
    urls = rpc_urls_from_environment(environment)

    @cache
    def rpc() -> Rpc:  # http.client and ssl: an EOA's sign-in never comes here
        from auth.contract_wallets import rpc_from_environment

        return rpc_from_environment(urls, environment)

    def verify(chain_id: int, address: Address, message: bytes, signature: str) -> None:
        rpc().verify(chain_id, address, message, signature)

    return Verifier(relying_party, {chain_id: partial(verify, chain_id) for chain_id in urls})


def _is_correct(event: VerifyAuthChallengeResponseEvent, verifier: Verifier, now: float) -> bool:
    request = event["request"]
    try:
        verify_challenge_answer(
            request.get("challengeAnswer"),
            private_parameters=request.get("privateChallengeParameters"),
            user_name=event["userName"],
            user_not_found=bool(request.get("userNotFound")),
            relying_party=verifier.relying_party,
            contract_wallets=verifier.contract_wallets,
            now=now,
        )
    except (ChallengeAnswerError, EthereumError) as error:
        log_answer_refused(error.code)
        return False
    return True


handler = build_handler(os.environ, now=time.time)
