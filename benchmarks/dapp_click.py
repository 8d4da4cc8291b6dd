"""A wallet that comes back: from the click on it to its first NFT, in Chromium, at 50 ms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter

from playwright.sync_api import Browser, Page, Request, sync_playwright

from benchmarks.dapp_names import DappNames
from tests.e2e.conftest import Wallet, chromium_options, install, short

ROUND_TRIP_MS = 50
PATIENCE_MS = 60_000
DEMO_WALLET = "/demo-wallet.js"
"""What only the local stack puts into the page."""
IDENTITY_POOL = "AWSCognitoIdentityService."
SIGN_UP = "AWSCognitoIdentityProviderService.SignUp"


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_options())
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Visit:
    """A page at which one wallet has signed in once and out again; `calls` since then, by target.

    The site's files are in the browser's cache, as at a second visit.
    """

    page: Page
    site: str
    names: DappNames
    wallet: Wallet = field(default_factory=Wallet)
    calls: Counter[str] = field(default_factory=Counter)

    def begin(self) -> None:
        self.page.set_default_timeout(PATIENCE_MS)
        install(self.page, self.wallet)
        self.page.goto(self.site + self.names.own_list)
        self._click_to_first_nft()
        self._sign_out()
        self.page.on("request", self._count)
        self._delay()

    def milliseconds(self) -> float:
        """Of one more time; ends signed out."""
        self.page.goto("about:blank")  # or a page that differs by its hash only would stay
        self.page.goto(self.site + self.names.own_list, wait_until="networkidle")
        taken = self._click_to_first_nft()
        self._sign_out()
        return taken

    def _click_to_first_nft(self) -> float:
        self.page.get_by_role("button", name=self.names.connect).first.click()
        picker = self.page.get_by_role("dialog", name=self.names.picker)
        choice = picker.get_by_role("button", name=self.wallet.name)
        choice.wait_for()
        began = perf_counter()
        choice.click()
        nfts = self.page.get_by_role("list", name=self.names.list_of_nfts)
        nfts.get_by_role("listitem").first.wait_for()
        return (perf_counter() - began) * 1e3

    def _sign_out(self) -> None:
        self.page.get_by_role("button", name=short(self.wallet)).first.click()
        self.page.get_by_role("button", name=self.names.sign_out).click()
        self.page.get_by_role("button", name=self.names.connect).first.wait_for()

    def _delay(self) -> None:
        session = self.page.context.new_cdp_session(self.page)
        session.send("Network.enable")
        given = {"offline": False, "downloadThroughput": -1, "uploadThroughput": -1}
        session.send("Network.emulateNetworkConditions", {**given, "latency": ROUND_TRIP_MS})

    def _count(self, request: Request) -> None:
        target = request.headers.get("x-amz-target", "")
        if target:
            self.calls[target] += 1

    def calls_of(self, prefix: str) -> int:
        return sum(count for target, count in self.calls.items() if target.startswith(prefix))


@dataclass(frozen=True)
class FirstLoad:
    """What a browser that was never here asks for and gets."""

    requests: int
    to_others: int
    wire_bytes: float


def first_load(browser: Browser, site: str) -> FirstLoad:
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    asked: list[str] = []
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda done: sizes.append(done["encodedDataLength"]))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site, wait_until="networkidle")
    context.close()
    asked = [url for url in asked if not url.startswith("data:") and url != site + DEMO_WALLET]
    others = [url for url in asked if not url.startswith(site)]
    return FirstLoad(len(asked), len(others), sum(sizes))
