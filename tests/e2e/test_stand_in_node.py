"""What `make start` shows of the chain with no node given: names, metadata, contract wallets."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest
from eth_account import Account
from playwright.sync_api import Page, Request, expect

from stand_ins.awkward import awkward_tokens
from stand_ins.catalogue import COLLECTIONS, Collection, Token, token_at
from stand_ins.demo_wallet.accounts import ACCOUNTS, DemoAccount
from stand_ins.faults import fault_address
from stand_ins.node.ens import ADDRESSES, COLLECTOR, NAMES
from tests.e2e.client import Client, sign_text
from tests.e2e.conftest import (
    HOLDS_0,
    HOLDS_3,
    HOLDS_250,
    RunningStack,
    Wallet,
    connect,
    short,
    start_stack,
)
from tests.e2e.without_network import contract_wallet_token

CONTRACTS = ACCOUNTS[3:]
LOSE_SESSION = """for (const key of Object.keys(localStorage))
  if (key.startsWith('CognitoIdentityServiceProvider.')) localStorage.removeItem(key);"""
FAULTS = ("400", "401", "403", "404", "429", "500", "503", "quota", "html", "truncated", "redirect")


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    """Nothing in its parameters but how often it may be asked."""
    folder = tmp_path_factory.mktemp("stand-in-node")
    (folder / "prod.parameters").write_text("AlchemyRps=100\nChainReadRps=100\n")
    running = start_stack(folder)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def client(stack: RunningStack) -> Client:
    return Client(stack.site)


def look_up(client: Client, path: str) -> httpx.Response:
    return client.signed_get(path, client.credentials(), {})


def metadata_of(client: Client, token: Token) -> httpx.Response:
    contract = token.collection.address
    return look_up(client, f"chains/1/contracts/{contract}/nfts/{token.token_id}/metadata")


def test_names_lead_to_wallets_and_wallets_to_names(client: Client) -> None:
    for address, name in NAMES.items():
        is_own = ADDRESSES[name] == address
        found = look_up(client, f"addresses/{address}/name")
        assert found.status_code == (200 if is_own else 404)
        if is_own:
            assert look_up(client, f"names/{quote(name)}").json() == found.json()
            assert (found.json()["name"], found.json()["address"].lower()) == (name, address)


def test_an_owner_by_name_is_the_owner_by_address(client: Client) -> None:
    by_name = look_up(client, "chains/1/owners/three.demo-wallet.eth/nfts").json()
    assert len(by_name["items"]) == 3
    assert by_name == look_up(client, f"chains/1/owners/{ACCOUNTS[0].address}/nfts").json()


ON_CHAIN = [collection for collection in COLLECTIONS if collection.is_on_chain]


@pytest.mark.parametrize("collection", ON_CHAIN, ids=lambda collection: collection.title)
def test_a_token_has_its_metadata_where_its_document_is_on_chain(
    client: Client, collection: Collection
) -> None:
    token = token_at(collection, collection.first_token_id + 7)
    assert token is not None
    answer = metadata_of(client, token)
    document = answer.json()
    assert (answer.status_code, document["name"]) == (200, token.name)
    assert (document["source"], document["image"]["status"]) == ("data", "inline")


@pytest.mark.parametrize(
    ("token_id", "code"), [(444, "unsupported_uri"), (2**256 - 1, "not_found")]
)
def test_an_awkward_token_has_none(client: Client, token_id: int, code: str) -> None:
    (token,) = [token for token in awkward_tokens() if token.token_id == token_id]
    assert metadata_of(client, token).json()["error"]["code"] == code


@pytest.mark.parametrize("fault", FAULTS)
def test_a_name_or_an_address_asks_for_a_failure_of_the_node(client: Client, fault: str) -> None:
    address = fault_address("node", fault)
    for path in (
        f"names/fault-{fault}.eth",
        f"addresses/{address}/name",
        f"chains/1/contracts/{address}/nfts/1/metadata",
    ):
        assert look_up(client, path).json()["error"]["code"] == "upstream_unavailable"


@pytest.mark.parametrize("account", CONTRACTS, ids=lambda account: account.name)
def test_a_contract_wallet_signs_in_and_passes_the_gate_as_a_holder(
    client: Client, account: DemoAccount
) -> None:
    token = contract_wallet_token(client, account)
    owned = client.get("me/nfts", token=token).json()["items"]
    held = {item["contract"]["address"] for item in owned}
    assert 0 < len(held) < len(COLLECTIONS)
    for collection in COLLECTIONS:
        gate = client.get(f"gate/1/{collection.address}", token=token)
        assert gate.status_code == (204 if collection.address in held else 403)
    assert client.get(f"gate/137/{COLLECTIONS[0].address}", token=token).status_code == 403


@pytest.mark.parametrize("key", [HOLDS_3, HOLDS_250, HOLDS_0, f"0x{'7' * 64}"])
def test_a_wallet_learns_of_its_own_name_what_anybody_learns(client: Client, key: str) -> None:
    tokens = client.sign_in(key)
    address = Account.from_key(key).address
    anybodys = look_up(client, f"addresses/{address}/name")
    other = {"address": COLLECTOR, "owner": COLLECTOR}
    own = client.get("me/name", token=tokens["IdToken"], params=other)
    assert own.status_code == anybodys.status_code
    if own.status_code == 200:
        assert own.json() == anybodys.json()
    else:
        assert own.json()["error"]["code"] == anybodys.json()["error"]["code"] == "not_found"
    assert own.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("fault", ["500", "chain"])
def test_a_contract_wallet_is_refused_while_its_node_fails(
    stack: RunningStack, client: Client, fault: str
) -> None:
    address = fault_address("node", fault)
    client.sign_up(address)
    challenge = client.start(address)
    signature = sign_text(HOLDS_3, challenge["ChallengeParameters"]["message"])
    assert "AuthenticationResult" not in client.answer(challenge, address, signature)
    assert "rpc_unavailable" in stack.output


@pytest.mark.usefixtures("complaints")
def test_a_wallet_comes_to_its_nfts_and_its_name_without_the_identity_pool(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    """Nor does one whose session was over."""
    calls: list[str] = []

    def note(request: Request) -> None:
        calls.append(request.headers.get("x-amz-target", request.url.partition("/prod/")[2]))

    page.on("request", note)
    page.goto(f"{stack.site}/#/me")
    connect(page, wallet)
    chip = page.get_by_role("banner").get_by_role("button", name=short(wallet))
    nfts = page.get_by_role("list", name="NFTs").get_by_role("listitem")
    expect(chip).to_contain_text("three.demo-wallet.eth", timeout=30_000)
    expect(page.get_by_role("heading", name="three.demo-wallet.eth")).to_be_visible()
    expect(nfts).to_have_count(3)
    page.evaluate(LOSE_SESSION)
    page.reload()
    page.get_by_role("status").get_by_role("button", name="Sign in again").click()
    expect(chip).to_contain_text("three.demo-wallet.eth")
    expect(nfts).to_have_count(3)
    assert [call for call in calls if call.startswith(("AWSCognitoIdentityService.", "addr"))] == []
    assert calls.count("me/name") == 2


@pytest.mark.usefixtures("complaints")
@pytest.mark.parametrize("account", CONTRACTS, ids=lambda account: account.name)
def test_the_demo_contract_wallets_let_anyone_try(
    page: Page, stack: RunningStack, account: DemoAccount
) -> None:
    page.goto(stack.site)
    connect(page, Wallet(name=account.name))
    with page.expect_response("**/prod/me/nfts*") as answer:
        page.locator("dialog[data-demo-wallet] [data-sign]").click()
        short = f"{account.address[:6]}…{account.address[-4:]}"
        chip = page.get_by_role("banner").get_by_role("button", name=short)
        expect(chip).to_be_visible(timeout=30_000)
    assert len(answer.value.json()["items"]) == 3
