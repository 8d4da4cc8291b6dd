"""VerifyAuthChallengeResponse: is the answer right? Whatever is malformed is a wrong answer."""

from __future__ import annotations

import os
import time
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from auth.challenge_answer import verify_challenge_answer
from auth.errors import ChallengeAnswerError, MarksNotShownError
from auth.relying_party import relying_party_from_environment
from auth.sign_in_log import log_answer_refused, log_sign_in
from auth.user_attributes import CONTRACT_AT
from ethereum.errors import CodedError, EthereumError
from nodes.urls import rpc_urls_from_environment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from auth.challenge_answer import VerifyOnChain
    from auth.cognito_users import Account, Users
    from auth.contract_way import ContractWay
    from auth.events import VerifyAuthChallengeResponseEvent
    from auth.relying_party import RelyingParty
    from ethereum.address import Address
    from nodes.urls import RpcUrls

    Handler = Callable[[VerifyAuthChallengeResponseEvent, object], VerifyAuthChallengeResponseEvent]


class Verifier(NamedTuple):
    """What answers are checked against; `contract_way` is made when it is first gone."""

    relying_party: RelyingParty
    urls: RpcUrls
    contract_way: Callable[[], ContractWay]


def build_handler(
    environment: Mapping[str, str],
    *,
    now: Callable[[], float],
    users: Users | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Handler:
    """The trigger over its edges; settings are read once, at the first event.

    `users` are Cognito's where they are left out. The handler raises SettingError where a setting
    is missing or malformed.
    """

    @cache
    def verifier() -> Verifier:
        urls = rpc_urls_from_environment(environment)

        @cache
        def contract_way() -> ContractWay:  # http.client and ssl: few sign-ins come here
            from auth.cognito_users import CognitoUsers
            from auth.contract_wallets import rpc_from_environment
            from auth.contract_way import ContractWay

            rpc = rpc_from_environment(urls, environment)
            its_users = users or CognitoUsers()
            return ContractWay(rpc, its_users, now=now, clock=time.monotonic, sleep=sleep)

        return Verifier(relying_party_from_environment(environment), urls, contract_way)

    def handle(
        event: VerifyAuthChallengeResponseEvent, context: object
    ) -> VerifyAuthChallengeResponseEvent:
        event["response"] = {"answerCorrect": False}
        event["response"]["answerCorrect"] = _is_correct(event, verifier(), now())
        return event

    return handle


def _is_correct(event: VerifyAuthChallengeResponseEvent, verifier: Verifier, now: float) -> bool:
    request = event["request"]
    try:
        sign_in = verify_challenge_answer(
            request.get("challengeAnswer"),
            private_parameters=request.get("privateChallengeParameters"),
            user_name=event["userName"],
            user_not_found=bool(request.get("userNotFound")),
            relying_party=verifier.relying_party,
            contract_wallets=_contract_wallets(event, verifier),
            now=now,
        )
        if not sign_in.is_by_contract:
            _end_the_contract_way(event, verifier)
    except (ChallengeAnswerError, EthereumError) as error:
        # of a contract way that failed, Python keeps why the key's signature did not do
        before = error.__context__
        log_answer_refused(
            error.code, cause=before.code if isinstance(before, CodedError) else None
        )
        return False
    log_sign_in("contract" if sign_in.is_by_contract else "key", sign_in.chain_id)
    return True


def _end_the_contract_way(event: VerifyAuthChallengeResponseEvent, verifier: Verifier) -> None:
    """Where a contract opened the account; for any other a key does nothing."""
    attributes = event["request"].get("userAttributes")
    if not isinstance(attributes, dict):
        raise MarksNotShownError
    if attributes.get(CONTRACT_AT):
        verifier.contract_way().close(_account_of(event), attributes)


def _contract_wallets(
    event: VerifyAuthChallengeResponseEvent, verifier: Verifier
) -> Mapping[int, VerifyOnChain]:
    attributes = event["request"].get("userAttributes")

    def verify(chain_id: int, address: Address, message: bytes, signature: str) -> None:
        from auth.contract_way import Signed

        signed = Signed(chain_id, address, message, signature)
        verifier.contract_way().verify(_account_of(event), attributes, signed)

    return {chain_id: partial(verify, chain_id) for chain_id in verifier.urls}


def _account_of(event: VerifyAuthChallengeResponseEvent) -> Account:
    from auth.cognito_users import Account

    return Account(event["userPoolId"], event["userName"])


handler = build_handler(os.environ, now=time.time)
