"""The page for those who use no mouse, want no motion, or choose their own colours."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import (
    HOLDS_0,
    RunningStack,
    Wallet,
    account_chip,
    sign_in_dialog,
)
from tests.e2e.nft_pages import LISTS, answer, nft, nft_page

OWNER = Wallet(key=HOLDS_0).address
NAME = "alice.eth"
TWO = nft_page([nft(1), nft(2)])
# What has the focus and does not show it; "" where all is well.
LOST_FOCUS = """() => {
  const focused = document.activeElement;
  const {outlineStyle, outlineWidth} = getComputedStyle(focused);
  const isShown = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
  return focused !== document.body && isShown ? '' : focused.outerHTML.slice(0, 200);
}"""
HAS_FOCUS = "() => document.activeElement !== document.body"
BORDERS = """() => [...document.querySelectorAll('.button')]
  .filter((button) => button.checkVisibility())
  .map((button) => getComputedStyle(button))
  .map(({borderTopStyle, borderTopWidth, borderTopColor, backgroundColor}) =>
    borderTopStyle === 'solid' && borderTopWidth === '1px' && borderTopColor !== backgroundColor)"""


def tab_to(page: Page, target: Locator) -> None:
    """Goes there by Tab alone, and sees on the way where one is."""
    for _ in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate(LOST_FOCUS) == ""
        if target.evaluate("(element) => element === document.activeElement"):
            return
    raise AssertionError(f"Tab does not lead to {target}")


@pytest.mark.usefixtures("complaints")
def test_the_keyboard_alone_opens_a_token_goes_back_and_signs_in_and_out(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    page.route(LISTS, lambda route: answer(route, TWO))
    page.route("**/names/*", lambda route: answer(route, {"name": NAME, "address": OWNER}))
    page.goto(stack.site)
    tab_to(page, page.get_by_label("Name, address, collection or link"))
    page.keyboard.type(NAME)
    page.keyboard.press("Enter")
    card = page.get_by_role("link", name="Token 2")
    expect(card).to_be_visible()
    assert page.evaluate(HAS_FOCUS)
    tab_to(page, card)
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_focused()
    # by where it leads: the API soon gives the collection another name than the list did
    tab_to(page, dialog.locator("a[href^='#/c/']").first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Bored Ape Yacht Club")).to_be_visible()
    page.wait_for_function(HAS_FOCUS)
    page.go_back()
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_focused()
    page.go_back()
    page.wait_for_function(HAS_FOCUS)
    sign_in_and_out(page, wallet)


def sign_in_and_out(page: Page, wallet: Wallet) -> None:
    button = page.get_by_role("banner").get_by_role("button", name="Connect wallet")
    button.focus()
    page.keyboard.press("Enter")
    expect(sign_in_dialog(page)).to_be_visible()
    tab_to(page, sign_in_dialog(page).get_by_role("button", name=wallet.name))
    page.keyboard.press("Enter")
    expect(account_chip(page, wallet)).to_be_visible()
    expect(account_chip(page, wallet)).to_be_focused(timeout=30_000)
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="Sign out here"))
    page.keyboard.press("Enter")
    expect(button).to_be_visible()
    page.wait_for_function(HAS_FOCUS)


def test_nothing_moves_by_itself_where_no_motion_is_wanted(page: Page, stack: RunningStack) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 390, "height": 500})
    page.route(LISTS, lambda _: None)
    page.goto(f"{stack.site}/#/w/{OWNER}?chain=1")
    expect(page.locator(".animate-pulse").first).to_be_visible()
    assert page.evaluate("document.getAnimations().length") == 0
    page.get_by_role("link", name="Home", exact=True).click()
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.get_by_role("navigation").get_by_role("button", name="Search").click()
    assert page.evaluate("document.activeElement.getBoundingClientRect().top > 0")


def test_buttons_have_a_border_in_forced_colours(page: Page, stack: RunningStack) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{stack.site}/#/session")
    page.get_by_role("main").get_by_role("button", name="Connect wallet").click()
    expect(sign_in_dialog(page).get_by_role("button", name="look around")).to_be_visible()
    borders = page.evaluate(BORDERS)
    assert len(borders) >= 3
    assert all(borders)


def test_the_focus_is_not_hidden_under_the_bar(page: Page, stack: RunningStack) -> None:
    items = [nft(number) for number in range(60)]
    page.route(LISTS, lambda route: answer(route, nft_page(items)))
    page.set_viewport_size({"width": 390, "height": 700})
    page.goto(f"{stack.site}/#/w/{OWNER}?chain=1")
    page.get_by_role("link", name="Token 0 ").focus()
    for _ in range(12):
        page.keyboard.press("Tab")
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        top = page.evaluate("document.activeElement.getBoundingClientRect().top")
        assert top >= page.get_by_role("banner").evaluate("(bar) => bar.clientHeight")
