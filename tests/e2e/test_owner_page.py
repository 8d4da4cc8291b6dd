"""What an owner holds, `#/me` and `#/w/…`, in a real Chromium against the real stack."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from stand_ins.faults import fault_address
from tests.e2e.conftest import (
    HOLDS_0,
    HOLDS_250,
    RunningStack,
    Wallet,
    sign_in,
)
from tests.e2e.nft_pages import LISTS, answer, chain, nft, nft_page, refuse, serve_many

ROW_STYLE = "document.querySelector('[role=listitem]')?.parentElement.style.gridTemplateColumns"
FIRST_CARD = (
    "[...document.querySelectorAll('[role=listitem]')]"
    ".find((card) => card.getBoundingClientRect().bottom > 70)"
)
TO_THE_END = "scrollTo(0, document.documentElement.scrollHeight)"


def open_owner(page: Page, stack: RunningStack, owner: str, options: str = "") -> None:
    page.goto(f"{stack.site}/#/w/{owner}{options}")


def cards_of(page: Page) -> Locator:
    return page.get_by_role("list", name="NFTs").get_by_role("listitem")


def address_of(key: str) -> str:
    return Wallet(key=key).address


@pytest.mark.usefixtures("complaints")
def test_a_large_wallet_is_walked_to_its_end_by_scrolling(page: Page, stack: RunningStack) -> None:
    open_owner(page, stack, address_of(HOLDS_250), "?chain=1")
    count = page.get_by_text(re.compile(r"\d+ (of 250 )?loaded"))
    expect(count).to_have_text("100 of 250 loaded")
    for loaded in ("200 of 250 loaded", "250 loaded"):
        page.evaluate(TO_THE_END)
        expect(count).to_have_text(loaded)
    page.evaluate(TO_THE_END)
    # one token is spam, and in the tab of what is hidden
    expect(page.locator('[aria-posinset="249"]')).to_be_visible()
    expect(page.locator('[aria-posinset="249"]')).to_have_attribute("aria-setsize", "249")


@pytest.mark.usefixtures("complaints")
def test_an_owner_has_a_name_an_address_and_a_provenance(page: Page, stack: RunningStack) -> None:
    address = address_of(HOLDS_250)
    named = {"name": "many.eth", "address": address}
    page.route("**/addresses/*/name*", lambda route: answer(route, named))
    open_owner(page, stack, address, "?chain=1")
    expect(page.get_by_role("heading", level=1)).to_have_text("many.eth")
    expect(page).to_have_title("many.eth · NFT Gallery")
    explorer = page.get_by_role("link", name=re.compile("Explorer"))
    expect(explorer).to_have_attribute("href", f"https://etherscan.io/address/{address}")
    expect(explorer).to_contain_text("etherscan.io")
    page.get_by_text(
        re.compile(r"As of block [\d,]+, (just now|\d+ seconds ago), from Alchemy")
    ).click()
    expect(page.get_by_text("Hash of the block")).to_be_visible()


@pytest.mark.usefixtures("complaints")
def test_an_empty_wallet_is_told_so(page: Page, stack: RunningStack) -> None:
    open_owner(page, stack, address_of(HOLDS_0), "?chain=1")
    expect(page.get_by_text("No NFTs found")).to_be_visible()


@pytest.mark.usefixtures("complaints")
def test_all_chains_are_looked_through_one_after_the_other(page: Page, stack: RunningStack) -> None:
    chains: list[str] = []
    page.on("request", lambda r: chains.append(r.url.split("/")[-4]) if "/nfts?" in r.url else None)
    page.route(LISTS, lambda route: answer(route, nft_page([])))
    known = [chain(1, "Ethereum"), chain(5, "Trial", testnet=True), chain(137, "Polygon")]
    page.route("**/prod/chains*", lambda route: answer(route, {"chains": known}))
    open_owner(page, stack, address_of(HOLDS_0))
    expect(page.get_by_text("No NFTs found")).to_be_visible()
    assert chains == ["1", "137"]


@pytest.mark.usefixtures("complaints")
def test_awkward_tokens_are_shown_as_data(page: Page, stack: RunningStack) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_owner(page, stack, address_of(HOLDS_250), "?chain=1")
    tokens = page.get_by_role("list", name="NFTs")
    expect(tokens.get_by_role("link", name="15 held")).to_be_visible()
    expect(tokens.get_by_text("Likely spam")).to_have_count(0)
    page.get_by_role("link", name="Hidden (1)").click()
    spam = page.get_by_role("list", name="Hidden NFTs").get_by_role("listitem")
    expect(spam).to_contain_text("Likely spam")
    expect(spam).to_contain_text("The provider says so.")
    expect(spam.locator("img")).to_have_count(0)
    page.get_by_role("link", name="All", exact=True).click()
    page.get_by_label("Search what is loaded").fill("<b>Bold")
    expect(tokens.get_by_role("listitem")).to_have_count(1)
    assert page.locator("main script, main iframe, main b").count() == 0
    assert not [url for url in asked if "usdc-claim.example" in url]


@pytest.mark.usefixtures("complaints")
def test_what_a_person_chose_stands_in_the_address(page: Page, stack: RunningStack) -> None:
    open_owner(page, stack, address_of(HOLDS_250), "?chain=1")
    page.get_by_label("Standard").select_option("ERC-1155")
    page.get_by_label("Order").select_option("By name")
    page.get_by_label("Search what is loaded").fill("card")
    expect(page.get_by_text("shown")).to_be_visible()
    expect(page).to_have_url(re.compile(r"type=ERC1155&sort=name&search=card$"))
    cards = cards_of(page)
    before = cards.all_inner_texts()
    assert before
    page.reload()
    expect(page.get_by_label("Standard")).to_have_value("ERC1155")
    expect(cards.first).to_have_text(before[0].replace("\n", ""), use_inner_text=False)


@pytest.mark.usefixtures("complaints")
def test_a_collection_leads_to_all_that_is_held_of_it(page: Page, stack: RunningStack) -> None:
    open_owner(page, stack, address_of(HOLDS_250), "?chain=1&tab=collections")
    page.get_by_role("list", name="Collections").get_by_role("link", name="Pudgy").click()
    expect(page.get_by_label("Collection", exact=True)).to_have_value(re.compile("^1:0x"))
    expect(page.get_by_text("48 shown · 48 loaded")).to_be_visible()


def test_a_name_that_nobody_has_is_said(page: Page, stack: RunningStack) -> None:
    for route in ("**/names/nobody.eth*", LISTS):
        page.route(route, lambda route: refuse(route, 404, "not_found"))
    open_owner(page, stack, "nobody.eth")
    expect(page.get_by_text("Nobody has this name")).to_be_visible()


@pytest.mark.usefixtures("complaints")
def test_a_guest_is_told_to_connect(page: Page, stack: RunningStack) -> None:
    page.goto(f"{stack.site}/#/me")
    expect(page.get_by_text("Connect your wallet to see what you hold")).to_be_visible()


@pytest.mark.usefixtures("complaints")
def test_the_first_own_row_is_in_view_at_once(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    page.set_viewport_size({"width": 390, "height": 700})
    sign_in(page, stack, wallet)
    page.goto(f"{stack.site}/#/me")
    first = cards_of(page).first
    expect(first).to_be_visible()
    expect(first).to_be_in_viewport(ratio=0.9)
    assert page.evaluate("scrollY") == 0


@pytest.mark.usefixtures("complaints")
def test_of_ten_thousand_tokens_few_are_in_the_document(page: Page, stack: RunningStack) -> None:
    serve_many(page, 10_000, each=10_000)
    open_owner(page, stack, address_of(HOLDS_0), "?chain=1")
    expect(page.get_by_text("10,000 loaded")).to_be_visible(timeout=15_000)
    page.evaluate("scrollTo(0, 200 * innerHeight)")
    for width, columns in ((2560, 12), (1440, 6), (320, 2)):
        page.set_viewport_size({"width": width, "height": 1440})
        expect(cards_of(page).first).to_be_visible()
        page.wait_for_function(f"() => {ROW_STYLE}?.includes('({columns},')")
        assert page.evaluate("document.querySelectorAll('*').length") <= 3000
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.usefixtures("complaints")
def test_other_columns_keep_the_same_card_first(page: Page, stack: RunningStack) -> None:
    serve_many(page, 1_000, each=500)
    open_owner(page, stack, address_of(HOLDS_0), "?chain=1")
    expect(cards_of(page).first).to_be_visible()
    page.evaluate("scrollTo(0, 8000)")
    page.wait_for_function(f"() => {FIRST_CARD}?.ariaPosInSet > 100")
    before = int(page.evaluate(f"{FIRST_CARD}.ariaPosInSet"))
    page.set_viewport_size({"width": 700, "height": 900})
    page.wait_for_function(f"() => {ROW_STYLE}?.includes('(3,')")
    page.wait_for_function(f"() => Math.abs({FIRST_CARD}?.ariaPosInSet - {before}) <= 6")


@pytest.mark.usefixtures("complaints")
def test_back_keeps_the_place(page: Page, stack: RunningStack) -> None:
    serve_many(page, 1_000)
    open_owner(page, stack, address_of(HOLDS_0), "?chain=1")
    expect(page.get_by_text("100 of 1,000 loaded")).to_be_visible()
    for loaded in (200, 300):
        page.evaluate(TO_THE_END)
        expect(page.get_by_text(f"{loaded} of 1,000 loaded")).to_be_visible()
    page.evaluate("scrollTo(0, 4321)")
    page.get_by_role("link", name="NFT Gallery, home").click()
    expect(page.get_by_role("list", name="NFTs")).to_have_count(0)
    page.go_back()
    expect(page.get_by_text("300 of 1,000 loaded")).to_be_visible()
    expect(cards_of(page).first).to_be_visible()
    assert page.evaluate("scrollY") == 4321


@pytest.mark.usefixtures("complaints")
def test_a_card_that_is_scrolled_away_takes_no_focus_with_it(
    page: Page, stack: RunningStack
) -> None:
    serve_many(page, 1_000, each=500)
    open_owner(page, stack, address_of(HOLDS_0), "?chain=1")
    card = page.get_by_role("link", name="Token 3 Many")
    card.focus()
    page.evaluate(TO_THE_END)
    expect(card).to_have_count(0)
    expect(page.get_by_role("list", name="NFTs")).to_be_focused()
    page.evaluate("scrollTo(0, 0)")
    expect(card).to_be_focused()


@pytest.mark.usefixtures("complaints")
def test_the_keyboard_goes_through_the_cards_in_order(page: Page, stack: RunningStack) -> None:
    serve_many(page, 200, each=200)
    open_owner(page, stack, address_of(HOLDS_0), "?chain=1")
    page.get_by_role("link", name="Token 0 Many").focus()
    for _ in range(60):
        page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Token 60 Many")).to_be_focused()


@pytest.mark.usefixtures("complaints")
def test_where_a_provider_fails_the_other_is_named(page: Page, stack: RunningStack) -> None:
    open_owner(page, stack, fault_address("alchemy", "500"), "?chain=1")
    expect(page.get_by_text("Alchemy does not answer, so this comes from Moralis.")).to_be_visible()
    expect(cards_of(page)).to_have_count(3)


@pytest.mark.usefixtures("complaints")
def test_a_token_that_comes_twice_is_shown_once(page: Page, stack: RunningStack) -> None:
    page.route(LISTS, lambda route: answer(route, nft_page([nft(1), nft(2), nft(1)])))
    open_owner(page, stack, address_of(HOLDS_0), "?chain=1")
    expect(cards_of(page)).to_have_count(2)
