"""The published folder in Chromium under a gateway's path, with no headers but its own policy."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from deploy.site import read_site
from tests.e2e.conftest import (
    ROOT,
    RunningStack,
    Wallet,
    account_chip,
    connect,
    sign_in_dialog,
)
from tests.e2e.test_session_page import ANYBODY

CID = "bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354"


def serve(page: Page, folder: str, **config: Any) -> str:
    """Answer for the folder as a gateway would; everything else goes to the running stack."""
    files = {file.key: file for file in read_site(ROOT / "dapp" / "out", config)}

    def answer(route: Route) -> None:
        key = route.request.url.removeprefix(folder) or "index.html"
        file = files[key]
        route.fulfill(body=file.content, content_type=file.content_type)

    page.route(f"{folder}**", answer)
    # what a test answers for comes from no address, and may not call this machine's unasked
    page.context.grant_permissions(["local-network-access"])
    return folder


def config_of(stack: RunningStack) -> dict[str, Any]:
    return dict(httpx.get(f"{stack.site}/config.json").json())


@pytest.mark.usefixtures("complaints")
def test_the_published_folder_asks_the_api_under_its_own_policy(
    page: Page, stack: RunningStack
) -> None:
    folder = serve(page, f"{stack.site}/ipfs/{CID}/", **config_of(stack))
    with page.expect_response(lambda answer: "/owners/" in answer.url and answer.ok):
        page.goto(f"{folder}#/w/{ANYBODY}")


@pytest.mark.usefixtures("complaints")
def test_the_published_page_signs_in_under_its_own_policy(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    page.goto(serve(page, f"{stack.site}/gallery/", **config_of(stack)))
    connect(page, wallet)
    expect(account_chip(page, wallet)).to_be_visible(timeout=30_000)


def test_a_published_page_calls_no_other_api(page: Page, stack: RunningStack) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(serve(page, f"{stack.site}/gallery/", **config_of(stack)))
    page.evaluate("fetch('http://127.0.0.1:9/prod/health').catch(() => {})")
    assert any("Content Security Policy" in text for text in complaints)


def test_no_wallet_signs_in_where_sites_share_an_origin(
    page: Page, stack: RunningStack, wallet: Wallet
) -> None:
    page.goto(serve(page, f"{stack.site}/ipfs/{CID}/", **config_of(stack)))
    page.get_by_role("button", name="Connect wallet").click()
    alert = sign_in_dialog(page).get_by_role("alert")
    expect(alert).to_contain_text("Sign-in is off at this address")
    assert wallet.asked == []
