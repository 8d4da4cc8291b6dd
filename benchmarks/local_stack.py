"""The whole sign-in, through the public protocol of a local stack of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eth_account import Account
from eth_account.signers.local import LocalAccount

from nft_gallery_client import WalletAuth, WalletAuthError

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60


class StackError(Exception):
    """The stack did not start or refused a call; the text is what it said."""


@contextmanager
def running_stack(folder: Path) -> Iterator[str]:
    """`python -m local` on free ports with its state in a folder; gives the site's address."""
    site_port, api_port = _free_ports()
    (folder / "prod.parameters").write_text("AlchemyRps=100\nMoralisRps=100\n")
    env = {**os.environ, "PORT": site_port, "API_PORT": api_port}
    env |= {"STATE_DIR": str(folder / "state"), "PARAMETERS": str(folder / "prod.parameters")}
    output, command = folder / "output.log", [sys.executable, "-m", "local"]
    with output.open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
    try:
        site = f"http://localhost:{site_port}"
        _wait_until_ready(process, site, output)
        yield site
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)


def _free_ports() -> tuple[str, str]:
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return str(one.getsockname()[1]), str(other.getsockname()[1])


def _wait_until_ready(process: subprocess.Popen[bytes], site: str, output: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while site not in output.read_text():
        if process.poll() is not None or time.monotonic() > deadline:
            raise StackError(f"the stack did not start: {output.read_text()[-500:]}")
        time.sleep(0.05)


def measure(folder: Path, count: int) -> list[float]:
    """Milliseconds of each of `count` sign-ins of one wallet, signed up and warmed up before.

    Raises:
        StackError: the stack does not start or refuses.
    """
    account = Account.create()
    with running_stack(folder) as site:
        try:
            auth = WalletAuth.from_site(site)
            return [_time_sign_in(auth, account) for _ in range(count + 5)][5:]
        except WalletAuthError as error:
            raise StackError(str(error)) from error


def _time_sign_in(auth: WalletAuth, account: LocalAccount) -> float:
    """InitiateAuth, sign, RespondToAuthChallenge over one kept connection."""
    began = time.perf_counter()
    auth.sign_in(account)
    return (time.perf_counter() - began) * 1e3
