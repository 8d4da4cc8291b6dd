"""The real local stack in its own process, real Chromium, wallets that sign with eth-account."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from eth_account import Account
from eth_account.messages import encode_defunct
from playwright.sync_api import ConsoleMessage, Locator, Page, expect

ROOT = Path(__file__).resolve().parents[2]
LOCAL = (sys.executable, "-m", "local")
ICON = (
    "data:image/svg+xml;base64,"
    "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCAxIDEiLz4="
)
# The first three accounts of the mnemonic every Ethereum test tool uses; never fund them.
HOLDS_3 = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"
HOLDS_250 = "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d"
HOLDS_0 = "0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put a test's operation into its id, as Schemathesis 4 does for pytest up to 9.0 only.

    Without it the ids of a test are all alike, and pytest-xdist runs one test of an id.
    """
    for item in items:
        _, _, operation = item.name.partition("[")
        if operation and item.id.params is None:
            item._id = replace(item.id, params=operation.removesuffix("]"))


# Below the ports that the kernel gives to clients, which would take one between probe and use;
# each process begins elsewhere, so that workers of pytest-xdist do not meet.
_PORTS = count(10_000 + os.getpid() * 61 % 20_000)


def free_port() -> int:
    return next(port for port in _PORTS if _is_free(port))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


@dataclass
class RunningStack:
    """A `python -m local` of its own; `output` is everything it printed so far."""

    process: subprocess.Popen[str]
    site: str
    api: str
    output_file: Path

    @property
    def output(self) -> str:
        return self.output_file.read_text()

    def stop(self, sent: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(sent)
        return self.process.wait(timeout=20)


def run_local(
    env: dict[str, str], log: Path, command: Sequence[str] = LOCAL
) -> subprocess.Popen[str]:
    with log.open("a") as output:
        return subprocess.Popen(  # noqa: S603
            command,
            cwd=ROOT,
            env=env,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )


def wait_until_ready(stack: RunningStack) -> None:
    deadline = time.monotonic() + 30
    while stack.site not in stack.output:
        if stack.process.poll() is not None or time.monotonic() > deadline:
            stack.process.kill()
            raise RuntimeError(f"the stack did not start:\n{stack.output}")
        time.sleep(0.05)


def start_stack(
    folder: Path, *, command: Sequence[str] = LOCAL, **environment: str
) -> RunningStack:
    """Start the stack with its state in a folder and wait until it says it is ready.

    Without parameters of the folder's own it has no node, as on AWS.
    """
    port, api_port = str(free_port()), str(free_port())
    log = folder / f"output-{len(list(folder.iterdir()))}.log"
    env = {**os.environ, "PORT": port, "API_PORT": api_port, "STATE_DIR": str(folder / "state")}
    env |= {"PARAMETERS": str(folder / "prod.parameters"), **environment}
    parameters = folder / "prod.parameters"
    if not parameters.exists():
        parameters.write_text("AlchemyRps=100\nMoralisRps=100\nRpcUrls=\n")
    site, api = f"http://localhost:{env['PORT']}", f"http://localhost:{env['API_PORT']}"
    stack = RunningStack(run_local(env, log, command), site, api, log)
    wait_until_ready(stack)
    return stack


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    running = start_stack(tmp_path_factory.mktemp("stack"))
    yield running
    running.stop()


def chromium_options() -> dict[str, Any]:
    """How Playwright starts the machine's Chromium, or its own where there is none."""
    browsers = ("chromium", "chromium-browser", "google-chrome")
    chromium = next(filter(None, map(shutil.which, browsers)), None)
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    flags += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return {"args": flags, **({"executable_path": chromium} if chromium else {})}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, **chromium_options()}


