"""Gateways of an off-chain lookup: asked one after the other, through the strict fetcher only.

https://eips.ethereum.org/EIPS/eip-3668  https://docs.ens.domains/ensip/21 (batch gateway)
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
from fetch.request import FetchRequest
from names.errors import GatewayUnavailableError, OffchainLookupError

MAX_URLS = 4
MAX_BATCH = 4
MAX_GATEWAY_BYTES = 64 * 1024

BATCH_QUERY = bytes.fromhex("a780bab6")
"""Selector of query((address,string[],bytes)[])."""

BATCH_HERE = "x-batch-gateway:true"
"""The URL that asks the client to be the batch gateway itself."""

type FetchJson = Callable[[FetchRequest], bytes]
"""The body of a JSON response; raises FetchError."""

_JSON = frozenset({Kind.JSON})
_BYTES = re.compile(r"0x((?:[0-9a-fA-F]{2})*)")


class GatewayRequest(NamedTuple):
    sender: Address
    urls: tuple[str, ...]
    data: bytes


def ask_gateways(request: GatewayRequest, fetch_json: FetchJson) -> bytes:
    """What the first gateway that can answer says.

    Raises:
        GatewayUnavailableError: none can, or one refuses.
        OffchainLookupError: a batch that is none.
        Whatever else `fetch_json` raises.
    """
    if BATCH_HERE in request.urls:
        return _ask_batch(request.data, fetch_json)
    failure = GatewayUnavailableError("a lookup without a gateway")
    for template in request.urls[:MAX_URLS]:
        try:
            return _ask_gateway(template, request, fetch_json)
        except StatusError as error:
            failure = GatewayUnavailableError(f"status {error.http_status}")
            if 400 <= error.http_status < 500:  # EIP-3668: the gateway knows, others are not asked
                break
        except (FetchError, GatewayUnavailableError) as error:
            failure = GatewayUnavailableError(f"{type(error).__name__}: {error.cause}")
    raise failure


def _ask_batch(call_data: bytes, fetch_json: FetchJson) -> bytes:
    """ENSIP-21, with one difference: a request that fails fails the call, and says why."""
    try:
        (decoded,) = decode(["(address,string[],bytes)[]"], call_data[4:])
    except (DecodingError, UnicodeDecodeError, OverflowError):
        raise OffchainLookupError("a batch that cannot be decoded") from None
    if call_data[:4] != BATCH_QUERY or not 0 < len(decoded) <= MAX_BATCH:
        raise OffchainLookupError("no batch, or a large one")
    requests = [GatewayRequest(Address(sender), urls, data) for sender, urls, data in decoded]
    if any(BATCH_HERE in request.urls for request in requests):
        raise OffchainLookupError("a batch in a batch")
    responses = [ask_gateways(request, fetch_json) for request in requests]
    return encode(["bool[]", "bytes[]"], [[False] * len(responses), responses])


def _ask_gateway(template: str, request: GatewayRequest, fetch_json: FetchJson) -> bytes:
    data = "0x" + request.data.hex()
    url = template.replace("{sender}", request.sender).replace("{data}", data)
    is_get = "{data}" in template
    body = None if is_get else json.dumps({"data": data, "sender": request.sender}).encode()
    return _read_data(fetch_json(FetchRequest(url, _JSON, MAX_GATEWAY_BYTES, body)))


def _read_data(body: bytes) -> bytes:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        raise GatewayUnavailableError("not JSON") from None
    data = document.get("data") if isinstance(document, dict) else None
    hex_data = _BYTES.fullmatch(data) if isinstance(data, str) else None
    if hex_data is None:
        raise GatewayUnavailableError("no data in the response")
    return bytes.fromhex(hex_data[1])
