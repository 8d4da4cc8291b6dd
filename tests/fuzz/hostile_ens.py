"""A node and gateways that send whatever they like, and what a look-up of a name may then cost."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

from eth_abi.abi import encode
from eth_utils.address import is_checksum_address
from hypothesis import strategies as st

from fetch.errors import FetchTimeoutError, StatusError, TooLargeError, UnreachableError
from names.ens_lookup import EnsLookup, NamedAddress
from names.ens_name import normalized
from names.gateway import BATCH_HERE, BATCH_QUERY
from names.offchain_lookup import HTTP_ERROR, OFFCHAIN_LOOKUP
from names.universal_resolver import UNIVERSAL_RESOLVER
from nodes.endpoint import RpcEndpoint
from nodes.failover import Nodes
from nodes.nodes import MAX_ANSWER_BYTES
from nodes.urls import RpcUrl
from runtime.deadline import Deadline
from runtime.errors import RouteError
from runtime.settings import HttpUrl
from tests.fixtures.ens_answers import ALICE, GATEWAY, Gateways, answered, batch, lookup

CODES = {"not_found", "name_unavailable", "upstream_unavailable", "upstream_timeout"}
MAX_FETCHES = 6
MAX_NODE_REQUESTS = 2 * 5 * 2
"""Two questions, each with four lookups after it, to two nodes."""

CPU_SECONDS = 3.0
"""Nothing comes near; what was once decoded whole took a minute."""


class Socket:
    def settimeout(self, seconds: float) -> None:
        pass

    def shutdown(self, how: int) -> None:
        pass


@dataclass
class Wire:
    """A connection to a node, and its answers of status 200: these in turn, over and over."""

    bodies: Sequence[bytes]
    asked: int = 0
    sock: Socket = field(default_factory=Socket)
    status: int = 200
    will_close: bool = True

    def __post_init__(self) -> None:
        self._turns = cycle(self.bodies)

    def request(self, *request: object) -> None:
        self.asked += 1

    def getresponse(self) -> Wire:
        return self

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def isclosed(self) -> bool:
        return True

    def close(self) -> None:
        pass

    def read(self, size: int) -> bytes:
        return next(self._turns)[:size]


def nodes(wire: Wire) -> Nodes:
    """Two of them, by the endpoint that reads what they send."""
    url = RpcUrl("https", "node.example", 443, "/")
    connect: Callable[[HttpUrl, float], Any] = lambda url, timeout: wire  # noqa: E731
    endpoints = [
        RpcEndpoint(url, read_key=str, connect=connect, max_answer_bytes=MAX_ANSWER_BYTES)
        for _ in range(2)
    ]
    return Nodes([endpoint.send for endpoint in endpoints], chain_id=1)


def assert_bounded_by_name(bodies: Sequence[bytes], gateways: Gateways) -> None:
    """A look-up ends in an address or in an error of its route, and costs little."""
    _assert_bounded(
        bodies, gateways, lambda ens, until: ens.by_name("alice.eth", until), is_of_alice_eth
    )


def assert_bounded_by_address(bodies: Sequence[bytes], gateways: Gateways) -> None:
    """A look-up ends in a name or in an error of its route, and costs little."""
    _assert_bounded(bodies, gateways, lambda ens, until: ens.by_address(ALICE, until), is_of_alice)


def is_of_alice_eth(found: NamedAddress) -> bool:
    return found.name == "alice.eth" and is_checksum_address(found.address)


def is_of_alice(found: NamedAddress) -> bool:
    return found.address.lower() == ALICE and normalized(found.name) == found.name


def _assert_bounded(
    bodies: Sequence[bytes],
    gateways: Gateways,
    ask: Callable[[EnsLookup, Deadline], NamedAddress],
    is_right: Callable[[NamedAddress], bool],
) -> None:
    wire, fetched = Wire(bodies), len(gateways.urls)
    ens, deadline = EnsLookup(nodes(wire), gateways), Deadline.after(60.0, time.monotonic)
    began = time.process_time()
    try:
        found, code = ask(ens, deadline), ""
    except RouteError as error:
        found, code = None, error.code
    assert time.process_time() - began < CPU_SECONDS
    assert code in CODES if found is None else is_right(found)
    assert len(gateways.urls) - fetched <= MAX_FETCHES
    assert wire.asked <= MAX_NODE_REQUESTS


def reply(answer: dict[str, Any]) -> bytes:
    """A node's answer to the two questions of a batch."""
    return json.dumps([{"id": 1, "result": "0x1"}, {"id": 2, **answer}]).encode()


