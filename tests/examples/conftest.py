"""The examples as `make examples` built them, a local stack that lists their origins, a wallet."""

from __future__ import annotations

import json
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from eth_account import Account
from playwright.sync_api import BrowserContext, Page, Request

from tests.e2e.conftest import (
    HOLDS_0,
    HOLDS_3,
    RunningStack,
    browser_type_launch_args,  # noqa: F401 (a fixture)
    sign,
    start_stack,
)
from tools.example_packages import TARBALL
from tools.node_packages import CLIENT, npm_environment

SCRIPT = Path(__file__).with_name("scripted_wallet.mjs")
KEYS = {str(Account.from_key(key).address): key for key in (HOLDS_3, HOLDS_0)}
HOLDER, OTHER = KEYS


@pytest.fixture(scope="session")
def wallet_script(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The scripted wallet as one script, of the packed client."""
    folder = tmp_path_factory.mktemp("wallet")
    (folder / "node_modules").mkdir()
    with tarfile.open(TARBALL) as packed:
        packed.extractall(folder / "node_modules", filter="data")
    (folder / "node_modules" / "package").rename(folder / "node_modules" / "nft-gallery-client")
    (folder / SCRIPT.name).write_text(SCRIPT.read_text())
    out = folder / "out.js"
    command = ["node", str(CLIENT / "tools" / "bundle.mjs"), str(folder / SCRIPT.name), str(out)]
    subprocess.run(command, env=npm_environment(), check=True)  # noqa: S603
    return f"(() => {{{out.read_text()}}})();"


def start_listing_stack(folder: Path, origin: str) -> RunningStack:
    (folder / "prod.parameters").write_text(f"AllowedOrigins={origin}\nAlchemyRps=100\nRpcUrls=\n")
    return start_stack(folder)


def _sign(address: str, text: str) -> str:
    return sign(KEYS[address], "0x" + text.encode().hex())


type Install = Callable[..., Page]


@pytest.fixture
def open_page(context: BrowserContext, wallet_script: str) -> Install:
    """A page with the scripted wallet, which shows the first of its accounts."""
    context.expose_function("__sign", _sign)

    def open_one(addresses: tuple[str, ...] = (HOLDER, OTHER), **options: Any) -> Page:
        page = context.new_page()
        given = json.dumps({"addresses": addresses, "options": options})
        page.add_init_script(f"window.__scripted = {given};{wallet_script}")
        return page

    return open_one


@pytest.fixture
def hosts(context: BrowserContext) -> set[str]:
    """host:port of every request that a page made."""
    seen: set[str] = set()

    def note(request: Request) -> None:
        scheme, _, rest = request.url.partition("://")
        if scheme in ("http", "https", "ws", "wss"):
            seen.add(rest.split("/", 1)[0])

    context.on("request", note)
    return seen
