"""Whose NFTs are asked for: the caller's wallet, or the owner that a path names.

The Cognito authorizer puts the token's claims at requestContext.authorizer.claims:
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
"""

from collections.abc import Callable
from urllib.parse import unquote

from ethereum.address import begins_as_address, is_canonical_address
from nft.errors import OwnerMalformedError, OwnerMissingError, UpstreamTimeoutError
from runtime.deadline import Deadline
from runtime.event import ProxyEvent, in_context, path_address, path_parameter

LISTING_SECONDS = 4.0
"""Left for the list: a provider that gets no time would count as one that fails."""

type ResolveName = Callable[[str, Deadline], str]
"""(name, deadline) -> the canonical address; raises a RouteError."""

_CLAIM = "cognito:username"


def caller_wallet(event: ProxyEvent) -> str:
    """The canonical address in the caller's verified ID token, and nothing else.

    Raises OwnerMissingError without the claim, OwnerMalformedError when it is no address.
    """
    value = in_context(event, "authorizer", "claims", _CLAIM)
    if value is None:
        raise OwnerMissingError("no wallet claim in the request context")
    if not isinstance(value, str) or not is_canonical_address(value):
        raise OwnerMalformedError("the wallet claim is not a canonical address")
    return value


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