def reverting(data: bytes) -> bytes:
    return reply({"error": {"code": 3, "message": "execution reverted", "data": "0x" + data.hex()}})


def with_a_word_changed(data: bytes, place: int, word: int) -> bytes:
    begin = 4 + 32 * (place % max(1, len(data) // 32))
    return data[:begin] + (word % 2**256).to_bytes(32) + data[begin + 32 :]


def as_json(document: object) -> bytes:
    return json.dumps(document).encode()


RECORD = encode(["address"], [ALICE])
NAME = encode(["string"], ["alice.eth"])
HEX = st.binary(max_size=200).map(lambda data: "0x" + data.hex())
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | HEX,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
KEYS = st.sampled_from(("id", "result", "error", "code", "message", "data", "jsonrpc"))
MAPPINGS = st.dictionaries(KEYS, JSON | st.sampled_from([1, 2, "0x1", "0x", "0x0"]))
PLACES = st.integers(0, 12).map(lambda number: 32 * number)
NUMBERS = PLACES | st.sampled_from([2**256 - 1, 2**64, 2**63, 2**31])
WORDS = st.lists(NUMBERS, max_size=20).map(
    lambda numbers: b"".join(number.to_bytes(32) for number in numbers)
)
SELECTORS = st.sampled_from([OFFCHAIN_LOOKUP, HTTP_ERROR, b"", b"\x08\xc3\x79\xa0"])
SENDERS = st.sampled_from([UNIVERSAL_RESOLVER, ALICE])
PLAIN_URLS = st.sampled_from([GATEWAY, "https://a.example", "https://{sender}.example"])
ODD_URLS = st.sampled_from([BATCH_HERE, "", "\0"]) | st.text(max_size=30)
URLS = st.lists(PLAIN_URLS | ODD_URLS, max_size=5)
GOOD_URLS = st.lists(PLAIN_URLS, min_size=1, max_size=5)
QUERIES = st.binary(max_size=70) | WORDS.map(lambda words: BATCH_QUERY + words)
GOOD_REQUESTS = st.lists(st.tuples(SENDERS, GOOD_URLS, QUERIES), min_size=1, max_size=4)
GOOD_LOOKUPS = st.builds(lookup, GOOD_URLS, QUERIES) | GOOD_REQUESTS.map(batch)
REVERTS = (
    GOOD_LOOKUPS
    | st.builds(lookup, URLS, QUERIES, SENDERS)
    | st.lists(st.tuples(SENDERS, URLS, QUERIES), max_size=5).map(batch)
    | st.builds(bytes.__add__, SELECTORS, WORDS | st.binary(max_size=300))
)
CHANGED = st.builds(with_a_word_changed, REVERTS, st.integers(0, 60), st.integers(0, 2**256))
RECORDS = st.sampled_from([RECORD, NAME, b"", RECORD[:-1]]) | WORDS | st.binary(max_size=100)
BODIES = (
    GOOD_LOOKUPS.map(reverting)
    | (REVERTS | CHANGED).map(reverting)
    | RECORDS.map(lambda record: reply({"result": answered(record)}))
    | (WORDS | st.binary(max_size=200)).map(lambda data: reply({"result": "0x" + data.hex()}))
    | MAPPINGS.map(reply)
    | (JSON | st.lists(MAPPINGS, max_size=3)).map(as_json)
    | st.binary(max_size=100)
)
"""What a node sends."""

FAULTS = (StatusError(404), StatusError(500), TooLargeError("x"), UnreachableError("x"))
ANSWERS = (
    HEX.map(lambda data: as_json({"data": data}))
    | JSON.map(lambda document: as_json({"data": document}))
    | JSON.map(as_json)
    | st.binary(max_size=100)
    | st.sampled_from([*FAULTS, FetchTimeoutError("x")])
)
"""What a gateway sends, or how a fetch fails."""
