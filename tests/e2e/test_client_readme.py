"""The page of clients/js/README.md, with the client as npm would get it, in a real browser."""

from __future__ import annotations

import json
import re
import subprocess
import tarfile
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import RunningStack, Wallet, free_port, install, start_stack
from tools.node_packages import CLIENT, client, npm_environment

MOST_LINES = 25
HTML = '<!doctype html><body><script type="module" src="/main.js"></script>'
TSCONFIG = {
    "compilerOptions": {
        **{"target": "ES2023", "lib": ["ES2023", "DOM", "DOM.Iterable"], "module": "ESNext"},
        **{"moduleResolution": "bundler", "strict": True, "noEmit": True, "types": []},
    },
    "files": ["main.ts"],
}


def script() -> str:
    """The first TypeScript of the page."""
    text = (CLIENT / "README.md").read_text()
    found = re.search(r"```ts\n(.*?)```", text, re.DOTALL)
    assert found
    return found[1]


def run(*command: str | Path, cwd: Path) -> str:
    words = [str(word) for word in command]
    done = subprocess.run(  # noqa: S603
        words, cwd=cwd, env=npm_environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def unpack(tarball: Path, folder: Path) -> None:
    """As npm does; the client has no dependency that would come with it."""
    folder.parent.mkdir()
    with tarfile.open(tarball) as packed:
        packed.extractall(folder.parent, filter="data")
    (folder.parent / "package").rename(folder)
    assert "dependencies" not in json.loads((folder / "package.json").read_text())


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script, typed strictly, with the packed client."""
    client()
    folder = tmp_path_factory.mktemp("page")
    packed = run("npm", "pack", "--silent", "--pack-destination", folder, cwd=CLIENT).strip()
    unpack(folder / packed, folder / "node_modules" / "nft-gallery-client")
    (folder / "package.json").write_text('{"type": "module"}')
    (folder / "main.ts").write_text(script())
    (folder / "tsconfig.json").write_text(json.dumps(TSCONFIG))
    run(CLIENT / "node_modules" / ".bin" / "tsc", "--project", folder, cwd=folder)
    out = folder / "main.js"
    run("node", CLIENT / "tools" / "bundle.mjs", folder / "main.ts", out, cwd=CLIENT)
    return out.read_text()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, bundle: str) -> Iterator[str]:
    """The page, at a listed origin of its own, as Vite would serve it."""
    folder = tmp_path_factory.mktemp("site")
    port = free_port()
    handler = partial(QuietHandler, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    stack = start_listed_stack(tmp_path_factory.mktemp("stack"), f"http://localhost:{port}")
    (folder / "index.html").write_text(HTML)
    (folder / "main.js").write_text(bundle)
    (folder / "config.json").write_text(httpx.get(f"{stack.site}/config.json").text)
    yield f"http://localhost:{port}"
    stack.stop()
    server.shutdown()
    server.server_close()


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def start_listed_stack(folder: Path, origin: str) -> RunningStack:
    parameters = f"AllowedOrigins=https://gallery.example,{origin}\nAlchemyRps=100\n"
    (folder / "prod.parameters").write_text(parameters)
    return start_stack(folder)


def test_the_page_is_short() -> None:
    assert len(script().strip().splitlines()) <= MOST_LINES


def test_a_wallet_signs_in_and_sees_its_nfts(page: Page, site: str) -> None:
    wallet = Wallet()
    install(page, wallet)
    page.goto(site)
    page.get_by_role("button", name="Sign in").click()
    shown = page.locator("pre")
    expect(shown).to_contain_text(f"Signed in as {wallet.address}", timeout=30_000)
    expect(shown).to_contain_text("#", timeout=30_000)
    signed = [params for method, params in wallet.asked if method == "personal_sign"]
    assert len(signed) == 1


def test_a_refusal_is_said(page: Page, site: str) -> None:
    wallet = Wallet(refused={"personal_sign"})
    install(page, wallet)
    page.goto(site)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("pre")).to_have_text("user_rejected", timeout=30_000)
