"""Asks a chain's nodes whether a contract wallet signed, one after the other, in bounded time.

Imported when the first contract wallet signs in: it loads http.client and ssl, which an EOA's
sign-in does without.
"""

import logging
import time
from collections.abc import Callable, Mapping
from itertools import chain

from auth.errors import RpcUnavailableError
from ethereum.address import Address
from ethereum.contract_wallet import decode_contract_signature, verify_contract_signature
from ethereum.errors import NodeAnswerError
from ethereum.signature import hash_personal_message
from nodes.endpoint import Connect, ReadKey, RpcEndpoint, open_connection
from nodes.errors import RpcEndpointError
from nodes.key import AlchemyKey, get_secret_from_secrets_manager
from nodes.urls import RpcUrls

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
                RpcEndpoint(url, read_key=read_key, monotonic=monotonic, connect=connect)
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
        deadline = self._monotonic() + self._budget_seconds
        endpoints = self._endpoints[chain_id]
        for index, endpoint in enumerate(endpoints):
            share = (deadline - self._monotonic()) / (len(endpoints) - index)
            send = _sending(endpoint, share)
            try:
                verify_contract_signature(address, message_hash, raw, chain_id=chain_id, send=send)
            except (RpcEndpointError, NodeAnswerError) as error:
                _log_failure(error, chain_id, index)
            else:
                return
        raise RpcUnavailableError

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


def _sending(endpoint: RpcEndpoint, seconds: float) -> Callable[[list[dict[str, object]]], object]:
    return lambda batch: endpoint.send(batch, seconds)


def _log_failure(error: RpcEndpointError | NodeAnswerError, chain_id: int, index: int) -> None:
    failure = {"code": error.code, "reason": str(error), "chain": chain_id, "endpoint": index}
    _logger.warning("rpc endpoint failed", extra=failure)
