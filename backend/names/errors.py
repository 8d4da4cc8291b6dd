"""Everything that can go wrong while a name or an address is looked up in ENS.

NamesError                       internal_error        500
├── InvalidNameError             invalid_name          400   ENSIP-15 does not allow it
├── NameNotFoundError            not_found             404   no record, or one that proves nothing
├── NoNodeError                  no_node               404   RpcUrls names none of Ethereum
├── OffchainLookupError          name_unavailable      502   EIP-3668: broken, foreign or endless
│   └── GatewayUnavailableError                              no gateway of the name's answers
└── LookupTimeoutError           upstream_timeout      504
"""

from runtime.errors import RouteError


class NamesError(RouteError):
    pass


class InvalidNameError(NamesError):
    code, status, message = "invalid_name", 400, "This is not an ENS name."


class NameNotFoundError(NamesError):
    code, status, message = "not_found", 404, "ENS knows nothing here."


class NoNodeError(NamesError):
    code, status, message = "no_node", 404, "This gallery has no Ethereum node to look names up."


class OffchainLookupError(NamesError):
    code, status, message = "name_unavailable", 502, "This name is kept elsewhere, out of reach."


class GatewayUnavailableError(OffchainLookupError):
    pass


class LookupTimeoutError(NamesError):
    code, status, message = "upstream_timeout", 504, "The lookup took too long."
