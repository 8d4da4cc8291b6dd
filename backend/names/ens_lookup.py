"""ENS both ways, in bounded time: chain reads and gateways share one deadline."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from ethereum.address import Address, to_checksum_address
from fetch.request import Fetch, FetchRequest
from names.ens_name import normalized
from names.errors import LookupTimeoutError, NoNodeError, OffchainLookupError
from nodes.errors import NodeFailureError, NodeUnavailableError
from nodes.failover import Nodes
from runtime.deadline import Deadline
from runtime.event import read_address
from runtime.loading import load

GATEWAY_SECONDS = 3.0
"""For one gateway, so that a second one has its turn."""

MAX_FETCHES = 6
"""In one look-up. Who owns a name chooses what is fetched, and anybody may ask for the name."""


type Admit = Callable[[Deadline], None]
"""Raises a RouteError."""


@dataclass(frozen=True)
class NamedAddress:
    """`name` is normalised (ENSIP-15), `address` in its EIP-55 form."""

    name: str
    address: str


class EnsLookup:
    """`nodes` are Ethereum's; without them every look-up of something well-formed says so.

    `admit` is called once a look-up, before a node is asked, and raises where it must not be.
    web3 loads where a look-up needs it, once a node is there too; a function that only looks names
    up calls `load_ens` while it starts.
    """

    def __init__(self, nodes: Nodes | None, fetch: Fetch, *, admit: Admit = lambda _: None) -> None:
        self._nodes = nodes
        self._fetch = fetch
        self._admit = admit

    def by_name(self, name: str, deadline: Deadline) -> NamedAddress:
        """Raises RouteError."""
        one_form, call = normalized(name), self._call_until(deadline)
        load_ens()
        from names.universal_resolver import address_of

        address = address_of(one_form, call=call)
        return NamedAddress(one_form, to_checksum_address(address))

    def by_address(self, text: str, deadline: Deadline) -> NamedAddress:
        """Raises RouteError."""
        address, call = read_address(text), self._call_until(deadline)
        load_ens()
        from names.universal_resolver import name_of

        return NamedAddress(name_of(address, call=call), to_checksum_address(address))

    def _call_until(self, deadline: Deadline) -> Callable[[Address, bytes], bytes]:
        """What one look-up calls contracts by."""
        from names.offchain_lookup import call_with_lookups

        nodes, fetch_json = self._ethereum(), LimitedFetch(self._fetch, deadline)
        self._admit(deadline)

        def read(to: Address, data: bytes) -> bytes:
            try:
                return nodes.read(to, data, _unless_over(deadline))
            except NodeFailureError as error:
                raise NodeUnavailableError(str(error)) from None

        return lambda to, data: call_with_lookups(to, data, read=read, fetch_json=fetch_json)

    def _ethereum(self) -> Nodes:
        if self._nodes is None:
            raise NoNodeError("RPC_URLS names no node of chain 1")
        return self._nodes


def load_ens() -> None:
    """Web3, and the object that looks up: most of a cold start, once a process."""
    load("names.universal_resolver")


class LimitedFetch:
    """Asks the gateways of one look-up: MAX_FETCHES requests in all, redirects among them."""

    def __init__(self, fetch: Fetch, deadline: Deadline) -> None:
        self._fetch = fetch
        self._deadline = deadline
        self._left = MAX_FETCHES

    def __call__(self, request: FetchRequest) -> bytes:
        """Raises OffchainLookupError, LookupTimeoutError, FetchError."""
        deadline = _unless_over(self._deadline).at_most(GATEWAY_SECONDS)
        self._count()
        return self._fetch(replace(request, on_redirect=self._count), deadline).body

    def _count(self) -> None:
        if not self._left:
            raise OffchainLookupError("too many fetches")
        self._left -= 1


def _unless_over(deadline: Deadline) -> Deadline:
    """Raises LookupTimeoutError."""
    if deadline.left() <= 0:
        raise LookupTimeoutError("no time left")
    return deadline
