"""ENS both ways, in bounded time: chain reads and gateways share one deadline."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from ethereum.address import Address, parse_address, to_checksum_address
from ethereum.errors import AddressError, NodeAnswerError
from fetch.strict_fetcher import Fetch, FetchRequest
from names.errors import LookupTimeoutError, NoNodeError
from nodes.errors import NodeUnavailableError
from nodes.failover import Nodes
from runtime.errors import InvalidAddressError

GATEWAY_SECONDS = 3.0
"""For one gateway, so that a second one has its turn."""


@dataclass(frozen=True)
class NamedAddress:
    """`name` is normalised (ENSIP-15), `address` in its EIP-55 form."""

    name: str
    address: str


class EnsLookup:
    """`nodes` are Ethereum's; without them every look-up says so, before it loads web3."""

    def __init__(
        self, nodes: Nodes | None, fetch: Fetch, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._nodes = nodes
        self._fetch = fetch
        self._monotonic = monotonic

    def by_name(self, name: str, seconds: float) -> NamedAddress:
        """Raises NamesError."""
        nodes = self._ethereum()
        from names import web3_ens

        normalized = web3_ens.normalized(name)
        address = web3_ens.address_of(normalized, call=self._call_until(seconds, nodes))
        return NamedAddress(normalized, address)

    def by_address(self, text: str, seconds: float) -> NamedAddress:
        """Raises NamesError."""
        address, nodes = _parse(text), self._ethereum()
        from names import web3_ens

        name = web3_ens.name_of(address, call=self._call_until(seconds, nodes))
        return NamedAddress(name, to_checksum_address(address))

    def _ethereum(self) -> Nodes:
        if self._nodes is None:
            raise NoNodeError("RPC_URLS names no node of chain 1")
        return self._nodes

    def _call_until(self, seconds: float, nodes: Nodes) -> Callable[[Address, bytes], bytes]:
        from names.offchain_lookup import call_with_lookups

        deadline = self._monotonic() + seconds

        def read(to: Address, data: bytes) -> bytes:
            try:
                return nodes.read(to, data, self._remaining(deadline))
            except NodeAnswerError as error:
                raise NodeUnavailableError(str(error)) from None

        def fetch_json(request: FetchRequest) -> bytes:
            share = min(GATEWAY_SECONDS, self._remaining(deadline))
            return self._fetch(request, share).body

        return lambda to, data: call_with_lookups(to, data, read=read, fetch_json=fetch_json)

    def _remaining(self, deadline: float) -> float:
        remaining = deadline - self._monotonic()
        if remaining <= 0:
            raise LookupTimeoutError("no time left")
        return remaining


def _parse(text: str) -> Address:
    try:
        return parse_address(text)
    except AddressError:
        raise InvalidAddressError("not an address") from None
