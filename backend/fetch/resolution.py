"""From a host name to the addresses that may be connected to: all public, or none.

A name is resolved once a hop and its addresses are what gets connected to, so that a second
answer, a private one, is never asked for (DNS rebinding).
"""

import socket
from collections.abc import Callable, Sequence
from ipaddress import ip_address

from fetch.errors import ForbiddenTargetError, UnreachableError
from fetch.public_address import IpAddress, unmapped

type Resolve = Callable[[str], Sequence[str]]
"""ASCII host name -> IP addresses as text, best first; raises OSError where there are none."""

type IsAllowed = Callable[[IpAddress], bool]

MAX_ADDRESSES = 16
"""More answers than this are nobody's web site."""


def resolve_with_system(host: str) -> list[str]:
    """What getaddrinfo says, in its order of preference, without repetitions."""
    records = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in records))


def allowed_addresses(host: str, *, resolve: Resolve, is_allowed: IsAllowed) -> list[IpAddress]:
    """The addresses of `host`, IPv4-mapped ones as IPv4.

    Raises:
        UnreachableError: there is no such name.
        ForbiddenTargetError: a single one of the answers is not allowed, or no address.
    """
    try:
        answers = resolve(host)
    except (OSError, UnicodeError) as error:
        raise UnreachableError(f"name resolution: {type(error).__name__}") from None
    if not answers:
        raise UnreachableError("name resolution: no answer")
    if len(answers) > MAX_ADDRESSES:
        raise ForbiddenTargetError("too many addresses")
    addresses = [_read(answer) for answer in answers]
    if not all(is_allowed(address) for address in addresses):
        raise ForbiddenTargetError("an address that is not public")
    return addresses


def _read(answer: str) -> IpAddress:
    try:
        return unmapped(ip_address(answer))
    except ValueError:
        raise ForbiddenTargetError("an answer that is no address") from None
