"""Asks a chain's nodes whether a contract wallet signed, one after the other, in bounded time.

Imported when the first contract wallet signs in: it loads http.client and ssl, which an EOA's
sign-in does without.

Why: ARCHITECTURE.md, auth.
"""

import logging
import time
from collections.abc import Callable, Mapping
from functools import partial
from itertools import chain

from auth.errors import RpcUnavailableError
from ethereum.address import Address
from ethereum.contract_wallet import (
    check_verdict,
    decode_contract_signature,
    is_verdict,
    question_of,
)
from ethereum.signature import hash_personal_message
from nodes.endpoint import Connect, ReadKey, RpcEndpoint, open_connection
from nodes.errors import ContractRevertError, NodeAnswerError, NodeFailureError
from nodes.eth_call import Send, eth_call
from nodes.failover import ask_in_turn
from nodes.key import AlchemyKey, get_secret_from_secrets_manager
from nodes.urls import RpcUrls
from runtime.deadline import Deadline

BUDGET_SECONDS = 3.0
"""For all endpoints together: Cognito gives the trigger 5 s, its cold start included."""

MAX_ENDPOINTS = 2
"""Tried per answer; a third would have too little of the budget."""

_logger = logging.getLogger(__name__)


class Rpc:
    """The endpoints of all chains; connections and the key live as long as the process."""

    def __init__(
        self,
        urls: RpcUrls,
        *,
        read_key: ReadKey,
        monotonic: Callable[[], float],
        connect: Connect = open_connection,
        budget_seconds: float = BUDGET_SECONDS,
    ) -> None:
        self._monotonic = monotonic
        self._budget_seconds = budget_seconds
        self._endpoints = {
            chain_id: [
                RpcEndpoint(url, read_key=read_key, connect=connect)
                for url in listed[:MAX_ENDPOINTS]
            ]
            for chain_id, listed in urls.items()
        }

    def verify(self, chain_id: int, address: Address, message: bytes, signature: str) -> None:
        """Return if the wallet at `address` on `chain_id` accepts `signature` over `message`.

        An endpoint that fails, talks nonsense or serves another chain is logged, and the next
        one asked, with an equal share of the time that is left.

        Raises:
            SignatureError: malformed, or not accepted.
            RpcUnavailableError: nobody could say.
        """
        raw, message_hash = decode_contract_signature(signature), hash_personal_message(message)
        try:
            ask_in_turn(
                [endpoint.send for endpoint in self._endpoints[chain_id]],
                partial(verify_on_node, address, message_hash, raw, chain_id=chain_id),
                Deadline.after(self._budget_seconds, self._monotonic),
                on_failure=partial(_log_failure, chain_id),
            )
        except NodeFailureError:
            raise RpcUnavailableError from None

    def close(self) -> None:
        """Close the connections that are kept; the next wallet opens new ones."""
        for endpoint in chain.from_iterable(self._endpoints.values()):
            endpoint.close()


def rpc_from_environment(urls: RpcUrls, environment: Mapping[str, str]) -> Rpc:
    """The endpoints over sockets, and the key over PROVIDER_KEYS_SECRET_ARN."""
    key = AlchemyKey(
        environment.get("PROVIDER_KEYS_SECRET_ARN", ""),
        get_secret=get_secret_from_secrets_manager,
        monotonic=time.monotonic,
    )
    return Rpc(urls, read_key=key.read, monotonic=time.monotonic)


def verify_on_node(
    address: Address, message_hash: bytes, signature: bytes, send: Send, *, chain_id: int
) -> None:
    """Return if the node says that the wallet at `address` accepts `signature` over the hash.

    Raises:
        SignatureError: the child that says why not.
        NodeAnswerError: the node says nothing that can be relied on, or is on another chain.
        Whatever `send` raises.
    """
    call, overrides = question_of(address, message_hash, signature)
    try:
        returned = eth_call(call, chain_id=chain_id, send=send, overrides=overrides)
    except ContractRevertError:  # the validator never reverts: it was not run to its end
        raise NodeAnswerError("an error instead of a result") from None
    if not is_verdict(returned):
        raise NodeAnswerError
    check_verdict(returned)


def _log_failure(chain_id: int, index: int, failure: NodeFailureError) -> None:
    fields = {"code": failure.code, "reason": str(failure), "chain": chain_id, "endpoint": index}
    _logger.warning("rpc endpoint failed", extra=fields)
