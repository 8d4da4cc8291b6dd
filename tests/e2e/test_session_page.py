"""A session as the dApp shows and ends it, in Chromium."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.black_box.test_sessions import GRACE_SECONDS, assert_alive, assert_over, refresh
from tests.e2e.client import Client, RefusedError
from tests.e2e.conftest import RunningStack, Wallet, short, sign_in

APES = "0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D"
GLOBAL_SIGN_OUT = "AWSCognitoIdentityProviderService.GlobalSignOut"


def choose(page: Page, wallet: Wallet, item: str) -> None:
    page.get_by_role("button", name=short(wallet)).click()
    page.get_by_role("button", name=item).click()


def kept_tokens(page: Page) -> dict[str, str]:
    """What Amplify keeps in this browser, under Cognito's names."""
    kept: dict[str, str] = json.loads(page.evaluate("JSON.stringify({...localStorage})"))
    names = {"idToken": "IdToken", "accessToken": "AccessToken", "refreshToken": "RefreshToken"}
    found = {key.rpartition(".")[2]: value for key, value in kept.items()}
    return {name: found[key] for key, name in names.items()}


def answering_global_sign_out(answer: Callable[[Route], None]) -> Callable[[Route], None]:
    def handle(route: Route) -> None:
        is_asked = route.request.headers.get("x-amz-target") == GLOBAL_SIGN_OUT
        (answer if is_asked else Route.fallback)(route)

    return handle


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Your session")


@pytest.mark.usefixtures("complaints")
def test_the_session_is_shown_and_the_focus_comes_back(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    sign_in(page, stack, wallet)
    choose(page, wallet, "Your session")
    expect(dialog(page)).to_contain_text(wallet.address)
    expect(dialog(page)).to_contain_text(f"Site{stack.site.partition('//')[2]}")
    expect(dialog(page)).to_contain_text("Signed for chain1")
    expect(dialog(page).locator("time")).to_have_count(3)
    page.keyboard.press("Escape")
    expect(dialog(page)).to_have_count(0)
    expect(page.get_by_role("button", name=short(wallet))).to_be_focused()


@pytest.mark.usefixtures("complaints")
def test_signing_out_here_leaves_the_wallets_other_session_alive(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    client = Client(stack.site)
    elsewhere = client.sign_in(wallet.key)
    sign_in(page, stack, wallet)
    here = kept_tokens(page)
    choose(page, wallet, "Your session")
    dialog(page).get_by_role("button", name="Sign out here").click()
    expect(page.get_by_role("button", name="Connect wallet")).to_be_visible()
    assert_over(client, here)
    assert_alive(client, elsewhere)


@pytest.mark.usefixtures("complaints")
def test_signing_out_everywhere_ends_this_session_and_the_others(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    client = Client(stack.site)
    elsewhere = client.sign_in(wallet.key)
    sign_in(page, stack, wallet)
    here = kept_tokens(page)
    choose(page, wallet, "Sign out everywhere")
    expect(page.get_by_role("status")).to_contain_text("You are signed out everywhere")
    expect(page.get_by_role("button", name="Connect wallet")).to_be_visible()
    assert_over(client, here)
    assert_over(client, elsewhere)


@pytest.mark.parametrize(
    "answer",
    [
        lambda route: route.abort(),
        lambda route: route.fulfill(status=400, json={"__type": "TooManyRequestsException"}),
    ],
    ids=["no answer", "throttled"],
)
def test_an_unconfirmed_sign_out_everywhere_is_not_called_one(
    page: Page, stack: RunningStack, wallet: Wallet, answer: Callable[[Route], None]
) -> None:
    sign_in(page, stack, wallet)
    page.route("**/cognito-idp/**", answering_global_sign_out(answer))
    choose(page, wallet, "Sign out everywhere")
    refusal = page.get_by_role("alert").filter(has_text="was not confirmed")
    expect(refusal).to_be_visible()
    expect(page.get_by_role("button", name=short(wallet))).to_be_visible()
    assert_alive(Client(stack.site), kept_tokens(page))


def test_a_session_continued_by_somebody_else_ends_here_and_says_so(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    client = Client(stack.site)
    page.clock.install()
    sign_in(page, stack, wallet)
    expect(page.get_by_role("list", name="NFTs").get_by_role("listitem")).to_have_count(3)
    stolen = refresh(client, kept_tokens(page)["RefreshToken"])
    time.sleep(GRACE_SECONDS + 0.5)
    page.clock.fast_forward("16:00")
    page.get_by_role("radio", name="Moralis").click()  # not `check`: the answer takes it away
    told = page.get_by_role("alert").filter(has_text="continued somewhere else")
    expect(told).to_be_visible()
    expect(page.get_by_role("button", name="Connect wallet")).to_be_visible()
    sign_in(page, stack, wallet)
    choose(page, wallet, "Sign out everywhere")
    expect(page.get_by_role("status")).to_contain_text("You are signed out everywhere")
    with pytest.raises(RefusedError, match="has been revoked"):
        refresh(client, stolen["RefreshToken"])


@pytest.mark.usefixtures("complaints")
def test_a_session_ended_elsewhere_ends_here_at_the_next_refresh(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    client = Client(stack.site)
    page.clock.install()
    sign_in(page, stack, wallet)
    expect(page.get_by_role("list", name="NFTs").get_by_role("listitem")).to_have_count(3)
    elsewhere = client.sign_in(wallet.key)
    client.user_pool("GlobalSignOut", AccessToken=elsewhere["AccessToken"])
    page.clock.fast_forward("16:00")
    choose(page, wallet, "Your session")
    expect(page.get_by_role("status")).to_contain_text(re.compile("session has expired"))
    expect(page.get_by_role("button", name="Connect wallet")).to_be_visible()


def test_collections_stay_open_after_the_session_was_ended_elsewhere(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    page.clock.install()
    sign_in(page, stack, wallet)
    access_token = kept_tokens(page)["AccessToken"]
    Client(stack.site).user_pool("GlobalSignOut", AccessToken=access_token)
    page.clock.fast_forward("16:00")  # the next signature is 16 minutes off, until AWS says so
    page.get_by_label("NFT contract address").fill(APES)
    page.get_by_role("button", name="Look up").click()
    expect(page.get_by_role("heading", name=re.compile("Bored Ape Yacht Club"))).to_be_visible()
