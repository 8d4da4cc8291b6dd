"""The routes over both providers behind one schema: what guests and wallets are told."""

from __future__ import annotations

import base64
import json
from typing import Any

import httpx
import pytest
from botocore.credentials import Credentials
from eth_account import Account

from tests.black_box.visitor import Visitor
from tests.e2e.conftest import HOLDS_0, HOLDS_3, HOLDS_250
from tests.unit.nft.response_schemas import violations

APES = "0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D"
KITTIES = "0x06012c8cf97BEaD5deAe237070F9587f8E7A266d"
RICH = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
CONTRACT = f"chains/1/contracts/{APES}"
LOOKUPS = {
    CONTRACT: "ContractDetails",
    f"{CONTRACT}/nfts": "NftPage",
    f"{CONTRACT}/nfts/7": "Nft",
    f"chains/1/owners/{RICH}/nfts": "NftPage",
}
OWN = {"me/nfts": 200, f"gate/1/{APES}": 204}
# A 404 in between says that the provider is well; after three failures it would not be asked.
FAILURES = ("500", "html", "404", "truncated", "slow", "404", "redirect", "401")


def error_of(answer: httpx.Response) -> tuple[int, str]:
    assert violations("Error", answer.json()) == []
    assert answer.json()["error"]["requestId"] == answer.headers["x-amzn-requestid"]
    return answer.status_code, answer.json()["error"]["code"]


def identities(page: dict[str, Any]) -> list[str]:
    return [f"{item['contract']['address']}/{item['tokenId']}" for item in page["items"]]


def walk(get: Any, route: str, **query: str) -> list[str]:
    """All tokens of a route, page by page."""
    found: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = get(route, {**query, **({"cursor": cursor} if cursor else {})}).json()
        found += identities(page)
        cursor = page["nextCursor"]
    return found


def test_anybody_is_told_the_chains(client: Visitor) -> None:
    answer = client.get("chains")
    assert answer.status_code == 200
    assert violations("Chains", answer.json()) == []
    assert answer.json()["chains"][0]["providers"] == ["alchemy", "moralis"]


@pytest.mark.needs_stand_in
@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize("route", LOOKUPS)
def test_guests_and_wallets_look_up_what_is_public(
    client: Visitor, token: str, route: str, signed_in: bool
) -> None:
    credentials = client.credentials(token if signed_in else None)
    answer = client.signed_get(route, credentials, {})
    assert answer.status_code == 200
    assert violations(LOOKUPS[route], answer.json()) == []
    assert (answer.json()["provider"], answer.json()["stale"]) == ("alchemy", False)


@pytest.mark.parametrize("route", OWN)
def test_what_is_a_wallets_own_takes_its_id_token(
    client: Visitor, guest: Credentials, route: str
) -> None:
    tokens = client.sign_in(HOLDS_3)
    assert client.get(route, token=tokens["IdToken"]).status_code == OWN[route]
    for wrong in ("", "garbage", tokens["AccessToken"], tokens["IdToken"] + "x"):
        answer = client.get(route, token=wrong)
        assert (answer.status_code, answer.text) == (401, '{"message":"Unauthorized"}')
    assert client.signed_get(route, guest, {}).status_code == 401


@pytest.mark.needs_stand_in
@pytest.mark.parametrize(("key", "held"), [(HOLDS_0, 0), (HOLDS_3, 3), (HOLDS_250, 250)])
@pytest.mark.parametrize("limit", ["100", "37"])
def test_a_walk_through_the_callers_own_tokens_has_each_once(
    client: Visitor, key: str, held: int, limit: str
) -> None:
    mine = client.sign_in(key)["IdToken"]
    found = walk(lambda r, q: client.get(r, token=mine, params=q), "me/nfts", limit=limit)
    assert (len(found), len(set(found))) == (held, held)


@pytest.mark.needs_stand_in
def test_anybodys_tokens_are_the_same_as_told_to_their_owner(
    client: Visitor, guest: Credentials
) -> None:
    rich = client.sign_in(HOLDS_250)["IdToken"]
    own = walk(lambda r, q: client.get(r, token=rich, params=q), "me/nfts")
    told = walk(lambda r, q: client.signed_get(r, guest, q), f"chains/1/owners/{RICH}/nfts")
    assert told == own


