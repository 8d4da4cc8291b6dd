"""ENS both ways on a real EVM, with gateways behind real TLS."""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler

import pytest
from eth_abi.abi import encode

from ethereum.address import Address
from names.ens_lookup import NamedAddress
from names.errors import (
    GatewayUnavailableError,
    InvalidNameError,
    NameNotFoundError,
    OffchainLookupError,
)
from runtime.deadline import Deadline
from runtime.errors import InvalidAddressError
from tests.evm.ens_world import GATEWAY, EnsWorld, build_ens_world
from tests.fixtures.deadlines import within_seconds
from tests.fixtures.tls_site import TlsSite, authority, redirecting, replying

ALICE = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
BOB = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"


def in_time() -> Deadline:
    return within_seconds(10)


@pytest.fixture(scope="session")
def world(contracts: Mapping[str, str]) -> EnsWorld:
    return build_ens_world(contracts)


@pytest.fixture(scope="session")
def tls() -> ssl.SSLContext:
    return authority().trusting()


@pytest.fixture
def gateway() -> Callable[..., TlsSite]:
    return lambda script: TlsSite(script, name=GATEWAY)


def answering_with(address: str) -> Callable[[BaseHTTPRequestHandler, threading.Event], None]:
    data = "0x" + encode(["address"], [address]).hex()
    return replying(json.dumps({"data": data}).encode())


def test_a_name_is_found_in_its_one_form(world: EnsWorld, tls: ssl.SSLContext) -> None:
    world.give_address("alice.eth", ALICE)
    for written in ("alice.eth", "Alice.ETH", "ａlice.eth"):  # noqa: RUF001
        assert world.lookup(tls).by_name(written, in_time()) == NamedAddress("alice.eth", ALICE)


@pytest.mark.parametrize("name", ["nobody.eth", "alice.nobody.eth", "eth", "addr.reverse"])
def test_a_name_without_a_resolver_is_not_found(
    world: EnsWorld, tls: ssl.SSLContext, name: str
) -> None:
    with pytest.raises(NameNotFoundError):
        world.lookup(tls).by_name(name, in_time())


@pytest.mark.parametrize(
    "name",
    ["", ".", "a..eth", ".eth", "a b.eth", "a_b.eth", "\u0430lice.eth", "a\0.eth", "x" * 300],
)
def test_what_is_no_name_is_refused_before_the_chain_is_asked(
    world: EnsWorld, tls: ssl.SSLContext, name: str
) -> None:
    with pytest.raises(InvalidNameError):
        world.lookup(tls).by_name(name, in_time())


def test_a_record_of_nothing_is_none(world: EnsWorld, tls: ssl.SSLContext) -> None:
    world.give_address("empty.eth", "0x" + "00" * 20)
    with pytest.raises(NameNotFoundError):
        world.lookup(tls).by_name("empty.eth", in_time())


@pytest.mark.parametrize("garbage", [b"", b"\x01", b"\xff" * 32, b"\xff" * 20, b"\x20" * 64])
def test_a_resolver_that_answers_garbage_names_nobody(
    world: EnsWorld, tls: ssl.SSLContext, garbage: bytes
) -> None:
    name = f"garbage{len(garbage)}{garbage[:1].hex()}.eth"
    world.give_resolver(name, world.deploy("TestGarbageResolver", ["bytes"], garbage))
    with pytest.raises(NameNotFoundError):
        world.lookup(tls).by_name(name, in_time())


def test_a_primary_name_is_one_that_says_the_same(world: EnsWorld, tls: ssl.SSLContext) -> None:
    world.give_address("bob.eth", BOB)
    world.give_reverse_record(BOB, "bob.eth")
    for written in (BOB, BOB.lower()):
        assert world.lookup(tls).by_address(written, in_time()) == NamedAddress("bob.eth", BOB)


def fresh(number: int) -> str:
    return f"0x{number:040x}"


