"""What the page says while it waits, and when something is the matter."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import HOLDS_0, RunningStack, Wallet
from tests.e2e.nft_pages import LISTS, answer, nft, nft_page, refuse

OWNER = Wallet(key=HOLDS_0).address
TWO = nft_page([nft(1), nft(2)])


def open_list(page: Page, stack: RunningStack, *answers: Callable[[Route], None]) -> None:
    """Answers in turn; the last one stays."""
    left = list(answers)
    page.route(LISTS, lambda route: (left.pop(0) if len(left) > 1 else left[0])(route))
    page.goto(f"{stack.site}/#/w/{OWNER}?chain=1")


def give(page_of_nfts: dict[str, object]) -> Callable[[Route], None]:
    return lambda route: answer(route, page_of_nfts)


def refusing(status: int, code: str, **headers: str) -> Callable[[Route], None]:
    return lambda route: refuse(route, status, code, **headers)


def said(page: Page, text: str) -> None:
    region = page.get_by_role("region", name="What this wallet holds").get_by_role("status")
    expect(region).to_contain_text(text)
    expect(region.get_by_text(text)).to_be_in_viewport()


def expect_tokens(page: Page, count: int) -> None:
    cards = page.get_by_role("list", name="NFTs").get_by_role("listitem")
    expect(cards).to_have_count(count)


def test_a_request_above_four_seconds_is_called_slow(page: Page, stack: RunningStack) -> None:
    page.clock.install()
    open_list(page, stack, lambda _: None)
    expect(page.locator(".animate-pulse").first).to_be_visible()
    page.clock.fast_forward(5_000)
    said(page, "This takes longer than usual.")


def test_rate_limited_it_counts_down_and_tries_again_itself(
    page: Page, stack: RunningStack
) -> None:
    page.clock.install()
    open_list(page, stack, refusing(429, "rate_limited", retry_after="30"), give(TWO))
    said(page, "Too many requests.")
    said(page, "Next try in 30 s")
    page.clock.fast_forward(12_000)
    expect(page.get_by_text(re.compile("Next try in 1[78] s"))).to_be_visible()
    expect(page.get_by_text("Next try in")).to_have_attribute("aria-hidden", "true")
    page.clock.fast_forward(20_000)
    expect_tokens(page, 2)


def test_without_a_provider_it_says_so_and_a_person_may_try_now(
    page: Page, stack: RunningStack
) -> None:
    down = refusing(503, "providers_unavailable", retry_after="60")
    open_list(page, stack, down, give(TWO))
    said(page, "No provider answers now.")
    said(page, "Reference: r-42")
    button = page.get_by_role("button", name="Try now")
    button.focus()
    button.press("Enter")
    expect_tokens(page, 2)
    assert page.evaluate("document.activeElement.getAttribute('role')") == "status"


@pytest.mark.parametrize(
    ("status", "code", "sentence"),
    [
        (404, "no_node", "This gallery has no Ethereum node"),
        (403, "blocked", "A firewall stopped this request"),
        (401, "unauthorized", "Your session has ended."),
        (502, "list_broken", "list broke off. Load it again."),
    ],
)
def test_each_failure_is_said_in_its_own_words(
    page: Page, stack: RunningStack, status: int, code: str, sentence: str
) -> None:
    open_list(page, stack, refusing(status, code))
    said(page, sentence)


@pytest.mark.usefixtures("complaints")
@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"stale": True}, "This is what was known some time ago"),
        ({"unreadableCount": 3}, "the provider describes them badly: 3"),
        ({"hiddenSpam": 4}, "Left out as spam: 4"),
        ({"provider": "moralis"}, "Alchemy does not answer, so this comes from Moralis."),
    ],
)
def test_what_is_shown_says_what_is_wrong_with_it(
    page: Page, stack: RunningStack, more: dict[str, object], sentence: str
) -> None:
    open_list(page, stack, give({**TWO, **more}))
    said(page, sentence)
    expect_tokens(page, 2)


def test_offline_keeps_what_is_there_and_goes_on_by_itself(page: Page, stack: RunningStack) -> None:
    first = nft_page([nft(number) for number in range(100)], nextCursor="next", totalCount=150)
    second = nft_page([nft(number) for number in range(100, 150)], totalCount=150)
    open_list(
        page, stack, give(first), lambda route: route.abort("internetdisconnected"), give(second)
    )
    expect(page.get_by_text("100 of 150 loaded")).to_be_visible()
    page.context.set_offline(True)
    with page.expect_event("requestfailed"):
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    said(page, "You are offline.")
    expect(page.get_by_role("link", name="Token 99 Many")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("150 loaded", exact=True)).to_be_visible()
    expect(page.get_by_text("You are offline.")).to_have_count(0)


@pytest.mark.usefixtures("complaints")
def test_where_storage_is_blocked_a_guest_looks_around_all_the_same(
    page: Page, stack: RunningStack
) -> None:
    page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name,"
        " {get() { throw new DOMException('Access is denied', 'SecurityError'); }});"
    )
    open_list(page, stack, give(TWO))
    expect_tokens(page, 2)
    notice = page.get_by_text("This browser keeps nothing for this site.")
    expect(notice).to_be_in_viewport()
    page.get_by_role("button", name="All right").click()
    expect(notice).to_have_count(0)


def test_a_name_that_no_node_can_look_up_leads_to_the_box_for_an_address(
    page: Page, stack: RunningStack
) -> None:
    page.goto(f"{stack.site}/#/w/vitalik.eth")
    said(page, "This gallery has no Ethereum node")
    page.get_by_role("button", name="Enter an address").click()
    expect(page.get_by_label("Name, address, collection or link")).to_be_focused()


def test_a_part_that_did_not_load_is_loaded_again(page: Page, stack: RunningStack) -> None:
    page.route("**/assets/OwnerPage-*.js", lambda route: route.abort())
    open_list(page, stack, give(TWO))
    alert = page.get_by_role("alert").filter(has_text="This part of the page did not load.")
    expect(alert).to_be_visible()
    page.unroute("**/assets/OwnerPage-*.js")
    alert.get_by_role("button", name="Try again").click()
    expect_tokens(page, 2)
