"""ENS names through the running stack: signed requests, a node on py-evm, real contracts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

import httpx
import pytest

from tests.e2e.client import Client
from tests.e2e.conftest import HOLDS_3, RunningStack, free_port, start_stack
from tests.evm.ens_world import EnsWorld, build_ens_world
from tests.fixtures.chain_node import running_node
from tests.fixtures.tls_site import TlsSite, replying

ALICE = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
BOB = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
FOX = "\N{FOX FACE}.eth"


@pytest.fixture(scope="module")
def world(contracts: Mapping[str, str]) -> EnsWorld:
    """ENS on what says it is Ethereum."""
    world = build_ens_world(contracts)
    world.chain.chain_id = 1
    world.give_address("alice.eth", ALICE)
    world.give_address(FOX, BOB)
    world.give_reverse_record(ALICE, "alice.eth")
    world.give_reverse_record(BOB, "alice.eth")
    return world


@pytest.fixture(scope="module")
def client(world: EnsWorld, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with running_node(world.chain) as url:
        stack = start_with(f"RpcUrls=1={url}", tmp_path_factory)
        yield Client(stack.site)
        stack.stop()


def start_with(parameter: str, folders: pytest.TempPathFactory) -> RunningStack:
    folder = folders.mktemp("names")
    (folder / "prod.parameters").write_text(f"AlchemyRps=100\nChainReadRps=100\n{parameter}\n")
    return start_stack(folder)


def look_up(client: Client, path: str, token: str | None = None) -> httpx.Response:
    return client.signed_get(path, client.credentials(token), {})


def assert_refused(answer: httpx.Response, status: int, code: str) -> None:
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (status, code)
    assert set(error) == {"code", "message", "requestId"}
    assert error["requestId"] == answer.headers["x-amzn-requestid"]


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_guests_and_wallets_look_up_a_name_both_ways(client: Client, is_signed_in: bool) -> None:
    token = client.sign_in(HOLDS_3)["IdToken"] if is_signed_in else None
    for path in ("names/alice.eth", "names/Alice.ETH", f"addresses/{ALICE.lower()}/name"):
        answer = look_up(client, path, token)
        assert (answer.status_code, answer.json()) == (200, {"name": "alice.eth", "address": ALICE})


def test_a_name_may_have_any_letters(client: Client) -> None:
    answer = look_up(client, f"names/{quote(FOX)}")
    assert answer.json() == {"name": FOX, "address": BOB}


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("names/nobody.eth", 404, "not_found"),
        ("names/a%20b.eth", 400, "invalid_name"),
        (f"names/{'x' * 300}", 400, "invalid_name"),
        (f"addresses/{BOB}/name", 404, "not_found"),  # its reverse record is another's name
        (f"addresses/0x{'9' * 40}/name", 404, "not_found"),
        ("addresses/alice.eth/name", 400, "invalid_address"),
    ],
)
def test_what_ens_does_not_know_is_refused_by_a_code(
    client: Client, path: str, status: int, code: str
) -> None:
    assert_refused(look_up(client, path), status, code)


def test_a_name_that_is_kept_in_a_private_place_is_not_asked_for_there(
    client: Client, world: EnsWorld
) -> None:
    site = TlsSite(replying(b'{"data":"0x"}'), name="localhost")
    with site.running() as port:
        urls = [f"https://{host}:{port}/{{data}}" for host in ("localhost", "127.0.0.1")]
        world.keep_elsewhere("inside.eth", [*urls, "https://169.254.169.254/{data}"])
        for path in ("names/inside.eth", "chains/1/owners/inside.eth/nfts"):
            assert_refused(look_up(client, path), 502, "name_unavailable")
    assert site.names == []


def tokens_of(client: Client, owner: str, **query: str) -> httpx.Response:
    return client.signed_get(f"chains/1/owners/{owner}/nfts", client.credentials(), query)


@pytest.mark.parametrize("name", ["alice.eth", "Alice.ETH", quote(FOX)])
def test_the_page_of_a_name_is_the_page_of_its_address(client: Client, name: str) -> None:
    address = ALICE if name.lower() == "alice.eth" else BOB
    named, page = tokens_of(client, name), tokens_of(client, address)
    assert (named.status_code, len(named.json()["items"])) == (200, 3 if address == ALICE else 50)
    assert named.json() == page.json()


def test_pages_are_turned_by_name_or_address_as_long_as_one_is_the_other(client: Client) -> None:
    cursor = tokens_of(client, BOB, limit="10").json()["nextCursor"]
    turned = [tokens_of(client, o, limit="10", cursor=cursor) for o in (quote(FOX), BOB)]
    assert [page.status_code for page in turned] == [200, 200]
    assert turned[0].json()["items"] == turned[1].json()["items"]
    other = tokens_of(client, "alice.eth", limit="10", cursor=cursor)
    assert_refused(other, 400, "invalid_cursor")


@pytest.mark.parametrize(
    ("owner", "status", "code"),
    [
        ("nobody.eth", 404, "not_found"),
        ("nothing.eth", 404, "not_found"),
        ("a%20b.eth", 400, "invalid_name"),
        (f"{BOB}.eth", 400, "invalid_address"),
        ("alice", 400, "invalid_address"),
    ],
)
def test_an_owner_who_is_nobody_is_refused_by_a_code(
    client: Client, world: EnsWorld, owner: str, status: int, code: str
) -> None:
    world.give_address("nothing.eth", f"0x{0:040x}")
    assert_refused(tokens_of(client, owner), status, code)


def test_without_a_node_of_ethereum_a_lookup_says_so(stack: RunningStack) -> None:
    client = Client(stack.site)
    for path in ("names/alice.eth", f"addresses/{ALICE}/name", "chains/1/owners/alice.eth/nfts"):
        assert_refused(look_up(client, path), 404, "no_node")


def test_a_node_that_is_down_is_told_apart_from_a_name_that_is_not_there(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    stack = start_with(f"RpcUrls=1=http://127.0.0.1:{free_port()}", tmp_path_factory)
    try:
        client = Client(stack.site)
        for path in ("names/alice.eth", "chains/1/owners/alice.eth/nfts"):
            assert_refused(look_up(client, path), 502, "upstream_unavailable")
        assert "alice" not in stack.output
    finally:
        stack.stop()