@pytest.mark.parametrize(
    ("number", "claimed"),
    [
        (0xA1, "famous.eth"),  # the name says another address
        (0xA2, "nowhere.eth"),  # the name says nothing
        (0xA3, "A3.eth"),  # the name would say so, but in another form
        (0xA4, "\u04304.eth"),  # letters of another alphabet beside a digit
        (0xA5, ""),
        (0xA6, "a..eth"),
        (0xA7, f"0x{0xA7:040x}"),
        (0xA8, "x" * 500 + ".eth"),
    ],
)
def test_a_reverse_record_that_nothing_confirms_is_no_name(
    world: EnsWorld, tls: ssl.SSLContext, number: int, claimed: str
) -> None:
    world.give_address("famous.eth", ALICE)
    world.give_address("a3.eth", fresh(0xA3))
    world.give_reverse_record(fresh(number), claimed)
    with pytest.raises(NameNotFoundError):
        world.lookup(tls).by_address(fresh(number), in_time())


@pytest.mark.parametrize("text", ["", "bob.eth", BOB[:-1], BOB[2:], BOB.replace("C8", "c8"), "0x"])
def test_what_is_no_address_is_refused(world: EnsWorld, tls: ssl.SSLContext, text: str) -> None:
    with pytest.raises(InvalidAddressError):
        world.lookup(tls).by_address(text, in_time())


@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_a_name_kept_elsewhere_is_asked_of_its_gateway(
    world: EnsWorld, tls: ssl.SSLContext, gateway: Callable[..., TlsSite], verb: str
) -> None:
    site = gateway(answering_with(BOB))
    with site.running() as port:
        path = "{sender}/{data}.json" if verb == "GET" else "{sender}"
        name = f"{verb.lower()}.eth"
        resolver = world.keep_elsewhere(name, [f"https://{GATEWAY}:{port}/{path}"])
        looked_up = world.lookup(tls, [port]).by_name(name, in_time())
    assert looked_up == NamedAddress(name, BOB)
    (asked,) = site.paths
    assert asked.startswith(f"/{resolver}")
    if verb == "GET":
        assert asked.startswith(f"/{resolver}/0x3b3b57de")  # addr(bytes32)
        assert site.bodies == [b""]
    else:
        body = json.loads(site.bodies[0])
        assert body["sender"] == resolver
        assert body["data"].startswith("0x3b3b57de")


def test_a_wildcard_answers_for_the_names_below_it(
    world: EnsWorld, tls: ssl.SSLContext, gateway: Callable[..., TlsSite]
) -> None:
    with gateway(answering_with(BOB)).running() as port:
        world.keep_elsewhere("wild.eth", [f"https://{GATEWAY}:{port}/{{data}}"])
        world.give_address("tame.eth", ALICE)
        ens = world.lookup(tls, [port])
        assert ens.by_name("any.thing.wild.eth", in_time()).address == BOB
        with pytest.raises(NameNotFoundError):
            ens.by_name("any.tame.eth", in_time())


def test_a_primary_name_may_be_kept_elsewhere_too(
    world: EnsWorld, tls: ssl.SSLContext, gateway: Callable[..., TlsSite]
) -> None:
    with gateway(answering_with(fresh(0xB1))).running() as port:
        world.keep_elsewhere("away.eth", [f"https://{GATEWAY}:{port}/{{data}}"])
        for number in (0xB1, 0xB2):
            world.give_reverse_record(fresh(number), "away.eth")
        ens = world.lookup(tls, [port])
        assert ens.by_address(fresh(0xB1), in_time()).name == "away.eth"
        with pytest.raises(NameNotFoundError):
            ens.by_address(fresh(0xB2), in_time())


@pytest.mark.parametrize(
    "url",
    [
        "http://gateway.example/{data}",
        "https://127.0.0.1:PORT/{data}",
        "https://private.example:PORT/{data}",
        "https://gateway.example:22/{data}",
        "https://169.254.169.254/{data}",
        "https://localhost:PORT/{data}",
        "file:///etc/passwd",
        "data:application/json,{\"data\":\"0x\"}",
        "ipfs://{data}",
        "",
    ],
)  # fmt: skip
def test_a_gateway_in_a_private_place_is_never_asked(
    world: EnsWorld, tls: ssl.SSLContext, gateway: Callable[..., TlsSite], url: str
) -> None:
    site = gateway(answering_with(BOB))
    with site.running() as port:
        world.keep_elsewhere("inside.eth", [url.replace("PORT", str(port))])
        with pytest.raises(GatewayUnavailableError):
            world.lookup(tls, [port]).by_name("inside.eth", in_time())
    assert site.names == []


