"""The dApp in a real Chromium against the real stack, cross-origin and under its own CSP."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, expect

from tests.e2e.conftest import (
    RunningStack,
    Wallet,
    short,
    sign_in,
)

APES = "0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D"
KEPT_REFRESH_TOKEN = (
    "localStorage[Object.keys(localStorage).find((key) => key.endsWith('.refreshToken'))]"
)


@pytest.mark.usefixtures("complaints")
def test_a_guest_looks_up_a_collection(page: Page, stack: RunningStack) -> None:
    page.goto(stack.site)
    page.get_by_label("NFT contract address").fill(APES)
    page.get_by_role("button", name="Look up").click()
    nfts = page.get_by_role("list", name="NFTs").get_by_role("listitem")
    expect(nfts).to_have_count(100)
    expect(page.get_by_role("heading", name=re.compile("Bored Ape Yacht Club"))).to_be_visible()
    expect(page.get_by_text("From Alchemy · HTTP integration")).to_be_visible()
    page.get_by_role("button", name="Load more").click()
    expect(nfts).to_have_count(200)


@pytest.mark.usefixtures("complaints")
def test_an_address_that_is_none_is_said_before_anything_is_asked(
    page: Page, stack: RunningStack
) -> None:
    page.goto(stack.site)
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if "/prod/" in request.url else None)
    page.get_by_label("NFT contract address").fill("0x1234")
    page.get_by_role("button", name="Look up").click()
    expect(page.get_by_label("NFT contract address")).to_have_attribute("aria-invalid", "true")
    assert asked == []


@pytest.mark.usefixtures("complaints")
def test_loading_asks_nobody_but_the_site_itself(page: Page, stack: RunningStack) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(stack.site, wait_until="networkidle")
    hosts = {urlsplit(url).netloc for url in asked if not url.startswith("data:")}
    assert hosts == {urlsplit(stack.site).netloc}


@pytest.mark.usefixtures("complaints")
def test_a_wallet_signs_in_sees_its_nfts_by_all_four_routes_and_signs_out(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    routes: list[str] = []
    page.on("request", lambda r: routes.append(r.url) if "/prod/getNFTs" in r.url else None)
    sign_in(page, stack, wallet)
    own = page.get_by_role("list", name="NFTs").get_by_role("listitem")
    for provider in ("Alchemy", "Moralis"):
        for integration in ("HTTP", "Lambda"):
            page.get_by_role("radio", name=provider).check()
            page.get_by_role("radio", name=integration).check()
            expect(page.get_by_text(f"From {provider} · {integration} integration")).to_be_visible()
            expect(own).to_have_count(3)
    assert {urlsplit(url).path.rpartition("/")[2] for url in routes} == {
        *("getNFTsAlchemy", "getNFTsAlchemyLambda", "getNFTsMoralis", "getNFTsMoralisLambda"),
    }
    page.reload()
    expect(page.get_by_role("button", name=short(wallet))).to_be_visible()
    expect(own).to_have_count(3)
    page.get_by_role("button", name=short(wallet)).click()
    page.get_by_role("button", name="Sign out here").click()
    expect(page.get_by_role("button", name="Connect wallet")).to_be_visible()
    expect(page.get_by_role("heading", name="My NFTs")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("button", name="Connect wallet")).to_be_visible()
    assert not page.evaluate("JSON.stringify({...localStorage, ...sessionStorage}).includes('eyJ')")
