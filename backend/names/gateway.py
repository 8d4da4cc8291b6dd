"""Gateways of an off-chain lookup: asked one after the other, through the strict fetcher only.

https://eips.ethereum.org/EIPS/eip-3668  https://docs.ens.domains/ensip/21 (batch gateway)
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from ethereum.abi import AbiTuple, encode_bytes
from ethereum.address import Address
from ethereum.errors import AbiError
from ethereum.https_url import MAX_URL_LENGTH
from fetch.content_type import Kind
from fetch.errors import FetchError, StatusError
from fetch.request import FetchRequest
from names.errors import GatewayUnavailableError, OffchainLookupError

MAX_URLS = 4
"""Asked one after the other; of more, the first ones."""

MAX_LISTED_URLS = 16
MAX_BATCH = 4
MAX_DATA_BYTES = 32 * 1024
"""Of one request."""

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


def read_request(arguments: AbiTuple) -> GatewayRequest:
    """The first three of `arguments`: (address sender, string[] urls, bytes data).

    Raises OffchainLookupError.
    """
    try:
        count, urls = arguments.array_at(1, at_most=MAX_LISTED_URLS)
        return GatewayRequest(
            arguments.address_at(0),
            tuple(urls.bytes_at(n, at_most=MAX_URL_LENGTH).decode() for n in range(count)),
            arguments.bytes_at(2, at_most=MAX_DATA_BYTES),
        )
    except (AbiError, UnicodeDecodeError):
        raise OffchainLookupError("a request that cannot be decoded, or a large one") from None


def _ask_batch(call_data: bytes, fetch_json: FetchJson) -> bytes:
    """ENSIP-21, with one difference: a request that fails fails the call, and says why."""
    requests = _read_batch(call_data)
    if any(BATCH_HERE in request.urls for request in requests):
        raise OffchainLookupError("a batch in a batch")
    return _encode_batch([ask_gateways(request, fetch_json) for request in requests])


def _read_batch(call_data: bytes) -> list[GatewayRequest]:
    try:
        count, requests = AbiTuple(call_data, len(BATCH_QUERY)).array_at(0, at_most=MAX_BATCH)
        tuples = [requests.tuple_at(number) for number in range(count)]
    except AbiError:
        raise OffchainLookupError("a batch that cannot be decoded, or a large one") from None
    if call_data[: len(BATCH_QUERY)] != BATCH_QUERY or not tuples:
        raise OffchainLookupError("no batch")
    return [read_request(arguments) for arguments in tuples]


def _encode_batch(responses: list[bytes]) -> bytes:
    """abi.encode(bool[] failures, bytes[] responses), without a failure."""
    count = len(responses).to_bytes(32)
    failures = count + bytes(32 * len(responses))
    heads = (64).to_bytes(32) + (64 + len(failures)).to_bytes(32)
    return heads + failures + count + encode_bytes(*responses)


def _ask_gateway(template: str, request: GatewayRequest, fetch_json: FetchJson) -> bytes:
    data = "0x" + request.data.hex()
    url = _filled(template, {"{sender}": request.sender, "{data}": data})
    is_get = "{data}" in template
    body = None if is_get else json.dumps({"data": data, "sender": request.sender}).encode()
    return _read_data(fetch_json(FetchRequest(url, _JSON, MAX_GATEWAY_BYTES, body)))


def _filled(template: str, values: Mapping[str, str]) -> str:
    """A template may name a value many times, so its size is known before it is filled."""
    size = len(template) + sum(template.count(name) * len(text) for name, text in values.items())
    if size > MAX_URL_LENGTH:
        raise GatewayUnavailableError("a long URL")
    for name, text in values.items():
        template = template.replace(name, text)
    return template


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