@dataclass
class Wallet:
    """A browser wallet under the test's control: which account it shows, and what it refuses."""

    name: str = "Test Wallet"
    uuid: str = "11111111-1111-4111-8111-111111111111"
    key: str = HOLDS_3
    rdns: str = "org.example.test"
    refused: set[str] = field(default_factory=set)
    signing_key: str = ""
    asked: list[tuple[str, list[Any]]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return str(Account.from_key(self.key).address)

    def answer(self, method: str, params: list[Any]) -> dict[str, Any]:
        self.asked.append((method, params))
        if method in self.refused:
            return {"error": {"code": 4001, "message": "User rejected the request."}}
        match method:
            case "eth_requestAccounts" | "eth_accounts":
                return {"result": [self.address]}
            case "eth_chainId":
                return {"result": "0x1"}
            case "personal_sign":
                return {"result": sign(self.signing_key or self.key, params[0])}
        return {"error": {"code": 4200, "message": f"unsupported {method}"}}


def sign(key: str, message: str) -> str:
    """EIP-191 signature over a 0x message, as personal_sign makes it."""
    signed = Account.from_key(key).sign_message(encode_defunct(hexstr=message))
    signature: str = signed.signature.hex()
    return "0x" + signature.removeprefix("0x")


ANNOUNCE = """((wallets) => {
  for (const info of wallets) {
    const listeners = {};
    const provider = {
      async request({ method, params }) {
        const call = JSON.stringify([info.uuid, method, params ?? []]);
        const answer = JSON.parse(await window.__wallet(call));
        if (answer.error) throw Object.assign(new Error(answer.error.message), answer.error);
        return answer.result;
      },
      on(event, listener) { (listeners[event] ??= new Set()).add(listener); return this; },
      removeListener(event, listener) { listeners[event]?.delete(listener); return this; },
      emit(event, ...values) {
        for (const listener of listeners[event] ?? []) listener(...values);
      },
    };
    (window.__providers ??= {})[info.uuid] = provider;
    const detail = Object.freeze({ info: Object.freeze(info), provider });
    const announce = () =>
      window.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail }));
    window.addEventListener('eip6963:requestProvider', announce);
    announce();
  }
})(%s);"""


def install(page: Page, *wallets: Wallet) -> None:
    """Make the page see these wallets, as extensions would announce themselves (EIP-6963)."""
    by_uuid = {wallet.uuid: wallet for wallet in wallets}

    def answer(text: str) -> str:
        uuid, method, params = json.loads(text)
        return json.dumps(by_uuid[uuid].answer(method, params))

    page.expose_function("__wallet", answer)
    infos = [{"uuid": w.uuid, "name": w.name, "rdns": w.rdns, "icon": ICON} for w in wallets]
    page.add_init_script(ANNOUNCE % json.dumps(infos))


@pytest.fixture
def complaints(page: Page) -> Iterator[list[str]]:
    """Uncaught errors and CSP violations of the page; a test that has any fails."""
    found: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # a wallet that comes back signs up again, one that is signed out may still ask for
        # credentials: Cognito answers both with 400
        url = message.location["url"].partition("?")[0]
        known = "status of 400" in message.text and "/cognito-id" in url
        # a browser tells of every refusal; so the API says that there is no name, or no node
        known |= "status of 40" in message.text and url.endswith(("/name", "/metadata"))
        if message.type == "error" and not known:
            found.append(f"{message.text} {message.location}")

    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", note)
    yield found
    assert found == []


@pytest.fixture
def wallet(page: Page) -> Wallet:
    wallet = Wallet()
    install(page, wallet)
    return wallet


def short(wallet: Wallet) -> str:
    return f"{wallet.address[:6]}…{wallet.address[-4:]}"


def sign_in_dialog(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Connect a wallet")


def connect(page: Page, wallet: Wallet) -> None:
    page.get_by_role("banner").get_by_role("button", name="Connect wallet").click()
    sign_in_dialog(page).get_by_role("button", name=wallet.name).click()


def account_chip(page: Page, wallet: Wallet) -> Locator:
    return page.get_by_role("banner").get_by_role("button", name=short(wallet))


def sign_in(page: Page, stack: RunningStack, wallet: Wallet) -> None:
    page.goto(stack.site)
    connect(page, wallet)
    # a first sign-in loads boto3, which a busy machine takes its time for
    expect(account_chip(page, wallet)).to_be_visible(timeout=30_000)


def emit(page: Page, wallet: Wallet, event: str, *values: Any) -> None:
    """Let the wallet tell the page something, as EIP-1193 has it."""
    script = "([id, event, values]) => window.__providers[id].emit(event, ...values)"
    page.evaluate(script, [wallet.uuid, event, list(values)])
