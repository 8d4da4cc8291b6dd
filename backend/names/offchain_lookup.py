"""CCIP Read: a contract that sends its caller to a gateway, and takes the gateway's answer back.

web3 follows such a lookup by `requests` to whatever host the contract names, after a check of its
own that another DNS answer passes by. So web3 is told not to, and this loop stands below it: every
gateway is reached through the strict fetcher only.

https://eips.ethereum.org/EIPS/eip-3668  https://docs.ens.domains/ensip/21 (batch gateway)

Why: ARCHITECTURE.md, names.
"""

import json
import re
from collections.abc import Callable
from typing import NamedTuple

from eth_abi.abi import decode, encode
from eth_abi.exceptions import DecodingError

from ethereum.address import Address
from fetch.content_type import Kind
from fetch.errors import FetchError, StatusError
from fetch.strict_fetcher import FetchRequest
from names.errors import GatewayUnavailableError, OffchainLookupError
from nodes.errors import ContractRevertError

MAX_LOOKUPS = 4
"""One after the other, before a call must have its answer; EIP-3668 leaves the number open."""

MAX_URLS = 4
MAX_BATCH = 4
MAX_GATEWAY_BYTES = 64 * 1024

OFFCHAIN_LOOKUP = bytes.fromhex("556f1830")
"""Selector of error OffchainLookup(address,string[],bytes,bytes4,bytes)."""

BATCH_QUERY = bytes.fromhex("a780bab6")
"""Selector of query((address,string[],bytes)[])."""

HTTP_ERROR = bytes.fromhex("01800152")
"""Selector of error HttpError(uint16,string), with which a batch gateway's failure comes back."""

BATCH_HERE = "x-batch-gateway:true"
"""The URL that asks the client to be the batch gateway itself."""

type ReadContract = Callable[[Address, bytes], bytes]
type FetchJson = Callable[[FetchRequest], bytes]
"""The body of a JSON answer; raises FetchError."""

_BYTES = re.compile(r"0x((?:[0-9a-fA-F]{2})*)")


class GatewayRequest(NamedTuple):
    sender: Address
    urls: tuple[str, ...]
    data: bytes


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
        answer = _ask(lookup.request, fetch_json)
        data = lookup.callback + encode(["bytes", "bytes"], [answer, lookup.extra_data])
    raise OffchainLookupError("too many lookups in a row")


def _decode_lookup(revert: ContractRevertError) -> OffchainLookup:
    selector, arguments = revert.data[:4], revert.data[4:]
    if selector == HTTP_ERROR:
        raise GatewayUnavailableError("a batch gateway reports a failure")
    if selector != OFFCHAIN_LOOKUP:
        raise revert
    types = ["address", "string[]", "bytes", "bytes4", "bytes"]
    try:
        sender, urls, data, callback, extra_data = decode(types, arguments)
    except (DecodingError, UnicodeDecodeError, OverflowError):
        raise OffchainLookupError("a lookup that cannot be decoded") from None
    request = GatewayRequest(Address(sender), tuple(urls), data)
    return OffchainLookup(request, callback, extra_data)


def _ask(request: GatewayRequest, fetch_json: FetchJson) -> bytes:
    if BATCH_HERE in request.urls:
        return _ask_batch(request.data, fetch_json)
    failure = GatewayUnavailableError("a lookup without a gateway")
    for template in request.urls[:MAX_URLS]:
        try:
            return _ask_gateway(template, request, fetch_json)
        except StatusError as error:
            if 400 <= error.http_status < 500:  # EIP-3668: the gateway knows, others are not asked
                raise GatewayUnavailableError(f"status {error.http_status}") from None
            failure = GatewayUnavailableError(f"status {error.http_status}")
        except (FetchError, GatewayUnavailableError) as error:
            failure = GatewayUnavailableError(f"{type(error).__name__}: {error.cause}")
    raise failure


def _ask_batch(call_data: bytes, fetch_json: FetchJson) -> bytes:
    """ENSIP-21, with one difference: a request that fails fails the call, and says why."""
    try:
        (requests,) = decode(["(address,string[],bytes)[]"], call_data[4:])
    except (DecodingError, UnicodeDecodeError, OverflowError):
        raise OffchainLookupError("a batch that cannot be decoded") from None
    if call_data[:4] != BATCH_QUERY or not 0 < len(requests) <= MAX_BATCH:
        raise OffchainLookupError("no batch, or a large one")
    found = [GatewayRequest(Address(sender), urls, data) for sender, urls, data in requests]
    if any(BATCH_HERE in request.urls for request in found):
        raise OffchainLookupError("a batch in a batch")
    answers = [_ask(request, fetch_json) for request in found]
    return encode(["bool[]", "bytes[]"], [[False] * len(answers), answers])


def _ask_gateway(template: str, request: GatewayRequest, fetch_json: FetchJson) -> bytes:
    data = "0x" + request.data.hex()
    url = template.replace("{sender}", request.sender).replace("{data}", data)
    is_get = "{data}" in template
    body = None if is_get else json.dumps({"data": data, "sender": request.sender}).encode()
    wanted = FetchRequest(url, frozenset({Kind.JSON}), MAX_GATEWAY_BYTES, body)
    return _read_data(fetch_json(wanted))


def _read_data(body: bytes) -> bytes:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        raise GatewayUnavailableError("not JSON") from None
    data = document.get("data") if isinstance(document, dict) else None
    found = _BYTES.fullmatch(data) if isinstance(data, str) else None
    if found is None:
        raise GatewayUnavailableError("no data in the answer")
    return bytes.fromhex(found[1])
