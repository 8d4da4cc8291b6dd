"""ENS both ways, in bounded time: chain reads and gateways share one deadline."""

from collections.abc import Callable
from dataclasses import dataclass

from ethereum.address import Address, to_checksum_address
from fetch.request import Fetch, FetchRequest
from names.errors import LookupTimeoutError, NoNodeError
from nodes.errors import NodeFailureError, NodeUnavailableError
from nodes.failover import Nodes
from runtime.deadline import Deadline
from runtime.event import read_address

GATEWAY_SECONDS = 3.0
"""For one gateway, so that a second one has its turn."""


@dataclass(frozen=True)
class NamedAddress:
    """`name` is normalised (ENSIP-15), `address` in its EIP-55 form."""

    name: str
    address: str


class EnsLookup:
    """`nodes` are Ethereum's; without them every look-up says so, before it loads web3."""

    def __init__(self, nodes: Nodes | None, fetch: Fetch) -> None:
        self._nodes = nodes
        self._fetch = fetch

    def by_name(self, name: str, deadline: Deadline) -> NamedAddress:
        """Raises RouteError."""
        nodes = self._ethereum()
        from names import web3_ens

        normalized = web3_ens.normalized(name)
        address = web3_ens.address_of(normalized, call=self._call_until(deadline, nodes))
        return NamedAddress(normalized, address)

    def by_address(self, text: str, deadline: Deadline) -> NamedAddress:
        """Raises RouteError."""
        address, nodes = read_address(text), self._ethereum()
        from names import web3_ens

        name = web3_ens.name_of(address, call=self._call_until(deadline, nodes))
        return NamedAddress(name, to_checksum_address(address))

    def _ethereum(self) -> Nodes:
        if self._nodes is None:
            raise NoNodeError("RPC_URLS names no node of chain 1")
        return self._nodes

    def _call_until(self, deadline: Deadline, nodes: Nodes) -> Callable[[Address, bytes], bytes]:
        from names.offchain_lookup import call_with_lookups

        def read(to: Address, data: bytes) -> bytes:
            try:
                return nodes.read(to, data, _unless_over(deadline))
            except NodeFailureError as error:
                raise NodeUnavailableError(str(error)) from None

        def fetch_json(request: FetchRequest) -> bytes:
            return self._fetch(request, _unless_over(deadline).at_most(GATEWAY_SECONDS)).body

        return lambda to, data: call_with_lookups(to, data, read=read, fetch_json=fetch_json)


def _unless_over(deadline: Deadline) -> Deadline:
    """Raises LookupTimeoutError."""
    if deadline.left() <= 0:
        raise LookupTimeoutError("no time left")
    return deadline
