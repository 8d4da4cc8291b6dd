"""What a visitor sees first, and what they typed before the script was there."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.e2e.conftest import RunningStack, Wallet, sign_in

BOX = "Name, address, collection or link"
SCRIPT = "**/assets/index-*.js"


@pytest.mark.usefixtures("complaints")
def test_the_first_page_is_small_shows_art_and_asks_nobody_but_the_site(
    page: Page, stack: RunningStack
) -> None:
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    page.goto(stack.site, wait_until="networkidle")
    # the local stack adds a demo wallet, which no deployed site has
    urls = [r.url for r in asked if "demo-wallet" not in r.url and not r.url.startswith("data:")]
    assert {urlsplit(url).netloc for url in urls} == {urlsplit(stack.site).netloc}
    assert len(urls) <= 6
    art = page.get_by_role("region", name="Three to begin with").locator("img")
    expect(art).to_have_count(3)
    assert page.evaluate("[...document.images].every((image) => image.naturalWidth > 0)")


@pytest.mark.usefixtures("complaints")
def test_what_is_typed_before_the_script_runs_is_kept_and_sent(
    page: Page, stack: RunningStack
) -> None:
    held: list[Route] = []
    page.route(SCRIPT, lambda route: held.append(route))

    def type_early(text: str) -> None:
        page.goto(stack.site, wait_until="commit")
        page.get_by_label(BOX).press_sequentially(text)

    type_early("vital")
    page.wait_for_function("() => true")
    held.pop().continue_()
    page.wait_for_function("document.querySelector('input[name=search]').ariaExpanded !== null")
    expect(page.get_by_label(BOX)).to_have_value("vital")
    expect(page.get_by_label(BOX)).to_be_focused()
    page.keyboard.type("ik.eth")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{stack.site}/#/w/vitalik.eth")

    page.goto("about:blank")
    type_early("nobody.eth")
    page.keyboard.press("Enter")
    assert urlsplit(page.url).fragment == ""
    held.pop().continue_()
    expect(page).to_have_url(f"{stack.site}/#/w/nobody.eth")


@pytest.mark.usefixtures("complaints")
def test_whoever_is_signed_in_begins_with_their_own(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    sign_in(page, stack, wallet)
    expect(page).to_have_url(f"{stack.site}/#/me")
    page.get_by_role("link", name="NFT Gallery, home").click()
    expect(page).to_have_url(f"{stack.site}/#/me")
