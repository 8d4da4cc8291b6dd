"""How often a browser signs a wallet up, and what a sign-in costs once the user is gone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from tests.e2e.conftest import (
    RunningStack,
    Wallet,
    account_chip,
    connect,
    sign_in,
    sign_in_dialog,
    start_stack,
)
from tests.e2e.test_lifecycle import ports

BLOCKED = """for (const name of ['localStorage', 'sessionStorage'])
  Object.defineProperty(window, name, { get() { throw new DOMException('', 'SecurityError') } });"""


@pytest.fixture
def sign_ups(page: Page) -> list[Request]:
    """Every SignUp that leaves the page."""
    seen: list[Request] = []

    def note(request: Request) -> None:
        if request.headers.get("x-amz-target", "").endswith(".SignUp") and request.method == "POST":
            seen.append(request)

    page.on("request", note)
    return seen


def prompts(wallet: Wallet) -> int:
    return len([method for method, _ in wallet.asked if method == "personal_sign"])


def sign_out(page: Page, wallet: Wallet) -> None:
    account_chip(page, wallet).click()
    page.get_by_role("dialog").get_by_role("button", name="Sign out here").click()
    expect(page.get_by_role("banner").get_by_role("button", name="Connect wallet")).to_be_visible()


@pytest.mark.usefixtures("complaints")
def test_a_browser_signs_a_wallet_up_once_and_again_only_if_the_user_is_gone(
    page: Page, wallet: Wallet, sign_ups: list[Request], tmp_path: Path
) -> None:
    first = start_stack(tmp_path)
    sign_in(page, first, wallet)
    sign_out(page, wallet)
    sign_in(page, first, wallet)
    sign_out(page, wallet)
    assert (len(sign_ups), prompts(wallet)) == (1, 2)
    first.stop()
    shutil.rmtree(tmp_path / "state")  # no user is left
    second = start_stack(tmp_path, **ports(first))
    sign_in(page, second, wallet)
    second.stop()
    assert (len(sign_ups), prompts(wallet)) == (2, 4)


@pytest.mark.usefixtures("complaints")
def test_a_wallet_signs_in_where_the_browser_keeps_nothing(
    page: Page, stack: RunningStack, wallet: Wallet, sign_ups: list[Request]
) -> None:
    page.add_init_script(BLOCKED)
    page.goto(stack.site)
    page.get_by_role("button", name="Connect wallet").click()
    expect(sign_in_dialog(page).get_by_role("note")).to_contain_text("keeps nothing")
    sign_in_dialog(page).get_by_role("button", name=wallet.name).click()
    expect(account_chip(page, wallet)).to_be_visible(timeout=30_000)
    sign_out(page, wallet)
    connect(page, wallet)
    expect(account_chip(page, wallet)).to_be_visible()
    account_chip(page, wallet).click()
    page.get_by_role("link", name="Your session").click()
    expect(page.get_by_role("main")).to_contain_text("It is gone when you leave or reload")
    assert (len(sign_ups), prompts(wallet)) == (1, 2)
