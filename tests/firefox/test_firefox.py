"""The gallery in Firefox: what a guest sees, a sign-in, and what a holder sees."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.conftest import RunningStack, Wallet, install, sign_in

APES = "0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D"
IS_DRAWN = "(image) => image.naturalWidth > 0"
FITS = "document.documentElement.scrollWidth <= innerWidth"


def see(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", name=name).first).to_be_visible()
    assert page.evaluate(FITS)


def test_a_guest_looks_at_a_collection_and_a_token(
    page: Page, stack: RunningStack, faults: list[str]
) -> None:
    page.goto(stack.site)
    see(page, "Three to begin with")
    box = page.get_by_label("Name, address, collection or link")
    box.fill(f"https://etherscan.io/token/{APES}")
    box.press("Enter")
    see(page, "Bored Ape Yacht Club")
    tokens = page.get_by_role("list", name="Bored Ape Yacht Club").get_by_role("listitem")
    tokens.first.get_by_role("link").click()
    expect(page).to_have_url(f"{stack.site}/#/t/1/{APES}/0")
    see(page, "Bored Ape #0")
    page.goto(f"{stack.site}/?alone#/t/1/{APES}/7")
    see(page, "Bored Ape #7")
    assert faults == []


def test_a_wallet_signs_in_and_sees_its_first_nft(
    page: Page, stack: RunningStack, faults: list[str]
) -> None:
    wallet = Wallet()
    install(page, wallet)
    sign_in(page, stack, wallet)
    expect(page).to_have_url(f"{stack.site}/#/me")
    card = page.get_by_role("list", name="NFTs").get_by_role("link").first
    expect(card).to_be_in_viewport(ratio=0.9)
    expect(card.locator("img")).to_be_visible()
    page.wait_for_function(IS_DRAWN, arg=card.locator("img").element_handle())
    assert page.evaluate(FITS)
    assert faults == []


def test_what_the_policy_forbids_is_noticed(
    page: Page, stack: RunningStack, faults: list[str]
) -> None:
    page.goto(stack.site)
    with page.expect_console_message(lambda message: message.text.startswith("CSP img-src")):
        page.evaluate("void (new Image().src = 'https://x.invalid/')")
    assert faults != []
