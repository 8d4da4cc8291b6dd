"""Whose NFTs are asked for: an address, or an ENS name that stands for one now."""

import re
from collections.abc import Callable
from urllib.parse import unquote

from nft.errors import UpstreamTimeoutError
from runtime.event import ProxyEvent, path_parameter
from runtime.parameters import path_address

LISTING_SECONDS = 4.0
"""Kept from the name for the list: a provider that gets no time would count as one that fails."""

type ResolveName = Callable[[str, float], str]
"""(name, seconds it may take) -> the canonical address; raises a RouteError."""

_BEGINS_AS_ADDRESS = re.compile(r"0x[0-9a-fA-F]{40}")


def path_owner(event: ProxyEvent, resolve: ResolveName, seconds_left: Callable[[], float]) -> str:
    """The canonical address of `owner`; only a name is asked of `resolve`.

    What begins as an address and goes on passes for that address at a glance: it is no name here.

    Raises:
        InvalidAddressError: neither an address nor a name.
        UpstreamTimeoutError: the name left no time for the list.
        Whatever `resolve` raises.
    """
    text = unquote(path_parameter(event, "owner"))  # no name holds a per cent sign
    if "." not in text or _BEGINS_AS_ADDRESS.match(text):
        return path_address(event, "owner")
    address = resolve(text, seconds_left() - LISTING_SECONDS)
    if seconds_left() < LISTING_SECONDS:
        raise UpstreamTimeoutError("the name took the time of the list")
    return address
