"""The raw routes: who gets what, and what a failing provider looks like."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from tests.black_box.visitor import Visitor
from tests.e2e.conftest import HOLDS_0, HOLDS_3, HOLDS_250

APES = {"contractAddress": "0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D"}
OWN = {
    "getNFTsAlchemy": "pageKey",
    "getNFTsMoralis": "cursor",
    "getNFTsAlchemyLambda": "pageKey",
    "getNFTsMoralisLambda": "cursor",
}
FAULTS = {
    "fault-400": (400, "bad_request"),
    "fault-401": (502, "upstream_auth"),
    "fault-403": (502, "upstream_auth"),
    "fault-404": (404, "not_found"),
    "fault-429": (429, "rate_limited"),
    "fault-500": (502, "upstream_unavailable"),
    "fault-503": (502, "upstream_unavailable"),
    "fault-redirect": (502, "upstream_unavailable"),
}


def assert_typed_error(answer: httpx.Response, status: int, code: str) -> None:
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (status, code)
    assert set(error) == {"code", "message", "requestId"}
    assert error["requestId"] == answer.headers["x-amzn-requestid"]
    assert answer.headers["content-type"].startswith("application/json")


def tokens_of(page: dict[str, Any]) -> list[str]:
    """contract/token ids of an Alchemy or a Moralis page, lower case."""
    if "result" in page:
        return [f"{t['token_address']}/{t['token_id']}".lower() for t in page["result"]]
    return [f"{t['contract']['address']}/{t['tokenId']}".lower() for t in page["ownedNfts"]]


def test_health_is_open_to_anyone(client: Visitor) -> None:
    answer = client.get("health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.needs_stand_in
@pytest.mark.parametrize("signed_in", [False, True])
def test_guests_and_wallets_look_up_a_collection(
    client: Visitor, tokens: dict[str, str], signed_in: bool
) -> None:
    credentials = client.credentials(tokens["IdToken"] if signed_in else None)
    answer = client.signed_get("getNFTsCollectionAlchemy", credentials, APES)
    assert answer.status_code == 200
    assert len(answer.json()["nfts"]) == 100


def test_a_collection_needs_a_contract_address(client: Visitor) -> None:
    answer = client.signed_get("getNFTsCollectionAlchemy", client.credentials(), {})
    assert_typed_error(answer, 400, "missing_parameter")


@pytest.mark.needs_stand_in
@pytest.mark.parametrize(("key", "held"), [(HOLDS_0, 0), (HOLDS_3, 3), (HOLDS_250, 250)])
def test_all_four_routes_walk_the_same_tokens(client: Visitor, key: str, held: int) -> None:
    token = client.sign_in(key)["IdToken"]
    seen = {route: walk(client, token, route, OWN[route]) for route in OWN}
    assert {route: len(set(found)) for route, found in seen.items()} == dict.fromkeys(OWN, held)
    assert len({tuple(sorted(found)) for found in seen.values()}) == 1


def walk(client: Visitor, token: str, route: str, parameter: str) -> list[str]:
    """All tokens of a route, page by page."""
    found: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = client.get(route, token=token, params={parameter: cursor} if cursor else {}).json()
        found += tokens_of(page)
        cursor = page.get("pageKey") or page.get("cursor") or None
    return found


@pytest.mark.needs_stand_in
@pytest.mark.parametrize("route", OWN)
def test_a_caller_cannot_name_another_owner(
    client: Visitor, tokens: dict[str, str], route: str
) -> None:
    rich = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
    mine = tokens_of(client.get(route, token=tokens["IdToken"]).json())
    params = {"owner": rich, "address": rich, "wallet": rich, "Owner": rich}
    headers = {"owner": rich, "X-Owner": rich}
    answer = client.get(route, token=tokens["IdToken"], params=params, headers=headers)
    assert tokens_of(answer.json()) == mine


def own_lookup(client: Visitor, token: str, route: str, fault: str) -> httpx.Response:
    origin = {"Origin": client.site}
    return client.get(route, token=token, params={OWN[route]: fault}, headers=origin)


def collection_lookup(client: Visitor, fault: str) -> httpx.Response:
    params = {**APES, "pageKey": fault}
    return client.signed_get("getNFTsCollectionAlchemy", client.credentials(), params)


def assert_gives_nothing_away(client: Visitor, answer: httpx.Response) -> None:
    told = answer.text + str(answer.headers)
    assert not [key for key in client.keys if key in told]
    # the page's own origin, or any in an error of API Gateway itself
    assert answer.headers["access-control-allow-origin"] in (client.site, "*")


@pytest.mark.needs_stand_in
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("route", OWN)
def test_a_failing_provider_is_a_typed_error_and_gives_nothing_away(
    client: Visitor, tokens: dict[str, str], route: str, fault: str
) -> None:
    answer = own_lookup(client, tokens["IdToken"], route, fault)
    assert_typed_error(answer, *FAULTS[fault])
    assert_gives_nothing_away(client, answer)


@pytest.mark.needs_stand_in
@pytest.mark.parametrize("fault", FAULTS)
def test_a_failing_collection_lookup_is_a_typed_error(client: Visitor, fault: str) -> None:
    assert_typed_error(collection_lookup(client, fault), *FAULTS[fault])


@pytest.mark.needs_stand_in
def test_a_silent_provider_is_a_typed_error_on_every_route(
    client: Visitor, tokens: dict[str, str]
) -> None:
    """All at once: each takes as long as its time-out."""
    token = tokens["IdToken"]
    with ThreadPoolExecutor() as pool:
        collection = pool.submit(collection_lookup, client, "fault-slow")
        own = [pool.submit(own_lookup, client, token, route, "fault-slow") for route in OWN]
        assert_typed_error(collection.result(), 504, "upstream_timeout")
        for asked in own:
            assert_typed_error(asked.result(), 504, "upstream_timeout")
            assert_gives_nothing_away(client, asked.result())


@pytest.mark.needs_stand_in
@pytest.mark.parametrize("route", ["getNFTsAlchemyLambda", "getNFTsMoralisLambda"])
@pytest.mark.parametrize("fault", ["fault-html", "fault-truncated"])
def test_a_lambda_route_lets_no_nonsense_through(
    client: Visitor, tokens: dict[str, str], route: str, fault: str
) -> None:
    answer = client.get(route, token=tokens["IdToken"], params={OWN[route]: fault})
    assert_typed_error(answer, 502, "upstream_unavailable")


@pytest.mark.needs_stand_in
def test_a_rate_limit_says_when_to_come_back_as_the_provider_does(
    client: Visitor, tokens: dict[str, str]
) -> None:
    asked = [collection_lookup(client, "fault-429")]
    asked += [own_lookup(client, tokens["IdToken"], route, "fault-429") for route in OWN]
    assert [(answer.status_code, answer.headers["retry-after"]) for answer in asked] == [
        (429, "2")  # as the stand-ins say
    ] * len(asked)


@pytest.mark.needs_stand_in
def test_an_unknown_chain_is_refused_on_both_moralis_routes(
    client: Visitor, tokens: dict[str, str]
) -> None:
    for route, code in [
        ("getNFTsMoralis", "bad_request"),
        ("getNFTsMoralisLambda", "unsupported_chain"),
    ]:
        answer = client.get(route, token=tokens["IdToken"], params={"chain": "atlantis"})
        assert_typed_error(answer, 400, code)


def test_a_content_type_cannot_skip_the_mapping_template(
    client: Visitor, tokens: dict[str, str]
) -> None:
    headers = {"Content-Type": "text/plain"}
    for route in ("getNFTsAlchemy", "getNFTsMoralis"):
        answer = client.get(route, token=tokens["IdToken"], headers=headers)
        assert_typed_error(answer, 415, "unsupported_media_type")
