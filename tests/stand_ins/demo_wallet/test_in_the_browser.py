"""The script in Chromium, under the strictest CSP a page of the gallery has."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest
from eth_account import Account
from eth_account.messages import encode_defunct
from playwright.sync_api import Page, Playwright, sync_playwright
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from stand_ins.demo_wallet.accounts import ACCOUNTS
from stand_ins.demo_wallet.wallet import demo_wallet_routes
from tests.fixtures.asgi_server import asgi_server

CHROMIUM = shutil.which("chromium")
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
PAGE = '<!doctype html><title>gallery</title><script src="/demo-wallet.js" defer></script>'
# What mipd does: listen, then ask.
DISCOVER = """() => new Promise((resolve) => {
  window.found = new Map();
  addEventListener('eip6963:announceProvider', (e) => found.set(e.detail.info.name, e.detail));
  dispatchEvent(new Event('eip6963:requestProvider'));
  resolve([...found.values()].map(({info}) => info));
})"""
REQUEST = """([name, method, params]) =>
  found.get(name).provider.request({method, params}).then(
    (result) => ({result}), (error) => ({code: error.code, message: error.message}))"""
START = """([name, method, params]) => { window.answer =
  found.get(name).provider.request({method, params}).then(
    (result) => ({result}), (error) => ({code: error.code})); }"""
MESSAGE = "localhost wants you to sign in\n<b>ünïcode</b>"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs /usr/bin/chromium")


def gallery(origin: str) -> Starlette:
    async def page(_request: Request) -> Response:
        return HTMLResponse(PAGE, headers={"Content-Security-Policy": CSP})

    return Starlette(routes=[Route("/", page), *demo_wallet_routes(allowed_origins={origin})])


@dataclass
class Browser:
    """One page, driven from a thread of its own: Playwright's sync API takes its thread over."""

    thread: ThreadPoolExecutor
    page: Page
    complaints: list[str]

    def run(self, test: Callable[[Page], None]) -> None:
        self.thread.submit(self._run, test).result()

    def _run(self, test: Callable[[Page], None]) -> None:
        self.page.evaluate(DISCOVER)
        test(self.page)


@pytest.fixture(scope="module")
def browser_here() -> Iterator[Browser]:
    with asgi_server(gallery) as origin, ThreadPoolExecutor(1) as thread:
        playwright = thread.submit(sync_playwright().start).result()
        here = thread.submit(_open, playwright, origin, thread).result()
        yield here
        thread.submit(playwright.stop).result()
    assert [line for line in here.complaints if "favicon" not in line] == []


def _open(playwright: Playwright, origin: str, thread: ThreadPoolExecutor) -> Browser:
    browser = playwright.chromium.launch(
        executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
    )
    here = Browser(thread, browser.new_page(), [])
    here.page.on("console", lambda line: here.complaints.append(line.text))
    here.page.on("pageerror", lambda error: here.complaints.append(str(error)))
    here.page.goto(origin)
    return here


def in_chromium(test: Callable[[Page], None]) -> Callable[[Browser], None]:
    def run(browser_here: Browser) -> None:
        browser_here.run(test)

    run.__name__, run.__doc__ = test.__name__, test.__doc__
    return run


def request(page: Page, method: str, params: list[str], index: int = 0) -> Any:
    return page.evaluate(REQUEST, [ACCOUNTS[index].name, method, params])


def signing(page: Page, index: int = 0) -> None:
    """Connected, with the dialog open."""
    request(page, "eth_requestAccounts", [], index)
    params = [f"0x{MESSAGE.encode().hex()}", ACCOUNTS[index].address]
    page.evaluate(START, [ACCOUNTS[index].name, "personal_sign", params])
    page.wait_for_selector("dialog[open]")


@in_chromium
def test_announces_five_wallets_and_leaves_window_ethereum_alone(page: Page) -> None:
    discovered = page.evaluate(DISCOVER)
    assert [info["name"] for info in discovered] == [account.name for account in ACCOUNTS]
    assert len({info["uuid"] for info in discovered}) == 5
    assert len({info["rdns"] for info in discovered}) == 5
    assert all(info["icon"].startswith("data:image/svg+xml,") for info in discovered)
    assert page.evaluate("'ethereum' in window") is False


@in_chromium
def test_knows_no_account_and_signs_nothing_before_it_is_connected(page: Page) -> None:
    assert request(page, "eth_accounts", [], 2) == {"result": []}
    message = ["0x00", ACCOUNTS[2].address]
    assert request(page, "personal_sign", message, 2)["code"] == 4100
    assert page.locator("dialog").count() == 0


@in_chromium
def test_tells_its_listeners_when_it_is_connected_and_remembers_it(page: Page) -> None:
    page.evaluate(
        """(name) => { window.told = [];
        found.get(name).provider.on('accountsChanged', (accounts) => told.push(accounts)); }""",
        ACCOUNTS[1].name,
    )
    request(page, "eth_requestAccounts", [], 1)
    assert page.evaluate("told") == [[ACCOUNTS[1].address]]
    page.reload()
    page.evaluate(DISCOVER)
    assert request(page, "eth_accounts", [], 1) == {"result": [ACCOUNTS[1].address]}


@in_chromium
def test_shows_the_message_as_text_and_signs_it_on_sign(page: Page) -> None:
    signing(page)
    assert page.locator("dialog pre").inner_text() == MESSAGE
    assert page.locator("dialog pre b").count() == 0
    assert page.locator("dialog").evaluate("d => getComputedStyle(d).borderRadius") == "16px"
    page.get_by_role("button", name="Sign").click()
    signature = page.evaluate("answer")["result"]
    signer = Account.recover_message(encode_defunct(text=MESSAGE), signature=signature)
    assert signer == ACCOUNTS[0].address
    assert page.locator("dialog").count() == 0


@in_chromium
def test_does_not_sign_on_refuse_or_escape(page: Page) -> None:
    signing(page)
    page.get_by_role("button", name="Refuse").click()
    assert page.evaluate("answer") == {"code": 4001}
    signing(page)
    page.keyboard.press("Escape")
    assert page.evaluate("answer") == {"code": 4001}


@in_chromium
def test_asks_one_thing_at_a_time(page: Page) -> None:
    signing(page)
    second = request(page, "personal_sign", ["0x00", ACCOUNTS[0].address])
    assert second["code"] == -32002
    page.get_by_role("button", name="Refuse").click()
    assert page.evaluate("answer") == {"code": 4001}


@in_chromium
def test_refuses_what_it_does_not_do(page: Page) -> None:
    assert request(page, "eth_sendTransaction", [])["code"] == 4200
    assert request(page, "eth_chainId", []) == {"result": "0x1"}
