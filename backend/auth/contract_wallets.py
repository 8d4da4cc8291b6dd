"""Asks a chain's nodes whether a contract wallet signed, one after the other, in bounded time.

Nodes at one host stand in for each other; nodes at two hosts check each other.

Imported when the first contract wallet signs in: it loads http.client and ssl, which an EOA's
sign-in does without.

Why: ARCHITECTURE.md, auth.
"""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import chain

from auth.errors import RpcUnavailableError
from ethereum.address import Address
from ethereum.contract_wallet import (
    check_verdict,
    decode_contract_signature,
    is_verdict,
    wallet_call,
)
from ethereum.signature import hash_personal_message
from nodes.endpoint import ReadKey, RpcEndpoint
from nodes.errors import ContractRevertError, NodeAnswerError, NodeFailureError
from nodes.eth_call import Send, eth_call
from nodes.failover import ask_in_turn
from nodes.key import AlchemyKey
from nodes.urls import RpcUrl, RpcUrls
from runtime.deadline import Deadline
from runtime.https import Connect, open_connection
from runtime.secrets_manager import SecretsManager

BUDGET_SECONDS = 3.0
"""For all endpoints together: Cognito gives the trigger 5 s, its cold start included."""

MAX_ENDPOINTS = 2
"""Tried at each host; a third would have too little of the budget."""

MAX_HOSTS = 3
"""Two that must agree, and one that stands in."""

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
        self._hosts = {
            chain_id: [
                {index: RpcEndpoint(url, read_key=read_key, connect=connect) for index, url in host}
                for host in _by_host(listed)
            ]
            for chain_id, listed in urls.items()
        }

    def hosts(self, chain_id: int) -> int:
        """How many different hosts can be asked about a wallet on the chain."""
        return len(self._hosts[chain_id])

    def verify(
        self, chain_id: int, address: Address, message: bytes, signature: str, *, agreeing: int
    ) -> None:
        """Return if the wallet at `address` on `chain_id` accepts `signature` over `message`.

        Nodes at `agreeing` different hosts must say so; the first that says no is believed. An
        endpoint that fails, talks nonsense or serves another chain is logged, and the next one
        asked. Each has an equal share of the time that is left.

        Raises:
            SignatureError: malformed, or not accepted.
            RpcUnavailableError: too few could say.
        """
        raw, message_hash = decode_contract_signature(signature), hash_personal_message(message)
        ask = partial(verify_on_node, address, message_hash, raw, chain_id=chain_id)
        deadline = Deadline.after(self._budget_seconds, self._monotonic)
        hosts = self._hosts[chain_id]
        for index, host in enumerate(hosts):
            if not 0 < agreeing <= len(hosts) - index:
                break
            try:
                ask_in_turn(
                    [endpoint.send for endpoint in host.values()],
                    ask,
                    deadline.share(len(hosts) - index),
                    on_failure=partial(_log_failure, chain_id, tuple(host)),
                )
            except NodeFailureError:
                continue
            agreeing -= 1
        if agreeing:
            raise RpcUnavailableError

    def close(self) -> None:
        """Close the connections that are kept; the next wallet opens new ones."""
        for host in chain.from_iterable(self._hosts.values()):
            for endpoint in host.values():
                endpoint.close()


def rpc_from_environment(urls: RpcUrls, environment: Mapping[str, str]) -> Rpc:
    """The endpoints over sockets, and the key over PROVIDER_KEYS_SECRET_ARN."""
    key = AlchemyKey(
        environment.get("PROVIDER_KEYS_SECRET_ARN", ""),
        get_secret=SecretsManager(environment, read_seconds=1.0, tries=1),
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
    call, overrides = wallet_call(address, message_hash, signature)
    try:
        returned = eth_call(call, chain_id=chain_id, send=send, overrides=overrides)
    except ContractRevertError:  # the validator never reverts: it was not run to its end
        raise NodeAnswerError("an error instead of a result") from None
    if not is_verdict(returned):
        raise NodeAnswerError
    check_verdict(returned)


def _by_host(urls: Sequence[RpcUrl]) -> list[list[tuple[int, RpcUrl]]]:
    """The URLs to ask, with their places in the settings, by host."""
    hosts: dict[str, list[tuple[int, RpcUrl]]] = {}
    for place, url in enumerate(urls):
        hosts.setdefault(url.host, []).append((place, url))
    return [host[:MAX_ENDPOINTS] for host in hosts.values()][:MAX_HOSTS]


def _log_failure(
    chain_id: int, places: Sequence[int], index: int, failure: NodeFailureError
) -> None:
    fields = {
        "code": failure.code,
        "reason": str(failure),
        "chain": chain_id,
        "endpoint": places[index],
    }
    _logger.warning("rpc endpoint failed", extra=fields)
