"""Everything that can go wrong while a name or an address is looked up in ENS.

NamesError                       internal_error        500
├── InvalidNameError             invalid_name          400   ENSIP-15 does not allow it
├── InvalidAddressError          invalid_address       400
├── NameNotFoundError            not_found             404   no record, or one that proves nothing
├── NoNodeError                  no_node               404   RpcUrls names none of Ethereum
├── NodeUnavailableError         upstream_unavailable  502   the chain could not be read
├── OffchainLookupError          name_unavailable      502   EIP-3668: broken, foreign or endless
│   └── GatewayUnavailableError                              no gateway of the name's answers
└── LookupTimeoutError           upstream_timeout      504
"""

from runtime.errors import RouteError


class NamesError(RouteError):
    pass


class InvalidNameError(NamesError):
    code, status, message = "invalid_name", 400, "This is not an ENS name."


class InvalidAddressError(NamesError):
    code, status, message = "invalid_address", 400, "This is not an Ethereum address."


class NameNotFoundError(NamesError):
    code, status, message = "not_found", 404, "ENS knows nothing here."


class NoNodeError(NamesError):
    code, status, message = "no_node", 404, "This gallery has no Ethereum node to look names up."


class NodeUnavailableError(NamesError):
    code, status, message = "upstream_unavailable", 502, "The chain could not be read."


class OffchainLookupError(NamesError):
    code, status, message = "name_unavailable", 502, "This name is kept elsewhere, out of reach."


class GatewayUnavailableError(OffchainLookupError):
    pass


class LookupTimeoutError(NamesError):
    code, status, message = "upstream_timeout", 504, "The lookup took too long."
