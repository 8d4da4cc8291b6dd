"""A collection: what is known of it, its tokens, and what one holds of it."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import HOLDS_250, RunningStack, Wallet, sign_in

APES = "0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D"
NOTHING = "0x0000000000000000000000000000000000000001"


@pytest.mark.usefixtures("complaints")
def test_a_guest_looks_at_a_collection(page: Page, stack: RunningStack) -> None:
    page.goto(f"{stack.site}/#/c/1/{APES}")
    expect(page.get_by_role("heading", name="Bored Ape Yacht Club")).to_contain_text("Verified")
    expect(page).to_have_title("Bored Ape Yacht Club · NFT Gallery")
    main = page.get_by_role("main")
    for fact in ("10,000", "11.4 ETH", "ERC-721", "Ethereum"):
        expect(main.get_by_text(fact, exact=True).first).to_be_visible()
    links = page.get_by_role("list", name="Links").get_by_role("link")
    expect(links).to_contain_text(["etherscan.io", "opensea.io"])
    tokens = page.get_by_role("list", name="Bored Ape Yacht Club").get_by_role("listitem")
    expect(tokens.first).to_be_visible()
    tokens.first.get_by_role("link").click()
    expect(page).to_have_url(f"{stack.site}/#/t/1/{APES}/0")


@pytest.mark.usefixtures("complaints")
def test_a_holder_is_told_how_many_they_hold_and_led_to_them(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    wallet.key = HOLDS_250
    sign_in(page, stack, wallet)
    page.goto(f"{stack.site}/#/c/1/{APES}")
    held = page.get_by_role("link", name=re.compile(r"You hold \d+"))
    expect(held).to_have_attribute("href", f"#/me?chain=1&contract={APES}")


def test_an_address_without_a_collection_offers_what_else_it_may_be(
    page: Page, stack: RunningStack
) -> None:
    page.goto(f"{stack.site}/#/c/1/{NOTHING}")
    expect(page.get_by_text("There is no NFT collection at this address")).to_be_visible()
    page.get_by_role("link", name="Open it as a wallet").click()
    expect(page).to_have_url(f"{stack.site}/#/w/{NOTHING}")


@pytest.mark.usefixtures("complaints")
def test_spam_is_warned_of_and_loads_and_links_nothing_of_its_own(
    page: Page, stack: RunningStack
) -> None:
    lure = "https://claim.example/"
    asked: list[str] = []

    def as_spam(route: Route) -> None:
        details = route.fetch().json()
        details["spam"] = {"isSpam": True, "classifications": ["Airdrop", "<b>"]}
        details["links"] = {"website": lure, "discord": lure, "twitter": "x/../y"}
        picture = "https://nft-cdn.alchemy.com/eth-mainnet/banner"
        details["collection"] |= {"bannerImageUrl": picture, "imageUrl": picture}
        headers = {"access-control-allow-origin": "*"}
        route.fulfill(status=200, headers=headers, body=json.dumps(details))

    page.on("request", lambda request: asked.append(request.url))
    page.route(re.compile(rf"/contracts/{APES}\??$"), as_spam)
    page.goto(f"{stack.site}/#/c/1/{APES}")
    expect(page.get_by_role("note")).to_contain_text("This is likely spam.")
    expect(page.get_by_role("note")).to_contain_text("Airdrop, <b>")
    assert page.get_by_role("main").locator(f"a[href^='{lure}'], a[href*='x.com']").count() == 0
    assert not [url for url in asked if "nft-cdn" in url]
