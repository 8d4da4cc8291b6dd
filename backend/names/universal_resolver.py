"""web3's ENS over our own calls. Importing this loads web3, which takes most of a cold start.

web3 encodes names (ENSIP-15 normalisation, DNS form), asks the Universal Resolver, which walks the
registry and wildcards (ENSIP-10), and decodes its answers. It opens no connection here.

https://docs.ens.domains/resolvers/universal
"""

from collections.abc import Callable
from typing import Any

from ens import ENS  # type: ignore[import-untyped]
from ens.exceptions import ENSValidationError, InvalidName  # type: ignore[import-untyped]
from ens.utils import normalize_name  # type: ignore[import-untyped]
from eth_abi.exceptions import DecodingError
from eth_typing import ChecksumAddress
from web3.providers.base import BaseProvider
from web3.types import RPCEndpoint, RPCResponse

from ethereum.address import Address, to_checksum_address
from names.errors import InvalidNameError, NameNotFoundError
from nodes.errors import ContractRevertError

MAX_NAME_LENGTH = 255
_EXECUTION_REVERTED = 3

type Call = Callable[[Address, bytes], bytes]
"""(contract, call data) -> what it returns, lookups followed; raises ContractRevertError."""


class CallProvider(BaseProvider):
    """Answers `eth_call` by a function. Off-chain lookups are that function's, never web3's."""

    global_ccip_read_enabled = False

    def __init__(self, call: Call) -> None:
        super().__init__()
        self._call = call

    def make_request(self, method: RPCEndpoint, params: Any) -> RPCResponse:
        if method != "eth_call":
            raise NotImplementedError(method)
        to, data = Address(params[0]["to"].lower()), bytes.fromhex(params[0]["data"][2:])
        try:
            result = self._call(to, data)
        except ContractRevertError as revert:
            returned = "0x" + revert.data.hex()
            error = {"message": "execution reverted", "data": returned}
            return {"jsonrpc": "2.0", "id": 1, "error": {"code": _EXECUTION_REVERTED, **error}}  # type: ignore[typeddict-item]
        return {"jsonrpc": "2.0", "id": 1, "result": "0x" + result.hex()}


def normalized(name: str) -> str:
    """The one form of a name (ENSIP-15).

    Raises:
        InvalidNameError: there is none.
    """
    if not 0 < len(name) <= MAX_NAME_LENGTH:
        raise InvalidNameError("empty or too long")
    try:
        one_form = str(normalize_name(name))
    except (InvalidName, ENSValidationError, UnicodeError) as error:
        raise InvalidNameError(type(error).__name__) from None
    if not one_form:
        raise InvalidNameError("nothing is left of it")
    return one_form


def address_of(name: str, *, call: Call) -> str:
    """The EIP-55 address that the normalised `name` has as its record.

    Raises:
        NameNotFoundError: no resolver, no record, or one that is no address.
        Whatever `call` raises.
    """
    try:
        address = _ens(call).address(name)
    except (DecodingError, ENSValidationError, InvalidName):
        raise NameNotFoundError("no address in the record") from None
    if address is None:
        raise NameNotFoundError("no address")
    return str(address)


def name_of(address: Address, *, call: Call) -> str:
    """The primary name of `address`: what its reverse record says, where that name says the same.

    A name that is not in its one form could pass for another, so it counts as none.

    Raises:
        NameNotFoundError: no reverse record, or one that the name does not confirm.
        Whatever `call` raises.
    """
    try:
        name = _ens(call).name(ChecksumAddress(to_checksum_address(address)))  # type: ignore[arg-type]
        if name is None:
            raise NameNotFoundError("no primary name")
        if normalized(name) != name:
            raise NameNotFoundError("the primary name is not normalised")
    except (DecodingError, ENSValidationError, InvalidName, InvalidNameError, UnicodeError):
        raise NameNotFoundError("no name in the record") from None
    return str(name)


def _ens(call: Call) -> Any:
    """Without middleware: it asks for chain id and latest block, two requests more, every time."""
    ens = ENS(CallProvider(call))
    ens.w3.middleware_onion.clear()
    return ens
