"""The dApp in a real Chromium against the real stack, cross-origin and under its own CSP."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.e2e.conftest import (
    HOLDS_0,
    HOLDS_250,
    RunningStack,
    Wallet,
    connect,
    install,
    short,
    sign_in,
)

APES = "0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D"
KEPT_REFRESH_TOKEN = (
    "localStorage[Object.keys(localStorage).find((key) => key.endsWith('.refreshToken'))]"
)
OTHER_ACCOUNT = "0x000000000000000000000000000000000000dEaD"


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
    assert asked.count(f"{stack.site}/config.json") == 1  # preloaded, and not once more
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


@pytest.mark.usefixtures("complaints")
def test_the_message_is_for_this_site_and_signed_once(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    sign_in(page, stack, wallet)
    (params,) = [params for method, params in wallet.asked if method == "personal_sign"]
    lines = bytes.fromhex(params[0].removeprefix("0x")).decode().split("\n")
    host = urlsplit(stack.site).netloc
    assert lines[0] == f"{host} wants you to sign in with your Ethereum account:"
    assert lines[1] == wallet.address
    assert f"URI: {stack.site}" in lines
    assert "Chain ID: 1" in lines


@pytest.mark.usefixtures("complaints")
def test_a_large_wallet_is_walked_to_its_end(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    wallet.key = HOLDS_250
    sign_in(page, stack, wallet)
    expect(page.get_by_text(re.compile("100 of 250 NFTs"))).to_be_visible()
    page.get_by_role("button", name="Load more").click()
    expect(page.get_by_text(re.compile("200 of 250 NFTs"))).to_be_visible()
    page.get_by_role("button", name="Load more").click()
    expect(page.get_by_text(re.compile("250 NFTs"))).to_be_visible()
    expect(page.get_by_role("button", name="Load more")).to_have_count(0)


@pytest.mark.usefixtures("complaints")
@pytest.mark.parametrize("provider", ["Alchemy", "Moralis"])
def test_awkward_tokens_are_shown_as_data(
    page: Page, stack: RunningStack, wallet: Wallet, provider: str
) -> None:
    wallet.key = HOLDS_250
    sign_in(page, stack, wallet)
    page.get_by_role("radio", name=provider).check()
    expect(page.get_by_text(f"From {provider}")).to_be_visible()
    expect(page.get_by_text("x15", exact=True)).to_be_visible()
    page.get_by_role("button", name=re.compile("likely spam")).click()
    expect(page.get_by_text("Likely spam", exact=True).first).to_be_visible()
    assert (
        page.evaluate("document.querySelectorAll('main script, main iframe, main b').length") == 0
    )


@pytest.mark.usefixtures("complaints")
def test_an_empty_wallet_is_told_so(page: Page, stack: RunningStack, wallet: Wallet) -> None:
    wallet.key = HOLDS_0
    sign_in(page, stack, wallet)
    expect(page.get_by_text("No NFTs found")).to_be_visible()


@pytest.mark.usefixtures("complaints")
def test_a_person_may_refuse_to_sign(page: Page, stack: RunningStack, wallet: Wallet) -> None:
    wallet.refused.add("personal_sign")
    page.goto(stack.site)
    connect(page, wallet)
    expect(page.get_by_role("status")).to_contain_text(
        re.compile("declined|refused|rejected|cancel")
    )
    expect(page.get_by_role("button", name="Connect wallet")).to_be_visible()


def test_a_forged_signature_is_refused(page: Page, stack: RunningStack, wallet: Wallet) -> None:
    wallet.signing_key = HOLDS_250
    page.goto(stack.site)
    connect(page, wallet)
    refusal = "The signature was refused, so you are not signed in."
    expect(page.get_by_role("alert").filter(has_text=refusal)).to_be_visible()
    expect(page.get_by_role("button", name="Connect wallet")).to_be_visible()
    expect(page.get_by_role("heading", name="My NFTs")).to_have_count(0)


@pytest.mark.usefixtures("complaints")
def test_a_changed_account_is_signed_out(page: Page, stack: RunningStack, wallet: Wallet) -> None:
    sign_in(page, stack, wallet)
    emit = "([id, account]) => window.__providers[id].emit('accountsChanged', [account])"
    page.evaluate(emit, [wallet.uuid, OTHER_ACCOUNT])
    expect(page.get_by_role("status")).to_contain_text("Wallet account changed")
    expect(page.get_by_role("button", name="Connect wallet")).to_be_visible()


@pytest.mark.usefixtures("complaints")
def test_a_session_of_another_account_does_not_survive_a_reload(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    sign_in(page, stack, wallet)
    wallet.key = HOLDS_250
    page.reload()
    expect(page.get_by_role("status")).to_contain_text("Wallet account changed")
    expect(page.get_by_role("button", name="Connect wallet")).to_be_visible()


def test_a_failing_provider_is_explained_and_can_be_tried_again(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    def fail(route: Route) -> None:
        route.continue_(url=f"{route.request.url}?pageKey=fault-500")

    page.route("**/prod/getNFTsAlchemy", fail)
    sign_in(page, stack, wallet)
    alert = page.get_by_role("region", name="My NFTs").get_by_role("alert")
    expect(alert).to_be_visible(timeout=15_000)
    page.unroute("**/prod/getNFTsAlchemy", fail)
    alert.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("list", name="NFTs").get_by_role("listitem")).to_have_count(3)


@pytest.mark.usefixtures("complaints")
def test_tokens_are_refreshed_without_a_new_signature(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    page.clock.install()
    sign_in(page, stack, wallet)
    first = page.evaluate(KEPT_REFRESH_TOKEN)
    refreshed: list[Request] = []

    def note(request: Request) -> None:
        target = request.headers.get("x-amz-target", "")
        if target.endswith("GetTokensFromRefreshToken"):
            refreshed.append(request)

    page.on("request", note)
    page.clock.fast_forward("16:00")
    page.get_by_role("radio", name="Moralis").check()
    expect(page.get_by_text("From Moralis")).to_be_visible()
    expect(page.get_by_role("list", name="NFTs").get_by_role("listitem")).to_have_count(3)
    assert refreshed
    assert page.evaluate(KEPT_REFRESH_TOKEN) not in (None, first)
    assert len([method for method, _ in wallet.asked if method == "personal_sign"]) == 1


@pytest.mark.usefixtures("complaints")
def test_the_demo_wallet_lets_anyone_try(page: Page, stack: RunningStack) -> None:
    page.goto(stack.site)
    demo = Wallet(name="Demo wallet · 3 NFTs")
    connect(page, demo)
    page.locator("dialog[data-demo-wallet] [data-sign]").click()
    expect(page.get_by_role("button", name="0xf39F…2266")).to_be_visible()
    expect(page.get_by_role("list", name="NFTs").get_by_role("listitem")).to_have_count(3)


@pytest.mark.usefixtures("complaints")
def test_a_legacy_wallet_without_eip_6963_works_too(page: Page, stack: RunningStack) -> None:
    wallet = Wallet()
    install(page, wallet)
    page.add_init_script(
        "const mute = (event) => event.stopImmediatePropagation();"
        "window.addEventListener('eip6963:announceProvider', mute, true);"
        "window.ethereum = Object.values(window.__providers)[0];"
    )
    page.goto(stack.site)
    page.get_by_role("button", name="Connect wallet").click()
    expect(page.get_by_role("button", name=short(wallet))).to_be_visible()


@pytest.mark.usefixtures("complaints")
def test_without_any_wallet_the_page_says_what_to_do(page: Page, stack: RunningStack) -> None:
    page.route(
        "**/demo-wallet.js", lambda route: route.fulfill(body="", content_type="text/javascript")
    )
    page.goto(stack.site)
    page.get_by_role("button", name="Connect wallet").click()
    expect(page.get_by_text(re.compile("No wallet found"))).to_be_visible()
