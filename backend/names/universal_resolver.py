"""ENS both ways by its Universal Resolver, which walks the registry and wildcards (ENSIP-10).

web3 encodes the questions, makes the calls and decodes the answers; it opens no connection here.
Importing this loads web3, which takes most of a cold start, and makes the one object of it.

https://docs.ens.domains/resolvers/universal

Why: ARCHITECTURE.md, names.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from eth_abi.exceptions import DecodingError
from web3 import Web3
from web3.contract import Contract
from web3.exceptions import Web3Exception
from web3.providers.base import BaseProvider
from web3.types import RPCEndpoint, RPCResponse

from ethereum.abi import AbiTuple
from ethereum.address import Address
from names.ens_name import MAX_NAME_LENGTH, dns_encoded, namehash, normalized
from names.errors import InvalidNameError, NameNotFoundError
from nodes.errors import ContractRevertError, NodeUnavailableError
from runtime.errors import InvalidAddressError

UNIVERSAL_RESOLVER = Address("0xeeeeeeee14d718c2b47d9923deab1335e144eeee")
"""The same on every chain that has ENS; a proxy, so that it stays."""

type Call = Callable[[Address, bytes], bytes]
"""(contract, call data) -> what it returns, lookups followed; raises ContractRevertError."""

_UNREADABLE = (DecodingError, Web3Exception, ValueError, OverflowError)
"""What reading an answer may raise; ValueError is of AbiError and of text that is no UTF-8."""


def _function(name: str, takes: list[str], returns: list[str]) -> dict[str, object]:
    return {
        "type": "function",
        "name": name,
        "stateMutability": "view",
        "inputs": [{"name": "", "type": kind} for kind in takes],
        "outputs": [{"name": "", "type": kind} for kind in returns],
    }


_ABI = [
    _function("resolve", ["bytes", "bytes"], ["bytes", "address"]),
    # asked through `resolve`
    _function("addr", ["bytes32"], ["address"]),
    _function("name", ["bytes32"], ["string"]),
]


_call_now: ContextVar[Call] = ContextVar("call")


class CallProvider(BaseProvider):
    """Answers `eth_call` by the function of the look-up under way; so do off-chain lookups.

    web3 gets what `resolve` returns, once it is measured. A revert passes it by, undecoded.
    """

    global_ccip_read_enabled = False

    def make_request(self, method: RPCEndpoint, params: Any) -> RPCResponse:
        """Raises AbiError, ContractRevertError, and whatever else the function raises."""
        if method != "eth_call":
            raise NotImplementedError(method)
        to, data = Address(params[0]["to"].lower()), bytes.fromhex(params[0]["data"][2:])
        returned = _call_now.get()(to, data)
        AbiTuple(returned).bytes_at(0, at_most=len(returned))
        return {"jsonrpc": "2.0", "id": 1, "result": "0x" + returned.hex()}


def address_of(name: str, *, call: Call) -> Address:
    """The address that the normalised `name` has as its record.

    Raises:
        NameNotFoundError: no resolver, no record, or one that is no address.
        NodeUnavailableError: the chain does not answer as the Universal Resolver does.
        Whatever else `call` raises.
    """
    with _asking(call):
        return _address_of(name)


def name_of(address: Address, *, call: Call) -> str:
    """The primary name of `address`: what its reverse record says, where that name says the same.

    A name that is not in its one form could pass for another, and one that begins as an address
    for that address. So they count as none.

    Raises as `address_of` does.
    """
    with _asking(call):
        return _name_of(address)


def _name_of(address: Address) -> str:
    record = _record(f"{address[2:]}.addr.reverse", "name")
    try:
        AbiTuple(record).bytes_at(0, at_most=4 * MAX_NAME_LENGTH)
        (name,) = _RESOLVER.w3.codec.decode(["string"], record)
        is_normalized = normalized(name) == name
    except (*_UNREADABLE, InvalidNameError, InvalidAddressError):
        raise NameNotFoundError("no name in the record") from None
    if not is_normalized:
        raise NameNotFoundError("the primary name is not normalised")
    if _address_of(name) != address:
        raise NameNotFoundError("the primary name is of another address")
    return str(name)


@contextmanager
def _asking(call: Call) -> Iterator[None]:
    """All that is asked within goes to `call`, and nothing that another thread asks meanwhile."""
    token = _call_now.set(call)
    try:
        yield
    finally:
        _call_now.reset(token)


def _universal_resolver() -> Contract:
    """Without middleware: it asks for chain id and latest block, two requests more, every time.

    Without web3's ENS: nothing here has it resolve or normalise a name, and making one takes time.
    """
    web3 = Web3(CallProvider())
    web3.middleware_onion.clear()
    web3.ens = None
    return web3.eth.contract(Web3.to_checksum_address(UNIVERSAL_RESOLVER), abi=_ABI)


_RESOLVER = _universal_resolver()


def _address_of(name: str) -> Address:
    record = _record(name, "addr")
    try:
        AbiTuple(record).address_at(0)
        (address,) = _RESOLVER.w3.codec.decode(["address"], record)
    except _UNREADABLE:
        raise NameNotFoundError("no address in the record") from None
    if not int(address, 16):
        raise NameNotFoundError("no address")
    return Address(address)


def _record(name: str, question: str) -> bytes:
    """What the resolver of the normalised `name` answers to `question`, `addr` or `name`."""
    asked = _RESOLVER.encode_abi(question, [namehash(name)])
    try:
        record, _ = _RESOLVER.functions.resolve(dns_encoded(name), asked).call()
    except ContractRevertError:
        raise NameNotFoundError("no resolver, or one that refuses") from None
    except _UNREADABLE:
        raise NodeUnavailableError("no answer of the Universal Resolver") from None
    return bytes(record)