@pytest.mark.parametrize(
    "script",
    [
        replying(b"{}"),
        replying(b'{"data":"0x0"}'),
        replying(b'{"data":7}'),
        replying(b"[]"),
        replying(b"{" * 50_000),
        replying(b'{"data":"' + b" " * 70_000 + b'"}'),
        replying(b"<html>", content_type="text/html"),
        replying(b"", 404),
        replying(b"", 500),
        redirecting("https://169.254.169.254/"),
    ],
)
def test_a_gateway_that_answers_badly_is_no_answer(
    world: EnsWorld, tls: ssl.SSLContext, gateway: Callable[..., TlsSite], script: object
) -> None:
    with gateway(script).running() as port:
        world.keep_elsewhere("bad.eth", [f"https://{GATEWAY}:{port}/{{data}}"])
        with pytest.raises(GatewayUnavailableError):
            world.lookup(tls, [port]).by_name("bad.eth", in_time())


@pytest.mark.parametrize(("status", "is_asked_on"), [(500, True), (503, True), (404, False)])
def test_another_gateway_is_asked_after_a_fault_but_not_after_a_refusal(
    world: EnsWorld,
    tls: ssl.SSLContext,
    gateway: Callable[..., TlsSite],
    status: int,
    is_asked_on: bool,
) -> None:
    first, second = gateway(replying(b"", status)), gateway(answering_with(BOB))
    with first.running() as one, second.running() as two:
        urls = [f"https://{GATEWAY}:{port}/{{data}}" for port in (one, two)]
        world.keep_elsewhere("two.eth", urls)
        ens = world.lookup(tls, [one, two])
        if is_asked_on:
            assert ens.by_name("two.eth", in_time()).address == BOB
        else:
            with pytest.raises(GatewayUnavailableError):
                ens.by_name("two.eth", in_time())
    assert (len(first.paths), len(second.paths)) == (1, int(is_asked_on))


def test_four_gateways_are_tried_and_no_fifth(
    world: EnsWorld, tls: ssl.SSLContext, gateway: Callable[..., TlsSite]
) -> None:
    site = gateway(replying(b"", 500))
    with site.running() as port:
        world.keep_elsewhere("many.eth", [f"https://{GATEWAY}:{port}/{{data}}"] * 9)
        with pytest.raises(GatewayUnavailableError):
            world.lookup(tls, [port]).by_name("many.eth", in_time())
    assert len(site.paths) == 4


def test_four_lookups_in_a_row_are_followed_and_no_fifth(
    world: EnsWorld, tls: ssl.SSLContext, gateway: Callable[..., TlsSite]
) -> None:
    site = gateway(answering_with(BOB))
    with site.running() as port:
        urls = [f"https://{GATEWAY}:{port}/{{data}}"]
        ens = world.lookup(tls, [port])
        world.keep_elsewhere("patient.eth", urls, rounds=4)
        assert ens.by_name("patient.eth", in_time()).address == BOB
        world.keep_elsewhere("endless.eth", urls, rounds=1000)
        with pytest.raises(OffchainLookupError, match="too many"):
            ens.by_name("endless.eth", in_time())
    assert len(site.paths) == 4 + 5


def test_a_lookup_in_the_name_of_another_contract_is_refused(world: EnsWorld) -> None:
    from names.offchain_lookup import call_with_lookups
    from tests.evm.chain import selector

    contract = world.deploy("TestForeignLookup")

    def read(to: Address, data: bytes) -> bytes:
        return world.nodes.read(to, data, Deadline.after(5.0, time.monotonic))

    def fetch_json(request: object) -> bytes:
        raise AssertionError("no gateway is asked")

    with pytest.raises(OffchainLookupError, match="nested"):
        call_with_lookups(contract, selector("look()"), read=read, fetch_json=fetch_json)
