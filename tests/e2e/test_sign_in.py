"""From a wallet to a session in Chromium: one dialog, no silent change of account."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, Page, Request, WebSocketRoute, expect

from tests.e2e.conftest import (
    HOLDS_250,
    RunningStack,
    Wallet,
    account_chip,
    connect,
    emit,
    install,
    short,
    sign_in,
    sign_in_dialog,
)

OTHER = Wallet(key=HOLDS_250)
SECOND = "22222222-2222-4222-8222-222222222222"
KEPT = "JSON.stringify({...localStorage, ...sessionStorage})"
NO_DEMO_WALLET = "**/demo-wallet.js"
HOLD_SIGNATURES = """() => {
  const provider = Object.values(window.__providers)[0];
  const request = provider.request.bind(provider);
  provider.request = async (call) => {
    if (call.method === 'personal_sign') await new Promise((go) => { window.__sign = go; });
    return request(call);
  };
}"""


def signed(wallet: Wallet) -> list[str]:
    """The texts that the wallet was asked to sign."""
    asked = [params[0] for method, params in wallet.asked if method == "personal_sign"]
    return [bytes.fromhex(text.removeprefix("0x")).decode() for text in asked]


def as_guest(page: Page) -> None:
    expect(page.get_by_role("banner").get_by_role("button", name="Connect wallet")).to_be_visible()


@pytest.mark.usefixtures("complaints")
def test_the_dialog_shows_the_steps_and_the_very_message_that_is_signed_once(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    page.goto(stack.site)
    page.evaluate(HOLD_SIGNATURES)
    connect(page, wallet)
    dialog = sign_in_dialog(page)
    expect(dialog.locator("[aria-current=step]")).to_contain_text("Sign", timeout=30_000)
    expect(dialog.locator("pre")).to_be_hidden()
    dialog.get_by_text("The exact message").click()
    shown = dialog.locator("pre").inner_text()
    page.evaluate("window.__sign()")
    expect(account_chip(page, wallet)).to_be_focused()
    assert signed(wallet) == [shown]
    lines = shown.split("\n")
    host = urlsplit(stack.site).netloc
    assert lines[0] == f"{host} wants you to sign in with your Ethereum account:"
    assert lines[1] == wallet.address
    assert {f"URI: {stack.site}", "Chain ID: 1"} <= {*lines}


@pytest.mark.usefixtures("complaints")
def test_a_person_may_refuse_to_sign_and_try_again_in_place(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    wallet.refused.add("personal_sign")
    page.goto(stack.site)
    connect(page, wallet)
    dialog = sign_in_dialog(page)
    expect(dialog.get_by_role("status")).to_contain_text("You said no", timeout=30_000)
    wallet.refused.clear()
    dialog.get_by_role("button", name="Try again").click()
    expect(account_chip(page, wallet)).to_be_visible()


def test_a_forged_signature_is_refused(page: Page, stack: RunningStack, wallet: Wallet) -> None:
    wallet.signing_key = HOLDS_250
    page.goto(stack.site)
    connect(page, wallet)
    refusal = "The signature was refused, so you are not signed in."
    expect(sign_in_dialog(page).get_by_role("alert")).to_contain_text(refusal, timeout=30_000)
    page.keyboard.press("Escape")
    as_guest(page)
    assert "eyJ" not in page.evaluate(KEPT)


@pytest.mark.usefixtures("complaints")
def test_a_sign_in_that_is_cancelled_leaves_nothing_behind(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    page.goto(stack.site)
    page.evaluate(HOLD_SIGNATURES)
    connect(page, wallet)
    sign_in_dialog(page).get_by_text("The exact message").wait_for(timeout=30_000)
    sign_in_dialog(page).get_by_role("button", name="Cancel").click()
    page.evaluate("window.__sign()")
    expect(sign_in_dialog(page)).to_have_count(0)
    as_guest(page)
    assert "eyJ" not in page.evaluate(KEPT)


@pytest.mark.usefixtures("complaints")
def test_a_locked_wallet_and_another_account_change_no_session_by_themselves(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    sign_in(page, stack, wallet)
    emit(page, wallet, "accountsChanged", [])
    expect(account_chip(page, wallet)).to_be_visible()
    mine, wallet.key = Wallet(key=wallet.key), HOLDS_250
    page.reload()
    asked = page.get_by_role("status").filter(has_text=f"Your wallet now shows {short(OTHER)}")
    expect(asked).to_be_visible()
    expect(account_chip(page, mine)).to_be_visible()
    asked.get_by_role("button", name="Look at it").click()
    expect(page).to_have_url(f"{stack.site}/#/w/{OTHER.address.lower()}")
    asked.get_by_role("button", name=f"Stay {short(mine)}").click()
    expect(asked).to_have_count(0)
    emit(page, wallet, "accountsChanged", ["0x000000000000000000000000000000000000dEaD"])
    emit(page, wallet, "accountsChanged", [OTHER.address])
    expect(page.get_by_role("status").filter(has_text="now shows")).to_have_count(0)
    assert len(signed(wallet)) == 1


@pytest.mark.usefixtures("complaints")
def test_the_other_account_signs_in_by_its_own_signature(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    sign_in(page, stack, wallet)
    wallet.key = HOLDS_250
    emit(page, wallet, "accountsChanged", [OTHER.address])
    page.get_by_role("button", name="Sign in as it").click()
    expect(account_chip(page, OTHER)).to_be_visible()
    assert len(signed(wallet)) == 2


@pytest.mark.usefixtures("complaints")
def test_tokens_are_refreshed_without_a_new_signature(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    refreshed: list[Request] = []

    def note(request: Request) -> None:
        target = request.headers.get("x-amz-target", "")
        if target.endswith("GetTokensFromRefreshToken"):
            refreshed.append(request)

    page.clock.install()
    sign_in(page, stack, wallet)
    kept = page.evaluate(KEPT)
    page.goto("about:blank")  # an answer on its way would teach the client the server's time
    page.on("request", note)
    page.clock.fast_forward("16:00")
    page.goto(f"{stack.site}/#/me")
    expect(page.get_by_role("list", name="NFTs").get_by_role("listitem")).to_have_count(3)
    assert refreshed
    assert page.evaluate(KEPT) != kept
    assert len(signed(wallet)) == 1


@pytest.mark.usefixtures("complaints")
def test_after_signing_out_no_token_and_no_address_stays_and_the_wallet_comes_first(
    page: Page, stack: RunningStack
) -> None:
    first, second = Wallet(), Wallet(name="Second Wallet", uuid=SECOND, rdns="org.example.second")
    install(page, first, second)
    sign_in(page, stack, second)
    page.reload()
    account_chip(page, second).click()
    page.get_by_role("button", name="Sign out here").click()
    as_guest(page)
    page.reload()
    as_guest(page)
    kept = page.evaluate(KEPT)
    assert "eyJ" not in kept
    assert second.address.lower()[2:] not in kept.lower()
    page.get_by_role("button", name="Connect wallet").click()
    listed = sign_in_dialog(page).get_by_role("listitem")
    expect(listed.first).to_have_text("Second WalletLast used")


@pytest.mark.usefixtures("complaints")
def test_two_tabs_agree(page: Page, stack: RunningStack, wallet: Wallet) -> None:
    other = page.context.new_page()
    install(other, Wallet())
    other.goto(f"{stack.site}/#/session")
    other.get_by_role("main").get_by_role("button", name="Connect wallet").click()
    sign_in(page, stack, wallet)
    expect(account_chip(other, wallet)).to_be_visible()
    expect(sign_in_dialog(other)).to_have_count(0)
    page.bring_to_front()  # a page behind another draws once a second
    account_chip(page, wallet).click()
    page.get_by_role("button", name="Sign out here").click()
    expect(
        other.get_by_role("status").filter(has_text="You signed out in another tab")
    ).to_be_visible()
    as_guest(other)


@pytest.mark.usefixtures("complaints")
def test_the_demo_wallet_lets_anyone_try(page: Page, stack: RunningStack) -> None:
    page.goto(stack.site)
    connect(page, Wallet(name="Demo wallet · 3 NFTs"))
    page.locator("dialog[data-demo-wallet] [data-sign]").click()
    expect(account_chip(page, Wallet())).to_be_visible(timeout=30_000)


@pytest.mark.usefixtures("complaints")
def test_a_legacy_wallet_without_eip_6963_works_too(page: Page, stack: RunningStack) -> None:
    wallet = Wallet()
    install(page, wallet)
    page.add_init_script(
        "const mute = (event) => event.stopImmediatePropagation();"
        "window.addEventListener('eip6963:announceProvider', mute, true);"
        "window.ethereum = Object.values(window.__providers)[0];"
    )
    page.goto(stack.site)
    connect(page, Wallet(name="Browser wallet"))
    expect(account_chip(page, wallet)).to_be_visible(timeout=30_000)


@pytest.mark.usefixtures("complaints")
def test_without_any_wallet_there_are_a_phone_and_a_look_around(
    page: Page, stack: RunningStack
) -> None:
    page.route(NO_DEMO_WALLET, lambda route: route.fulfill(content_type="text/javascript"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(stack.site)
    page.get_by_role("button", name="Connect wallet").click()
    dialog = sign_in_dialog(page)
    expect(dialog).to_contain_text("No wallet was found")
    assert not [url for url in asked if "QrCode" in url]
    dialog.get_by_role("button", name="On my phone").click()
    expect(dialog.get_by_role("img", name="QR code of this page")).to_be_visible()
    dialog.get_by_role("button", name="look around").click()
    expect(page.get_by_role("combobox", name="Name, address")).to_be_focused()
    hosts = {urlsplit(url).netloc for url in asked if not url.startswith("data:")}
    assert hosts == {urlsplit(stack.site).netloc}


@pytest.mark.usefixtures("complaints")
def test_walletconnect_is_loaded_where_the_gallery_has_a_project_and_somebody_chooses_it(
    page: Page, stack: RunningStack
) -> None:
    scripts: list[str] = []
    page.on("request", lambda request: scripts.append(request.url))
    relays: list[WebSocketRoute] = []

    def relay(socket: WebSocketRoute) -> None:
        """Takes whatever is published, as the relay does, and delivers nothing."""
        relays.append(socket)
        socket.on_message(lambda text: socket.send(accepted(str(text))))

    page.route_web_socket("wss://relay.walletconnect.org/**", relay)
    page.goto(stack.site)
    page.get_by_role("button", name="Connect wallet").click()
    offered = sign_in_dialog(page).get_by_role("button", name="WalletConnect")
    expect(sign_in_dialog(page).get_by_role("button", name="On my phone")).to_be_visible()
    expect(offered).to_have_count(0)
    config = httpx.get(f"{stack.site}/config.json").json()
    project = {"walletConnectProjectId": "0123456789abcdef0123456789abcdef"}
    page.route("**/config.json", lambda route: route.fulfill(json={**config, **project}))
    page.reload()
    page.get_by_role("button", name="Connect wallet").click()
    expect(offered).to_be_visible()
    assert not [url for url in scripts if "walletConnect" in url]
    offered.click()
    qr_code = sign_in_dialog(page).get_by_role("img", name="QR code to connect your wallet")
    expect(qr_code).to_be_visible(timeout=15_000)
    sign_in_dialog(page).get_by_role("button", name="Another wallet").click()
    offered.click()  # once more, after the relay was left
    expect(qr_code).to_be_visible(timeout=15_000)
    assert [socket for socket in relays if project["walletConnectProjectId"] in socket.url]


def accepted(text: str) -> str:
    return json.dumps({"id": json.loads(text)["id"], "jsonrpc": "2.0", "result": True})


@pytest.mark.usefixtures("complaints")
def test_a_wallet_signs_in_and_out_by_the_keyboard_alone(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    page.goto(stack.site)
    page.get_by_role("button", name="Connect wallet").focus()
    page.keyboard.press("Enter")
    expect(sign_in_dialog(page)).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")  # after "Close"
    expect(page.get_by_role("button", name=wallet.name)).to_be_focused()
    page.keyboard.press("Enter")
    expect(account_chip(page, wallet)).to_be_focused(timeout=30_000)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Sign out here").focus()
    page.keyboard.press("Enter")
    as_guest(page)


def test_a_phone_is_offered_links_into_its_wallet_apps(
    browser: Browser, stack: RunningStack
) -> None:
    page = browser.new_page(has_touch=True, is_mobile=True)
    page.goto(f"{stack.site}/#/compare")
    page.get_by_role("button", name="Connect wallet").click()
    page.get_by_role("button", name="On my phone").click()
    metamask = page.get_by_role("link", name="MetaMask")
    here = f"{urlsplit(stack.site).netloc}/#/compare"
    expect(metamask).to_have_attribute("href", f"https://link.metamask.io/dapp/{here}")
    expect(page.get_by_role("dialog").get_by_role("link")).to_have_count(4)
    page.close()
