"""`/_local/`: why a sign-in was refused, an expired session, a failing provider, and its page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import httpx
import jwt
import pytest
from eth_account import Account
from playwright.sync_api import Page, expect

from tests.e2e.client import Client, RefusedError, sign_text
from tests.e2e.conftest import HOLDS_3, HOLDS_250, RunningStack, start_stack

HEADERS = {"x-local": "1"}
WALLET = Account.from_key(HOLDS_3).address.lower()


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    running = start_stack(tmp_path_factory.mktemp("bench"))
    yield running
    running.stop()


def seen(bench: RunningStack, **query: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = httpx.get(
        f"{bench.site}/_local/requests.json", params=query
    ).json()["requests"]
    return found


def change(bench: RunningStack, path: str, **body: object) -> httpx.Response:
    return httpx.post(f"{bench.site}/_local/{path}", json=body, headers=HEADERS)


def sessions(bench: RunningStack, address: str) -> list[dict[str, Any]]:
    users = httpx.get(f"{bench.site}/_local/users.json").json()["users"]
    [found] = [user["sessions"] for user in users if user["username"] == address]
    return list(found)


def test_a_refused_sign_in_says_why_to_the_developer_alone(bench: RunningStack) -> None:
    client = Client(bench.site)
    client.sign_in(HOLDS_3)
    challenge = client.start(WALLET)
    message = challenge["ChallengeParameters"]["message"]
    signature = sign_text(HOLDS_250, message)
    answered = client.answer(challenge, WALLET, signature)
    assert "signer_mismatch" not in json.dumps(answered)
    newest = seen(bench)[0]
    assert (newest["route"], newest["caller"]) == ("RespondToAuthChallenge", f"wallet {WALLET}")
    assert [cause for cause in newest["causes"] if "code signer_mismatch" in cause]
    told = httpx.get(f"{bench.site}/_local/requests.json").text
    assert signature[2:] not in told
    assert answered["Session"][:20] not in told


def test_a_request_shows_who_called_by_either_kind_of_credentials(bench: RunningStack) -> None:
    client = Client(bench.site)
    tokens = client.sign_in(HOLDS_3)
    before = seen(bench)[0]["number"]
    contract = {"contractAddress": "0x" + "00" * 20}
    for credentials in (client.credentials(), client.credentials(tokens["IdToken"])):
        client.signed_get("getNFTsCollectionAlchemy", credentials, contract)
    client.get("getNFTsAlchemy", token=tokens["IdToken"])
    client.get("getNFTsAlchemy", token="garbage")
    calls = [s for s in seen(bench, after=before) if s["door"] == "API"]
    callers = [call["caller"] for call in reversed(calls)]
    assert callers[0].startswith("guest us-east-1:")
    assert callers[1:] == [f"wallet {WALLET}", f"wallet {WALLET}", ""]
    assert calls[0]["causes"][0] == "ID token: not a JWT"
    told = httpx.get(f"{bench.site}/_local/users.json").text + json.dumps(seen(bench))
    for token in tokens.values():
        assert token not in told if isinstance(token, str) else True


def test_an_expired_session_ends_as_time_would_end_it_and_others_go_on(
    bench: RunningStack,
) -> None:
    client = Client(bench.site)
    tokens = client.sign_in(HOLDS_3)
    other = client.sign_in(HOLDS_250)
    claims = jwt.decode(tokens["IdToken"], options={"verify_signature": False})
    shown = hashlib.sha256(claims["origin_jti"].encode()).hexdigest()[:16]

    def state() -> object:
        return {each["id"]: each["state"] for each in sessions(bench, WALLET)}[shown]

    assert state() == "current"
    assert change(bench, f"sessions/{shown}/expire").status_code == 200
    assert state() == "expired"
    refused = client.get("getNFTsAlchemy", token=tokens["IdToken"])
    assert (refused.status_code, refused.json()) == (
        401,
        {"message": "The incoming token has expired"},
    )
    with pytest.raises(RefusedError, match="Refresh Token has expired"):
        client.user_pool(
            "GetTokensFromRefreshToken",
            ClientId=client.config["userPoolClientId"],
            RefreshToken=tokens["RefreshToken"],
        )
    with pytest.raises(RefusedError, match="Access Token has expired"):
        client.user_pool("GetUser", AccessToken=tokens["AccessToken"])
    with pytest.raises(RefusedError, match="NotAuthorizedException"):
        client.credentials(tokens["IdToken"])
    assert client.get("getNFTsAlchemy", token=other["IdToken"]).status_code == 200
    again = client.sign_in(HOLDS_3)
    assert client.get("getNFTsAlchemy", token=again["IdToken"]).status_code == 200


def test_a_provider_fails_as_told_until_it_is_told_otherwise(bench: RunningStack) -> None:
    client = Client(bench.site)
    token = client.sign_in(HOLDS_3)["IdToken"]
    for fault, status in (("429", 429), ("500", 502), ("garbage", 500), ("", 200)):
        told = change(bench, "providers/alchemy", fault=fault).json()["providers"]
        assert {p["name"]: p["fault"] for p in told} == {"alchemy": fault, "moralis": ""}
        assert client.get("getNFTsAlchemy", token=token).status_code == status


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("providers/alchemy", {"fault": "418"}, 400),
        ("providers/alchemy", {"fault": 429}, 400),
        ("providers/alchemy", {"fault": "slow", "seconds": "5"}, 400),
        ("providers/alchemy", {"fault": "slow", "seconds": 1e9}, 400),
        ("providers/alchemy", {"fault": "429", "more": 1}, 400),
        ("providers/alchemy", {"fault": "x" * 5_000}, 400),
        ("providers/nobody", {"fault": "429"}, 404),
        ("sessions/0123456789abcdef/expire", {}, 404),
        ("nothing", {}, 404),
    ],
)
def test_a_change_that_is_not_understood_changes_nothing(
    bench: RunningStack, path: str, body: dict[str, object], status: int
) -> None:
    answer = httpx.post(f"{bench.site}/_local/{path}", json=body, headers=HEADERS)
    assert (answer.status_code, set(answer.json())) == (status, {"error"})


def test_what_is_no_json_is_refused(bench: RunningStack) -> None:
    url = f"{bench.site}/_local/providers/alchemy"
    for content in (b"", b"{", b"[]", b"\xff", b"null"):
        assert httpx.post(url, content=content, headers=HEADERS).status_code == 400


def test_the_page_shows_all_that_and_changes_it(page: Page, bench: RunningStack) -> None:
    Client(bench.site).sign_in(HOLDS_3)
    page.goto(f"{bench.site}/_local")
    expect(page.get_by_role("heading", name="Workbench")).to_be_visible()
    expect(page.get_by_role("heading", name=WALLET)).to_be_visible()
    expect(page.get_by_role("cell", name="RespondToAuthChallenge").first).to_be_visible()
    moralis = page.locator("select[data-provider=moralis]")
    moralis.select_option("503")
    expect(page.locator(".card.failing", has=moralis)).to_be_visible()
    page.locator("select[data-provider=moralis]").select_option("")
    expect(page.locator(".card.failing")).to_have_count(0)
    card = page.locator(".card", has_text=WALLET)
    current = card.get_by_role("button", name="Expire")
    before = current.count()
    current.first.click()
    expect(current).to_have_count(before - 1)


def test_another_sites_page_reaches_nothing(page: Page, bench: RunningStack) -> None:
    """The API's port is another origin of this machine, as a stranger's page would be."""
    page.goto(f"{bench.api}/prod/health")
    tried = page.evaluate(
        """async (site) => {
          const urls = ['/_local/', '/_local/users.json', '/_local/requests.json'];
          const reads = urls.map((url) => fetch(site + url).then(() => 'read', () => 'refused'));
          const writes = ['1', null].map((own) => fetch(site + '/_local/providers/moralis', {
            method: 'POST', body: '{"fault": "500"}', headers: own ? { 'x-local': own } : {},
          }).then(() => 'written', () => 'refused'));
          return Promise.all([...reads, ...writes]);
        }""",
        bench.site,
    )
    assert tried == ["refused"] * 5
    told = httpx.get(f"{bench.site}/_local/providers.json").json()["providers"]
    assert [p["fault"] for p in told] == ["", ""]
