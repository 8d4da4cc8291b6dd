"""What a name that is stored off chain can make this service do, and what it cannot."""

from __future__ import annotations

import json

import pytest
from eth_abi.abi import encode

from fetch.errors import FetchError, StatusError, UnreachableError
from names.ens_lookup import EnsLookup, NamedAddress
from names.errors import (
    GatewayUnavailableError,
    InvalidNameError,
    NameNotFoundError,
    OffchainLookupError,
)
from names.gateway import BATCH_HERE, BATCH_QUERY
from names.universal_resolver import UNIVERSAL_RESOLVER
from nodes.failover import Nodes
from runtime.deadline import Deadline
from tests.fixtures.ens_answers import (
    ALICE,
    GATEWAY,
    Gateways,
    Node,
    answered,
    batch,
    ens,
    lookup,
)

CHECKSUMMED = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
RECORD = answered(encode(["address"], [ALICE]))
FOUR = [f"https://{number}.example/{{data}}" for number in range(4)]
DATA = b"\xab\xcd"


def in_time() -> Deadline:
    return Deadline.after(9.0, lambda: 0.0)


def fails_but_the_last(url: str) -> bytes | FetchError:
    return b'{"data":"0x"}' if "3.example" in url else UnreachableError("no connection")


def test_a_batch_of_many_gateways_that_comes_again_makes_six_fetches() -> None:
    gateways = Gateways(fails_but_the_last)
    node = Node([batch([(ALICE, FOUR, DATA)] * 4)])
    with pytest.raises(OffchainLookupError, match="too many fetches"):
        ens(node, gateways).by_name("alice.eth", in_time())
    assert len(gateways.urls) == 6


def test_a_name_and_what_confirms_it_share_the_six_fetches() -> None:
    gateways = Gateways()
    away = lookup(FOUR, DATA)
    name = answered(encode(["string"], ["alice.eth"]))
    node = Node([away, away, away, name, away, away, away, RECORD])
    found = ens(node, gateways).by_address(ALICE, in_time())
    assert (found, len(gateways.urls)) == (NamedAddress("alice.eth", CHECKSUMMED), 6)
    node = Node([away, away, away, name, away, away, away, away, RECORD])
    with pytest.raises(OffchainLookupError, match="too many fetches"):
        ens(node, gateways).by_address(ALICE, in_time())
    assert len(gateways.urls) == 12


def test_the_next_look_up_has_six_fetches_of_its_own() -> None:
    gateways, node = Gateways(), Node([lookup(FOUR, DATA), RECORD])
    service = ens(node, gateways)
    for _ in range(7):
        assert service.by_name("alice.eth", in_time()).address == CHECKSUMMED
    assert len(gateways.urls) == 7


@pytest.mark.parametrize(("redirects", "lookups", "is_found"), [(2, 2, True), (3, 2, False)])
def test_redirects_count_as_fetches(redirects: int, lookups: int, is_found: bool) -> None:
    gateways = Gateways(redirects=redirects)
    node = Node([*[lookup([GATEWAY], DATA)] * lookups, RECORD])
    if is_found:
        assert ens(node, gateways).by_name("alice.eth", in_time()).address == CHECKSUMMED
    else:
        with pytest.raises(OffchainLookupError, match="too many fetches"):
            ens(node, gateways).by_name("alice.eth", in_time())
    assert len(gateways.urls) == 6


def test_each_gateway_gets_the_sender_and_the_data() -> None:
    gateways = Gateways()
    ens(Node([lookup([GATEWAY], DATA), RECORD]), gateways).by_name("alice.eth", in_time())
    assert gateways.urls == [f"https://gateway.example/{UNIVERSAL_RESOLVER}/0xabcd"]


def test_a_template_that_names_the_data_many_times_is_not_filled() -> None:
    template = "https://gateway.example/" + "{data}" * 1000
    gateways = Gateways()
    with pytest.raises(GatewayUnavailableError, match="a long URL"):
        ens(Node([lookup([template], b"x" * 9000)]), gateways).by_name("a.eth", in_time())
    assert gateways.urls == []