@pytest.mark.needs_stand_in
def test_a_caller_cannot_name_another_owner_of_its_own_tokens(client: Visitor, token: str) -> None:
    plain = identities(client.get("me/nfts", token=token).json())
    named = {"owner": RICH, "address": RICH, "wallet": RICH, "Owner": RICH}
    answer = client.get("me/nfts", token=token, params=named, headers={"owner": RICH})
    assert identities(answer.json()) == plain
    assert len(plain) == 3


@pytest.mark.needs_stand_in
def test_filters_choose_and_spam_is_counted_not_lost(client: Visitor) -> None:
    rich = client.sign_in(HOLDS_250)["IdToken"]
    apes = client.get("me/nfts", token=rich, params={"contract": APES}).json()
    assert {item["contract"]["address"] for item in apes["items"]} == {APES}
    everything, chosen = (
        client.get("me/nfts", token=rich, params={"limit": "100", "spam": choice}).json()
        for choice in ("include", "exclude")
    )
    spam = [item for item in everything["items"] if item["spam"]["isSpam"]]
    assert spam
    assert chosen["hiddenSpam"] == len(spam)
    assert not [item for item in chosen["items"] if item["spam"]["isSpam"]]
    elsewhere = client.get("me/nfts", token=rich, params={"chainId": "137"}).json()
    assert elsewhere["items"] == []


@pytest.mark.needs_stand_in
def test_hostile_names_arrive_as_data(client: Visitor, guest: Credentials) -> None:
    page = client.signed_get(f"chains/1/owners/{RICH}/nfts", guest, {"limit": "100"}).json()
    names = [item["name"] for item in page["items"]]
    assert any("<img src=x onerror=alert(1)>" in str(name) for name in names)
    assert str(2**256 - 1) in [item["tokenId"] for item in page["items"]]
    urls = [item["media"]["image"] and item["media"]["image"]["url"] for item in page["items"]]
    assert not [url for url in urls if url and not url.startswith(("https://", "data:image/"))]


@pytest.mark.parametrize(
    ("route", "query", "code"),
    [
        ("chains/1/contracts/0x1", {}, "invalid_address"),
        (f"chains/1/contracts/{APES.swapcase().replace('0X', '0x')}", {}, "invalid_address"),
        (f"chains/4/contracts/{APES}", {}, "unsupported_chain"),
        (f"{CONTRACT}/nfts/0x7", {}, "invalid_token_id"),
        (f"{CONTRACT}/nfts/{2**256}", {}, "invalid_token_id"),
        (f"{CONTRACT}/nfts", {"limit": "101"}, "invalid_parameter"),
        (f"{CONTRACT}/nfts", {"cursor": "forged"}, "invalid_cursor"),
        (f"chains/1/owners/{RICH}/nfts", {"spam": "maybe"}, "invalid_parameter"),
        (f"chains/1/owners/{RICH}/nfts", {"contract": "apes"}, "invalid_address"),
    ],
)
def test_what_is_not_a_question_is_a_400_with_its_code(
    client: Visitor, guest: Credentials, route: str, query: dict[str, str], code: str
) -> None:
    assert error_of(client.signed_get(route, guest, query)) == (400, code)


@pytest.mark.needs_stand_in
@pytest.mark.parametrize("route", [f"{CONTRACT}/nfts/70000", f"chains/137/contracts/{APES}"])
def test_what_nobody_knows_is_a_404(client: Visitor, guest: Credentials, route: str) -> None:
    assert error_of(client.signed_get(route, guest, {})) == (404, "not_found")


