"""ENS look-ups while the node and the gateways send whatever they like.

A look-up ends in a name with an address, or in one of the errors of its routes. It makes at most
six fetches and twenty requests to nodes. It takes little processor time, which is counted of this
process, so that a busy machine changes nothing.
"""

from __future__ import annotations

from itertools import cycle

import pytest
from eth_abi.abi import encode
from hypothesis import given, settings
from hypothesis import strategies as st

from names.gateway import BATCH_HERE, BATCH_QUERY, MAX_GATEWAY_BYTES
from names.offchain_lookup import OFFCHAIN_LOOKUP
from names.universal_resolver import UNIVERSAL_RESOLVER
from nodes.nodes import MAX_ANSWER_BYTES
from tests.fixtures.ens_answers import ALICE, GATEWAY, Gateways, answered, batch, lookup
from tests.fuzz.hostile_ens import (
    ANSWERS,
    BODIES,
    assert_bounded_by_address,
    assert_bounded_by_name,
    reply,
    reverting,
)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.lists(BODIES, min_size=1, max_size=6), st.lists(ANSWERS, min_size=1), st.integers(0, 3))
def test_whatever_they_send_a_look_up_ends_in_one_of_its_answers(
    bodies: list[bytes], answers: list[bytes | Exception], redirects: int
) -> None:
    turns = cycle(answers)
    gateways = Gateways(lambda url: next(turns), redirects)
    assert_bounded_by_name(bodies, gateways)
    assert_bounded_by_address(bodies, gateways)


def pointing(count: int, to: bytes) -> bytes:
    """The elements of an array of long values that all lie in one place."""
    return b"".join((32 * count).to_bytes(32) for _ in range(count)) + to


def long_lookup(count: int, size: int) -> bytes:
    """`count` gateways, all the same text of `size` bytes."""
    urls = count.to_bytes(32) + pointing(count, size.to_bytes(32) + b"h" * size)
    sender = bytes.fromhex(UNIVERSAL_RESOLVER[2:]).rjust(32, b"\0")
    heads = b"".join(place.to_bytes(32) for place in (192, 160, 0, 160))
    return OFFCHAIN_LOOKUP + sender + heads + bytes(32) + urls


def long_batch(count: int, size: int) -> bytes:
    """`count` requests, all the same one, with `count` gateways, all the same text."""
    inner = long_lookup(count, size)[4:]
    query = (32).to_bytes(32) + count.to_bytes(32) + pointing(count, inner)
    return lookup([BATCH_HERE], BATCH_QUERY + query)


def named(name: str) -> bytes:
    return reply({"result": answered(encode(["string"], [name]))})


LARGE: dict[str, bytes] = {
    "one gateway 2,000 times": reverting(long_lookup(2_000, 60_000)),
    "gateways of nothing": reverting(long_lookup(6_000, 0)),
    "four gateways of 60 kB": reverting(long_lookup(4, 60_000)),
    "a batch of one request 900 times": reverting(long_batch(900, 60_000)),
    "a lookup of 240 kB": reverting(lookup([GATEWAY], b"x" * 240_000)),
    "templates with the data 1,000 times": reverting(lookup(["{data}" * 1000] * 9, b"x" * 8_000)),
    "a name of 60,000 emoji": named("\U0001f98a" * 60_000),
    "a name of 240,000 letters": named("a" * 240_000),
    "a name of 120,000 labels": named("a." * 120_000),
    "240 kB of zeros": reply({"result": "0x" + "00" * 240_000}),
    "an odd digit": reply({"result": "0x" + "0" * 480_001}),
    "an array without end": b"[" * 500_000,
    "a number of 500,000 digits": b"1" * 500_000,
    "a chain of 500,000 digits": b'[{"id":1,"result":"0x%s"},{"id":2}]' % (b"1" * 500_000),
    "the same key 50,000 times": b'[{"id":1,"result":"0x1"},{%s"id":2}]' % (b'"id":2, ' * 50_000),
    "100,000 answers": b"[" + b"{}, " * 100_000 + b"{}]",
    "more than is read": b" " * MAX_ANSWER_BYTES + b"[]",
    "a long error": reply({"error": {"code": 3, "message": "revert" * 80_000}}),
}


@pytest.mark.parametrize("body", LARGE.values(), ids=LARGE)
def test_what_is_made_to_be_costly_costs_little(body: bytes) -> None:
    assert_bounded_by_name([body], Gateways())
    assert_bounded_by_address([body], Gateways())


FULL_SIZE = {
    "zeros": b'{"data":"0x' + b"00" * ((MAX_GATEWAY_BYTES - 20) // 2) + b'"}',
    "an odd digit": b'{"data":"0x' + b"0" * 60_001 + b'"}',
    "nested": b'{"data":' * 8_000,
    "a number": b'{"data":' + b"1" * 60_000 + b"}",
    "half characters": b'{"data":"' + b"\\ud800" * 10_000 + b'"}',
}


@pytest.mark.parametrize("answer", FULL_SIZE.values(), ids=FULL_SIZE)
def test_a_gateways_answer_of_full_size_costs_little(answer: bytes) -> None:
    requests = [(ALICE, [GATEWAY], b"x" * 2_000)] * 4
    for lookups in (lookup([GATEWAY], b"x" * 2_000), batch(requests)):
        assert_bounded_by_name([reverting(lookups)], Gateways(lambda url: answer))
        assert_bounded_by_address([reverting(lookups)], Gateways(lambda url: answer))
