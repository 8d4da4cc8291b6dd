"""How often a browser signs a wallet up, and what a sign-in costs once the user is gone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from tests.e2e.conftest import RunningStack, Wallet, connect, short, sign_in, start_stack
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
    page.get_by_role("button", name=short(wallet)).click()
    page.get_by_role("button", name="Sign out here").click()
    expect(page.get_by_role("button", name="Connect wallet")).to_be_visible()


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
    sign_in(page, stack, wallet)
    sign_out(page, wallet)
    connect(page, wallet)
    expect(page.get_by_role("button", name=short(wallet))).to_be_visible()
    assert (len(sign_ups), prompts(wallet)) == (1, 2)


@pytest.mark.usefixtures("complaints")
def test_a_wallet_sees_its_own_nfts_without_the_identity_pool(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    sign_in(page, stack, wallet)
    expect(page.get_by_role("list", name="NFTs").get_by_role("listitem")).to_have_count(3)
    assert [url for url in asked if "cognito-idp" in url]
    assert [url for url in asked if "cognito-identity" in url] == []