@pytest.mark.needs_stand_in
def test_a_cursor_opens_nothing_but_the_list_it_is_of(
    client: Visitor, guest: Credentials, token: str
) -> None:
    route = f"chains/1/owners/{RICH}/nfts"
    cursor = client.signed_get(route, guest, {"limit": "10"}).json()["nextCursor"]
    assert client.signed_get(route, guest, {"cursor": cursor, "limit": "10"}).status_code == 200
    body, _, seal = cursor.partition(".")
    place = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    later = base64.urlsafe_b64encode(json.dumps({**place, "exp": 2**40}).encode())
    forged = f"{later.decode().rstrip('=')}.{seal}"
    other = f"chains/1/owners/{Account.from_key(HOLDS_3).address}/nfts"
    for asked, given in (
        (other, cursor),
        (route.replace("chains/1", "chains/137"), cursor),
        (f"{CONTRACT}/nfts", cursor),
        (route, forged),
        (route, cursor[:-2]),
    ):
        answer = client.signed_get(asked, guest, {"cursor": given, "limit": "10"})
        assert error_of(answer) == (400, "invalid_cursor")
    filtered = client.signed_get(route, guest, {"cursor": cursor, "contract": APES})
    assert error_of(filtered) == (400, "invalid_cursor")
    own = client.get("me/nfts", token=token, params={"cursor": cursor})
    assert error_of(own) == (400, "invalid_cursor")


@pytest.mark.needs_stand_in
def test_no_wallet_turns_a_page_of_another_wallets_list(client: Visitor, token: str) -> None:
    rich = client.sign_in(HOLDS_250)["IdToken"]
    cursor = client.get("me/nfts", token=rich, params={"limit": "5"}).json()["nextCursor"]
    answer = client.get("me/nfts", token=token, params={"limit": "5", "cursor": cursor})
    assert error_of(answer) == (400, "invalid_cursor")
    again = client.get("me/nfts", token=rich, params={"limit": "5", "cursor": cursor})
    assert again.status_code == 200


@pytest.mark.needs_stand_in
def test_the_gate_opens_to_holders_only(client: Visitor, token: str) -> None:
    held = client.get(f"gate/1/{APES}", token=token)
    assert (held.status_code, held.content) == (204, b"")
    assert held.headers["cache-control"] == "no-store"
    for contract in (KITTIES, "0x" + "1" * 40):
        assert error_of(client.get(f"gate/1/{contract}", token=token)) == (403, "not_a_holder")
    poor = client.sign_in(HOLDS_0)["IdToken"]
    assert error_of(client.get(f"gate/1/{APES}", token=poor)) == (403, "not_a_holder")


@pytest.mark.needs_stand_in
@pytest.mark.parametrize("route", LOOKUPS)
def test_what_a_guest_has_already_is_not_sent_again(
    client: Visitor, guest: Credentials, route: str
) -> None:
    """Where one instance answers both times, before its answer is 30 seconds old: soon enough."""
    for _ in range(5):
        first = client.signed_get(route, guest, {})
        assert first.status_code == 200, first.text
        etag, (scope, _, age) = first.headers["etag"], _cache_control(first)
        assert (scope, 0 < int(age) <= 30) == ("private", True)
        given = [etag, f'"x", W/{etag}']
        again = [client.signed_get(route, guest, {}, **{"If-None-Match": each}) for each in given]
        if {answer.status_code for answer in again} == {304}:
            break
    assert [(a.status_code, a.content, a.headers["etag"]) for a in again] == [(304, b"", etag)] * 2
    other = client.signed_get(route, guest, {}, **{"If-None-Match": '"x"'})
    assert (other.status_code, bool(other.content)) == (200, True)


def test_a_page_of_100_is_small_on_the_wire(client: Visitor) -> None:
    rich = client.sign_in(HOLDS_250)["IdToken"]
    page = client.get("me/nfts", token=rich, params={"limit": 100})
    assert page.headers["content-encoding"] == "gzip"
    assert len(page.json()["items"]) == 100
    assert page.num_bytes_downloaded <= 90_000


def test_a_client_that_takes_no_compression_gets_none(client: Visitor, token: str) -> None:
    headers = {"accept-encoding": "identity"}
    page = client.get("me/nfts", token=token, headers=headers)
    assert "content-encoding" not in page.headers
    assert len(page.json()["items"]) == 3


def _cache_control(answer: httpx.Response) -> tuple[str, str, str]:
    return answer.headers["cache-control"].partition(", max-age=")


def test_the_chains_are_for_every_cache_and_what_is_a_wallets_own_for_none(
    client: Visitor, token: str
) -> None:
    cached = client.get("chains").headers["cache-control"]
    assert cached == "public, max-age=300, stale-if-error=3600"
    for route in OWN:
        answer = client.get(route, token=token)
        assert (answer.headers["cache-control"], "etag" in answer.headers) == ("no-store", False)
