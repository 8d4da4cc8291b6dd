"""CCIP Read: a contract that sends its caller to a gateway, and takes the gateway's answer back.

web3 follows such a lookup by `requests` to whatever host the contract names, after a check of its
own that another DNS answer passes by. So web3 is told not to, and this loop stands below it: every
gateway is reached through the strict fetcher only.

https://eips.ethereum.org/EIPS/eip-3668  https://docs.ens.domains/ensip/21 (batch gateway)

Why: ARCHITECTURE.md, names.
"""

from collections.abc import Callable
from typing import NamedTuple

from ethereum.abi import AbiTuple, encode_bytes
from ethereum.address import Address
from ethereum.errors import AbiError
from names.errors import GatewayUnavailableError, OffchainLookupError
from names.gateway import FetchJson, GatewayRequest, ask_gateways, read_request
from nodes.errors import ContractRevertError

MAX_LOOKUPS = 4
"""One after the other, before a call must have its answer; EIP-3668 leaves the number open."""

MAX_LOOKUP_BYTES = 64 * 1024

OFFCHAIN_LOOKUP = bytes.fromhex("556f1830")
"""Selector of error OffchainLookup(address,string[],bytes,bytes4,bytes)."""

HTTP_ERROR = bytes.fromhex("01800152")
"""Selector of error HttpError(uint16,string), with which a batch gateway's failure comes back."""

type ReadContract = Callable[[Address, bytes], bytes]


class OffchainLookup(NamedTuple):
    request: GatewayRequest
    callback: bytes
    extra_data: bytes


def call_with_lookups(
    to: Address, data: bytes, *, read: ReadContract, fetch_json: FetchJson
) -> bytes:
    """What the contract returns in the end.

    Raises:
        ContractRevertError: it reverts with anything but a lookup.
        OffchainLookupError: a lookup for another contract, too many of them, or no gateway.
        LookupTimeoutError: a gateway took too long.
        Whatever else `read` raises.
    """
    for _ in range(1 + MAX_LOOKUPS):
        try:
            return read(to, data)
        except ContractRevertError as revert:
            lookup = _decode_lookup(revert)
        if lookup.request.sender != to:
            raise OffchainLookupError("a lookup raised in a nested call")
        answer = ask_gateways(lookup.request, fetch_json)
        data = lookup.callback + encode_bytes(answer, lookup.extra_data)
    raise OffchainLookupError("too many lookups in a row")


def _decode_lookup(revert: ContractRevertError) -> OffchainLookup:
    selector, arguments = revert.data[:4], AbiTuple(revert.data, 4)
    if selector == HTTP_ERROR:
        raise GatewayUnavailableError("a batch gateway reports a failure")
    if selector != OFFCHAIN_LOOKUP:
        raise revert
    if len(revert.data) > MAX_LOOKUP_BYTES:
        raise OffchainLookupError("a large lookup")
    try:
        callback, extra_data = (
            arguments.word_at(3)[:4],
            arguments.bytes_at(4, at_most=MAX_LOOKUP_BYTES),
        )
    except AbiError:
        raise OffchainLookupError("a lookup that cannot be decoded") from None
    return OffchainLookup(read_request(arguments), callback, extra_data)
