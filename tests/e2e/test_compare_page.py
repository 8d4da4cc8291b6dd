"""The raw lookups of the design documents, side by side."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.e2e.conftest import RunningStack, Wallet, sign_in

APES = "0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D"
ROUTES = {
    "Alchemy · HTTP": "getNFTsAlchemy",
    "Alchemy · Lambda": "getNFTsAlchemyLambda",
    "Moralis · HTTP": "getNFTsMoralis",
    "Moralis · Lambda": "getNFTsMoralisLambda",
}


@pytest.mark.usefixtures("complaints")
def test_a_guest_looks_up_a_collection_as_alchemy_answers(page: Page, stack: RunningStack) -> None:
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if "/prod/" in request.url else None)
    page.goto(f"{stack.site}/#/compare")
    contract = page.get_by_label("NFT contract address")
    contract.fill("0x1234")
    page.get_by_role("button", name="Look up").click()
    expect(contract).to_have_attribute("aria-invalid", "true")
    assert asked == []
    contract.fill(APES)
    page.get_by_role("button", name="Look up").click()
    tokens = page.get_by_role("list", name="NFTs by Alchemy · HTTP").get_by_role("listitem")
    expect(tokens).to_have_count(100)
    page.get_by_role("button", name="Load more").click()
    expect(tokens).to_have_count(200)
    expect(page.get_by_text("Sign in with your wallet to compare")).to_be_visible()


@pytest.mark.usefixtures("complaints")
def test_a_wallet_compares_what_it_holds_by_all_four_routes(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    sign_in(page, stack, wallet)
    asked: set[str] = set()
    page.on("request", lambda r: asked.add(r.url) if "/prod/getNFTs" in r.url else None)
    page.route("**/prod/getNFTsMoralisLambda*", describe_one_otherwise)
    page.goto(f"{stack.site}/#/compare")
    for name in ROUTES:
        column = page.get_by_role("article", name=name, exact=True)
        expect(column.get_by_role("listitem")).to_have_count(3)
        expect(column).to_contain_text(re.compile(r"\d ms"))
        expect(column).to_contain_text(re.compile(r"\d (kB|MB)"))
    assert {urlsplit(url).path.rpartition("/")[2] for url in asked} == set(ROUTES.values())
    expect(page.get_by_text("Described alike: 2. Described differently: 1.")).to_be_visible()
    row = page.get_by_role("row", name=re.compile("^Amount"))
    expect(row.get_by_role("cell")).to_have_text([re.compile("^.$")] * 3 + ["77"])
    assert page.locator("main script, main iframe, main b").count() == 0


def describe_one_otherwise(route: Route) -> None:
    response = route.fetch()
    body = response.json()
    body["result"][0] |= {"contract_type": "ERC1155", "amount": "77"}
    route.fulfill(response=response, json=body)


def test_a_failing_provider_is_explained_and_can_be_tried_again(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    def fail(route: Route) -> None:
        route.continue_(url=f"{route.request.url}?pageKey=fault-500")

    page.route(re.compile(r"/getNFTsAlchemy\??$"), fail)
    sign_in(page, stack, wallet)
    page.goto(f"{stack.site}/#/compare")
    column = page.get_by_role("article", name="Alchemy · HTTP", exact=True)
    again = column.get_by_role("button", name="Try again")
    expect(again).to_be_visible(timeout=15_000)
    page.unroute_all()
    again.click()
    expect(column.get_by_role("listitem")).to_have_count(3)
