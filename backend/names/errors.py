"""What can go wrong while a name or an address is looked up in ENS.

RequestError
└── InvalidNameError             invalid_name          400   ENSIP-15 does not allow it
RouteError
├── NameNotFoundError            not_found             404   no record, or one that proves nothing
├── NoNodeError                  no_node               404   RpcUrls names none of Ethereum
├── OffchainLookupError          name_unavailable      502   EIP-3668: broken, foreign or endless
│   └── GatewayUnavailableError                              no gateway of the name's answers
└── LookupTimeoutError           upstream_timeout      504

An address that is none and a chain that cannot be read have the errors of `runtime` and `nodes`.
"""

from runtime.errors import NotFoundError, RequestError, RouteError, TimedOutError


class InvalidNameError(RequestError):
    """The text is not an ENS name (ENSIP-15)."""

    code, message = "invalid_name", "This is not an ENS name."


class NameNotFoundError(NotFoundError):
    """ENS has no record, or one that proves nothing."""

    message = "ENS knows nothing here."


class NoNodeError(RouteError):
    """`RpcUrls` names no node of Ethereum."""

    code, status, message = "no_node", 404, "This gallery has no Ethereum node to look names up."


class OffchainLookupError(RouteError):
    """The name is stored off chain, and no gateway of it answers correctly."""

    code, status, message = "name_unavailable", 502, "This name is kept elsewhere, out of reach."


class GatewayUnavailableError(OffchainLookupError):
    pass


class LookupTimeoutError(TimedOutError):
    pass
