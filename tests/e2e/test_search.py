"""One box: what people paste leads to the right page and chain by one Enter."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from tests.e2e.conftest import RunningStack

BOX = "Name, address, collection or link"
APES = "0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D"
PENGUINS = "0xBd3531dA5CF5857e7CfAA92426877b022e612cf8"
HOLDER = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
LOWER = APES.lower()
# one of a kind; readSearch.test.ts has the others
PASTED = {
    APES: f"/c/1/{APES}",
    HOLDER: f"/w/{HOLDER}",
    "vitalik.eth": "/w/vitalik.eth",
    f"eip155:137/erc721:{APES}/7": f"/t/137/{APES}/7",
    "https://opensea.io/collection/pudgypenguins": f"/c/1/{PENGUINS}",
    f"https://etherscan.io/address/{HOLDER}": f"/w/{HOLDER}",
    f"https://rarible.com/token/polygon/{LOWER}:7": f"/t/137/{LOWER}/7",
    f"https://d1.cloudfront.net/#/c/1/{APES}": f"/c/1/{APES}",
}


@pytest.fixture(autouse=True)
def faults(page: Page) -> Iterator[None]:
    """Uncaught errors and CSP violations; a browser also tells of every answer that is no 200."""
    found: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            found.append(message.text)

    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", note)
    yield
    assert found == []


def look_up(page: Page, text: str) -> None:
    box = page.get_by_label(BOX)
    box.fill(text)
    box.press("Enter")


def test_each_pasted_text_leads_to_its_page_by_one_enter(page: Page, stack: RunningStack) -> None:
    page.goto(stack.site)
    for text, hash_ in PASTED.items():
        look_up(page, text)
        expect(page).to_have_url(f"{stack.site}/#{hash_}")
        expect(page.get_by_label(BOX)).to_have_value("")
        expect(page.get_by_label(BOX)).not_to_be_focused()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("https://opensea.io/collection/azuki", "what opensea.io calls a collection"),
        (APES.replace("EdA7", "eda7"), "typing mistake"),
        (f"bnb:{APES}", "a chain that this gallery does not show"),
        ("0x" + "5e" * 32, "neither a wallet nor a collection"),
        ("https://opensea.io/somebody", "somebody.s page"),
        ('"><b>x</b>\u202e gnp', "no address and no full name"),
    ],
)
def test_what_is_unknown_says_what_it_could_be(
    page: Page, stack: RunningStack, text: str, said: str
) -> None:
    page.goto(stack.site)
    look_up(page, text)
    expect(page.get_by_text(re.compile(said))).to_be_visible()
    expect(page.get_by_label(BOX)).to_have_value(text)
    assert page.locator("main b").count() == 0


def test_an_address_that_cannot_be_told_offers_both_pages(page: Page, stack: RunningStack) -> None:
    page.route("**/prod/chains/*/contracts/**", lambda route: route.abort())
    page.goto(f"{stack.site}/#/find/{HOLDER}")
    main = page.get_by_role("main")
    expect(main.get_by_role("link", name=re.compile("Wallet"))).to_be_visible()
    collection = main.get_by_role("link", name=re.compile("Collection on Ethereum"))
    expect(collection).to_have_attribute("href", f"#/c/1/{HOLDER}")


def test_keys_lead_to_the_box_and_through_its_list(page: Page, stack: RunningStack) -> None:
    page.goto(f"{stack.site}/#/compare")
    expect(page.get_by_role("heading", name="Compare providers")).to_be_visible()
    box = page.get_by_role("combobox", name=BOX)
    page.keyboard.press("/")
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    page.keyboard.type("vitalik.eth")
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options).to_have_text([re.compile("vitalik.eth.*Wallet")])
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{stack.site}/#/w/vitalik.eth")
    look_up(page, f"base:{APES}/7")
    page.get_by_role("contentinfo").click()
    page.keyboard.press("Control+k")
    expect(options).to_have_text([re.compile("NFT on Base"), re.compile("vitalik.eth")])
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{stack.site}/#/w/vitalik.eth")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_the_last_look_ups_stay_in_this_browser_until_forgotten(
    page: Page, stack: RunningStack
) -> None:
    page.goto(stack.site)
    look_up(page, APES)
    expect(page.get_by_role("heading", name="Bored Ape Yacht Club")).to_be_visible()
    page.goto(f"{stack.site}/#/")
    page.reload()
    recents = page.get_by_role("region", name="Your last look-ups")
    expect(recents.get_by_role("link", name=re.compile("Bored Ape Yacht Club"))).to_be_visible()
    recents.get_by_role("button", name="Forget these").click()
    expect(recents).to_have_count(0)
    assert APES.lower() not in page.evaluate("JSON.stringify({...localStorage}).toLowerCase()")


def test_the_chosen_chain_stays_and_is_in_the_address_of_an_owner(
    page: Page, stack: RunningStack
) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(stack.site)
    chain = page.get_by_role("banner").get_by_role("combobox", name="Chain")
    chain.hover()
    expect(chain.get_by_role("option", name="Polygon", exact=True)).to_be_attached()
    chain.select_option("Polygon")
    page.reload()
    look_up(page, "vitalik.eth")
    expect(page).to_have_url(f"{stack.site}/#/w/vitalik.eth?chain=137")
    expect(chain).to_have_value("137")
    chain.select_option("All chains")
    expect(page).to_have_url(f"{stack.site}/#/w/vitalik.eth")


def test_a_phone_has_its_ways_at_the_thumb(page: Page, stack: RunningStack) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{stack.site}/#/compare")
    bar = page.get_by_role("navigation", name="Main")
    bar.get_by_role("button", name="Search").click()
    expect(page.get_by_label(BOX)).to_be_focused()
    bar.get_by_role("link", name="Home").click()
    expect(page).to_have_url(f"{stack.site}/#/")
    bar.get_by_role("link", name="Mine").click()
    expect(page).to_have_url(f"{stack.site}/#/me")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
