"""ENS names through the running stack: signed requests, a node on py-evm, real contracts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

import httpx
import pytest

from tests.e2e.client import Client
from tests.e2e.conftest import HOLDS_3, RunningStack, free_port, start_stack
from tests.evm.ens_world import EnsWorld, build_ens_world
from tests.evm.tooling import ToolsMissingError, compiled_contracts
from tests.fixtures.chain_node import running_node
from tests.fixtures.tls_site import TlsSite, replying

ALICE = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
BOB = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
FOX = "\N{FOX FACE}.eth"


@pytest.fixture(scope="module")
def contracts() -> Mapping[str, str]:
    try:
        return compiled_contracts()
    except ToolsMissingError as error:
        pytest.skip(f"no Solidity compiler: {error}")


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
    (folder / "prod.parameters").write_text(f"ChainReadRps=100\n{parameter}\n")
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


@pytest.mark.parametrize("path", ["names/alice.eth", f"addresses/{ALICE}/name"])
def test_a_lookup_is_signed_or_refused_in_the_words_of_aws(client: Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.text) == (403, '{"message":"Missing Authentication Token"}')


@pytest.mark.parametrize("path", ["names/alice.eth", f"addresses/{ALICE}/name"])
def test_a_page_of_the_gallery_may_ask_and_read(client: Client, path: str) -> None:
    url = f"{client.config['apiEndpoint']}/{path}"
    headers = {"Origin": client.site, "Access-Control-Request-Method": "GET"}
    preflight = httpx.options(url, headers=headers)
    assert (preflight.status_code, preflight.headers["access-control-allow-origin"]) == (
        204,
        client.site,
    )


def test_a_name_that_is_kept_in_a_private_place_is_not_asked_for_there(
    client: Client, world: EnsWorld
) -> None:
    site = TlsSite(replying(b'{"data":"0x"}'), name="localhost")
    with site.running() as port:
        urls = [f"https://{host}:{port}/{{data}}" for host in ("localhost", "127.0.0.1")]
        world.keep_elsewhere("inside.eth", [*urls, "https://169.254.169.254/{data}"])
        assert_refused(look_up(client, "names/inside.eth"), 502, "name_unavailable")
    assert site.names == []


def test_without_a_node_of_ethereum_a_lookup_says_so(stack: RunningStack) -> None:
    client = Client(stack.site)
    for path in ("names/alice.eth", f"addresses/{ALICE}/name"):
        assert_refused(look_up(client, path), 404, "no_node")


def test_a_node_that_is_down_is_told_apart_from_a_name_that_is_not_there(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    stack = start_with(f"RpcUrls=1=http://127.0.0.1:{free_port()}", tmp_path_factory)
    try:
        client = Client(stack.site)
        assert_refused(look_up(client, "names/alice.eth"), 502, "upstream_unavailable")
        assert "alice" not in stack.output
    finally:
        stack.stop()