def test_a_gateway_that_refuses_ends_the_look_up() -> None:
    gateways = Gateways(lambda url: StatusError(404))
    with pytest.raises(GatewayUnavailableError, match="404"):
        ens(Node([lookup(FOUR, DATA)]), gateways).by_name("alice.eth", in_time())
    assert len(gateways.urls) == 1


def test_the_answers_of_a_batch_come_back_in_their_order() -> None:
    sent: list[str] = []

    class Recorder(Node):
        def __call__(self, batch: list[dict[str, object]], deadline: Deadline) -> object:
            sent.append(json.dumps(batch))
            return super().__call__(batch, deadline)

    gateways = Gateways(lambda url: b'{"data":"0x0%s"}' % url[8].encode())
    node = Recorder([batch([(ALICE, [url], DATA) for url in FOUR]), RECORD])
    ens(node, gateways).by_name("alice.eth", in_time())
    replies = encode(["bool[]", "bytes[]"], [[False] * 4, [b"\0", b"\1", b"\2", b"\3"]])
    assert "0x01020304" + encode(["bytes", "bytes"], [replies, b"extra"]).hex() in sent[1]


TOO_MUCH = {
    "17 gateways": lookup([GATEWAY] * 17, DATA),
    "a long gateway": lookup(["https://a.example/" + "a" * 8192], DATA),
    "long data": lookup([GATEWAY], b"x" * 40_000),
    "a lookup of 70 kB": lookup([GATEWAY], DATA) + bytes(70_000),
    "a batch of five": batch([(ALICE, [GATEWAY], DATA)] * 5),
    "a batch of none": batch([]),
    "a batch in a batch": batch([(ALICE, [BATCH_HERE], DATA)]),
    "a batch with 17 gateways": batch([(ALICE, [GATEWAY] * 17, DATA)]),
    "no batch": lookup([BATCH_HERE], b"\0" * 4 + batch([(ALICE, [GATEWAY], DATA)])[4:]),
    "a batch cut off": lookup([BATCH_HERE], BATCH_QUERY + b"\0" * 31),
    "a lookup cut off": lookup([GATEWAY], DATA)[:100],
    "another contract's lookup": lookup([GATEWAY], DATA, ALICE),
    "a gateway that is no text": lookup(["\x01" * 9], DATA).replace(b"\x01" * 9, b"\xff" * 9),
}


@pytest.mark.parametrize("revert", TOO_MUCH.values(), ids=TOO_MUCH)
def test_a_lookup_that_is_malformed_or_large_reaches_no_gateway(revert: bytes) -> None:
    gateways = Gateways()
    with pytest.raises(OffchainLookupError):
        ens(Node([revert]), gateways).by_name("alice.eth", in_time())
    assert gateways.urls == []


def test_a_revert_that_is_no_lookup_is_a_name_that_is_not_found() -> None:
    for revert in (b"", b"\1", b"\x08\xc3\x79\xa0" + b"\xff" * 500_00):
        with pytest.raises(NameNotFoundError):
            ens(Node([revert]), Gateways()).by_name("alice.eth", in_time())


def test_a_look_up_is_admitted_before_a_node_is_asked_and_a_wrong_question_never_is() -> None:
    node = Node([RECORD])
    admitted: list[float] = []

    def admit(deadline: Deadline) -> None:
        admitted.append(deadline.left())
        raise OffchainLookupError("not now")

    names = EnsLookup(Nodes([node], chain_id=1), Gateways(), admit=admit)
    until = Deadline.after(8.0, lambda: 0.0)
    for look_up, question in ((names.by_name, "alice.eth"), (names.by_address, ALICE)):
        with pytest.raises(OffchainLookupError, match="not now"):
            look_up(question, until)
    with pytest.raises(InvalidNameError):
        names.by_name("a_b.eth", until)
    assert (admitted, node.asked) == ([8.0, 8.0], 0)
