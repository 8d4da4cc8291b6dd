"""examples/react-rainbowkit in a real Chromium, against the local stack."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import RunningStack, free_port
from tests.examples.conftest import HOLDER, OTHER, Install, start_listing_stack
from tools.example_packages import EXAMPLES

BUILT = EXAMPLES / "react-rainbowkit" / "dist"
PATIENCE_MS = 30_000


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@dataclass(frozen=True)
class Site:
    origin: str
    stack: RunningStack


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site") / "dist"
    shutil.copytree(BUILT, folder)
    handler = partial(QuietHandler, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", free_port()), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    origin = f"http://localhost:{server.server_port}"
    stack = start_listing_stack(tmp_path_factory.mktemp("stack"), origin)
    (folder / "config.json").write_text(httpx.get(f"{stack.site}/config.json").text)
    yield Site(origin, stack)
    stack.stop()
    server.shutdown()
    server.server_close()


def press_sign_in(page: Page) -> None:
    page.get_by_test_id("rk-auth-message-button").click()


def sign_in(page: Page, site: Site) -> None:
    page.goto(site.origin)
    page.get_by_role("button", name="Connect Wallet").click()
    page.get_by_role("button", name="Scripted Wallet").click()
    press_sign_in(page)


def expect_nfts_of(page: Page, address: str, count: int) -> None:
    expect(page.get_by_role("heading", name=address)).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_role("listitem")).to_have_count(count, timeout=PATIENCE_MS)


def expect_nobody(page: Page) -> None:
    expect(page.get_by_text("Sign in to see your NFTs.")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_role("heading")).to_have_count(0)


def test_a_wallet_signs_in_and_sees_its_nfts_and_nobody_else_is_asked(
    open_page: Install, site: Site, hosts: set[str]
) -> None:
    page = open_page()
    sign_in(page, site)
    expect_nfts_of(page, HOLDER, 3)
    own = {urlsplit(url).netloc for url in (site.origin, site.stack.api)}
    assert hosts == own


def test_after_a_wrong_signature_a_right_one_is_taken(open_page: Install, site: Site) -> None:
    page = open_page(wrongSignatures=1)
    sign_in(page, site)
    expect(page.get_by_role("alert")).to_have_text("refused_signature", timeout=PATIENCE_MS)
    press_sign_in(page)
    expect_nfts_of(page, HOLDER, 3)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_the_session_ends_with_the_account(open_page: Install, site: Site) -> None:
    page = open_page()
    sign_in(page, site)
    expect_nfts_of(page, HOLDER, 3)
    page.evaluate("window.scriptedWallet.select(1)")
    expect_nobody(page)
    page.get_by_role("button", name="Connect Wallet").click()
    press_sign_in(page)
    expect_nfts_of(page, OTHER, 0)


def test_a_reload_keeps_the_session(open_page: Install, site: Site) -> None:
    page = open_page()
    sign_in(page, site)
    expect_nfts_of(page, HOLDER, 3)
    again = open_page(connected=True)
    again.goto(site.origin)
    expect_nfts_of(again, HOLDER, 3)


def test_a_session_of_another_account_ends_at_once(open_page: Install, site: Site) -> None:
    page = open_page()
    sign_in(page, site)
    expect_nfts_of(page, HOLDER, 3)
    page.close()
    again = open_page((OTHER,), connected=True)
    again.goto(site.origin)
    expect_nobody(again)
    again.reload()
    expect_nobody(again)
