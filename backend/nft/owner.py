"""Whose NFTs are asked for, where a path names the owner: an address, or an ENS name."""

from collections.abc import Callable
from urllib.parse import unquote

from ethereum.address import begins_as_address
from nft.errors import UpstreamTimeoutError
from runtime.deadline import Deadline
from runtime.event import ProxyEvent, path_address, path_parameter

LISTING_SECONDS = 4.0
"""Left for the list: a provider that gets no time would count as one that fails."""

type ResolveName = Callable[[str, Deadline], str]
"""(name, deadline) -> the canonical address; raises a RouteError."""


def path_owner(event: ProxyEvent, resolve: ResolveName, deadline: Deadline) -> str:
    """The canonical address of the path's `owner`; only an ENS name is asked of `resolve`.

    What begins as an address and goes on passes for that address at a glance: it is no name here.

    Raises:
        InvalidAddressError: neither an address nor a name.
        UpstreamTimeoutError: the name left no time for the list.
        Whatever `resolve` raises.
    """
    text = unquote(path_parameter(event, "owner"))  # no name holds a per cent sign
    if "." not in text or begins_as_address(text):
        return path_address(event, "owner")
    address = resolve(text, deadline.less(LISTING_SECONDS))
    if deadline.left() < LISTING_SECONDS:
        raise UpstreamTimeoutError("the name took the time of the list")
    return address
