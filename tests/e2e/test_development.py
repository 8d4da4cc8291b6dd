"""`npm run dev`: the dApp from its source, on a stack that runs elsewhere."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import ROOT, Wallet, connect, free_port, short, start_stack


@pytest.fixture
def development_site(tmp_path: Path) -> Iterator[str]:
    site = f"http://localhost:{free_port()}"
    (tmp_path / "prod.parameters").write_text(f"AllowedOrigins={site}\nRpcUrls=\n")
    stack = start_stack(tmp_path)
    server = subprocess.Popen(  # noqa: S603
        ["npm", "run", "dev", "--", "--port", site.rpartition(":")[2]],  # noqa: S607
        cwd=ROOT / "dapp",
        env={**os.environ, "DAPP_URL": stack.site},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_until_served(site)
        yield site
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)
        stack.stop()


def wait_until_served(site: str) -> None:
    for _ in range(300):
        try:
            httpx.get(site)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the development server did not start")


def test_a_wallet_signs_in_on_the_development_server(
    page: Page, development_site: str, wallet: Wallet
) -> None:
    page.goto(development_site)
    page.wait_for_function("document.querySelector('header')", timeout=60_000)
    connect(page, wallet)
    expect(page.get_by_role("button", name=short(wallet))).to_be_visible(timeout=60_000)
