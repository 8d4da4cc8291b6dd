"""A session as the dApp shows and ends it, in Chromium."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.black_box.test_sessions import GRACE_SECONDS, assert_alive, assert_over, refresh
from tests.e2e.client import Client, RefusedError
from tests.e2e.conftest import RunningStack, Wallet, account_chip, short, sign_in

ANYBODY = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
GLOBAL_SIGN_OUT = "AWSCognitoIdentityProviderService.GlobalSignOut"


def open_session(page: Page, wallet: Wallet) -> None:
    account_chip(page, wallet).click()
    page.get_by_role("link", name="Your session").click()


def sign_out_everywhere(page: Page, wallet: Wallet) -> None:
    open_session(page, wallet)
    page.get_by_role("button", name="Sign out everywhere").click()
    page.get_by_role("button", name="Yes, sign out everywhere").click()


def as_guest(page: Page) -> None:
    expect(page.get_by_role("banner").get_by_role("button", name="Connect wallet")).to_be_visible()


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


@pytest.mark.usefixtures("complaints")
def test_the_session_is_shown_in_plain_words_with_its_real_end(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    sign_in(page, stack, wallet)
    open_session(page, wallet)
    main = page.get_by_role("main")
    expect(main).to_contain_text(wallet.address)
    expect(main).to_contain_text(f"Site{stack.site.partition('//')[2]}")
    expect(main).to_contain_text("Signed for chainEthereum")
    expect(main).to_contain_text(re.compile(r"Ends.+ \(in 6 days\), unless you sign out before"))
    expect(main.locator("time")).to_have_count(2)
    expect(page).to_have_title("Your session · NFT Gallery")


@pytest.mark.usefixtures("complaints")
def test_signing_out_here_leaves_the_wallets_other_session_alive(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    client = Client(stack.site)
    elsewhere = client.sign_in(wallet.key)
    sign_in(page, stack, wallet)
    here = kept_tokens(page)
    open_session(page, wallet)
    page.get_by_role("main").get_by_role("button", name="Sign out here").click()
    as_guest(page)
    assert_over(client, here)
    assert_alive(client, elsewhere)


@pytest.mark.usefixtures("complaints")
def test_a_session_of_one_tab_is_moved_there_and_gone_with_it(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    sign_in(page, stack, wallet)
    open_session(page, wallet)
    page.get_by_label("Stay signed in when the browser closes").uncheck()
    expect(page.get_by_role("main")).to_contain_text("In this tab only")
    assert "eyJ" not in page.evaluate("JSON.stringify({...localStorage})")
    assert "eyJ" in page.evaluate("JSON.stringify({...sessionStorage})")
    page.reload()
    expect(account_chip(page, wallet)).to_be_visible()
    other = page.context.new_page()
    other.goto(stack.site)
    as_guest(other)
    page.get_by_label("Stay signed in when the browser closes").check()
    other.reload()
    expect(account_chip(other, wallet)).to_be_visible()
    assert "eyJ" not in page.evaluate("JSON.stringify({...sessionStorage})")


@pytest.mark.usefixtures("complaints")
def test_an_account_is_deleted_by_a_signature_only(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    wallet.key = "0x" + "5e" * 32  # nobody else's
    sign_in(page, stack, wallet)
    here = kept_tokens(page)
    open_session(page, wallet)
    wallet.refused.add("personal_sign")
    for _ in range(2):
        page.get_by_role("button", name="Delete the account").click()
        page.get_by_role("button", name="Yes, delete: sign to confirm").click()
        if wallet.refused:
            expect(page.get_by_role("main").get_by_role("alert")).to_contain_text("You said no")
            wallet.refused.clear()
    deleted = page.get_by_role("status").filter(has_text="Nothing of your wallet is left")
    expect(deleted).to_contain_text("private/us-east-1:")
    as_guest(page)
    with pytest.raises(RefusedError):
        Client(stack.site).user_pool("GetUser", AccessToken=here["AccessToken"])


@pytest.mark.usefixtures("complaints")
def test_signing_out_everywhere_ends_this_session_and_the_others(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    client = Client(stack.site)
    elsewhere = client.sign_in(wallet.key)
    sign_in(page, stack, wallet)
    here = kept_tokens(page)
    sign_out_everywhere(page, wallet)
    expect(
        page.get_by_role("status").filter(has_text="You are signed out everywhere")
    ).to_be_visible()
    as_guest(page)
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
    sign_out_everywhere(page, wallet)
    refusal = page.get_by_role("alert").filter(has_text="was not confirmed")
    expect(refusal).to_be_visible()
    expect(account_chip(page, wallet)).to_be_visible()
    assert_alive(Client(stack.site), kept_tokens(page))


def test_a_session_continued_by_somebody_else_ends_here_and_says_so(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    client = Client(stack.site)
    page.clock.install()
    sign_in(page, stack, wallet)
    stolen = refresh(client, kept_tokens(page)["RefreshToken"])
    time.sleep(GRACE_SECONDS + 0.5)
    page.clock.fast_forward("16:00")
    open_session(page, wallet)
    told = page.get_by_role("status").filter(has_text="continued somewhere else")
    told.get_by_role("button", name=f"Sign in again as {short(wallet)}").click()
    sign_out_everywhere(page, wallet)
    expect(
        page.get_by_role("status").filter(has_text="You are signed out everywhere")
    ).to_be_visible()
    with pytest.raises(RefusedError, match="has been revoked"):
        refresh(client, stolen["RefreshToken"])


def test_a_session_ended_elsewhere_is_signed_in_again_in_place(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    client = Client(stack.site)
    page.clock.install()
    sign_in(page, stack, wallet)
    elsewhere = client.sign_in(wallet.key)
    client.user_pool("GlobalSignOut", AccessToken=elsewhere["AccessToken"])
    page.clock.fast_forward("16:00")
    open_session(page, wallet)
    ended = page.get_by_role("status").filter(has_text="What you see is from before")
    expect(ended).to_be_visible()
    page.reload()  # it is still known whose session it was
    ended.get_by_role("button", name=f"Sign in again as {short(wallet)}").click()
    expect(page.locator("time")).to_have_count(2)
    expect(ended).to_have_count(0)
    expect(page).to_have_url(f"{stack.site}/#/session")


def test_what_is_anybodys_stays_open_after_the_session_was_ended_elsewhere(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    page.clock.install()
    sign_in(page, stack, wallet)
    access_token = kept_tokens(page)["AccessToken"]
    Client(stack.site).user_pool("GlobalSignOut", AccessToken=access_token)
    page.clock.fast_forward("16:00")  # the next signature is 16 minutes off, until AWS says so
    with page.expect_response(lambda answer: "/owners/" in answer.url and answer.ok):
        page.goto(f"{stack.site}/#/w/{ANYBODY}")
