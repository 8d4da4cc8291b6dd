"""The whole sign-in, through the public protocol of a local stack of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from eth_account import Account
from eth_account.signers.local import LocalAccount

from benchmarks.throttles import lifted_throttles
from nft_gallery_client import WalletAuth, WalletAuthError

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60


class StackError(Exception):
    """The stack did not start or refused a call; the text is what it said."""


@dataclass(frozen=True)
class RunningStack:
    """The site's address, its process, the address of AWS there, and the seconds it took to start.

    Those are from before the process existed until the stack said that it is ready.
    """

    site: str
    pid: int
    api: str
    started_in: float

    def resident_bytes(self) -> int:
        """Of the process itself; its workers are others."""
        [pages] = Path(f"/proc/{self.pid}/statm").read_text().split()[1:2]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def most_workers_of_a_function(self) -> int:
        """Each worker is a child one of whose arguments is its function's ARN."""
        words = [word for _, line in self._children() for word in line]
        arns = Counter(word for word in words if word.startswith("arn:"))
        return max(arns.values(), default=0)

    def environment_of(self, handler: str) -> dict[str, str]:
        """What a running worker of this handler was given. Raises StackError."""
        for pid, words in self._children():
            if handler in words:
                lines = Path(f"/proc/{pid}/environ").read_text().split("\0")
                return dict(line.split("=", 1) for line in lines if line)
        raise StackError(f"no worker runs {handler}")

    def _children(self) -> Iterator[tuple[str, list[str]]]:
        for pid in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split():
            yield pid, Path(f"/proc/{pid}/cmdline").read_text().split("\0")


@contextmanager
def running_stack(folder: Path) -> Iterator[str]:
    """As `running_process`; gives the site's address."""
    with running_process(folder) as stack:
        yield stack.site


@contextmanager
def running_process(
    folder: Path,
    command: Sequence[str] = (sys.executable, "-m", "local"),
    root: Path = ROOT,
) -> Iterator[RunningStack]:
    """`python -m local` on free ports with its state in a folder; another tree's from `root`.

    No throttle of the template is met.
    """
    site_port, api_port = _free_ports()
    given = lifted_throttles(root / "template.yaml")
    lines = [f"{name}={rate}\n" for name, rate in given.items()]
    (folder / "prod.parameters").write_text("".join(lines))
    env = {**os.environ, "PORT": site_port, "API_PORT": api_port}
    env |= {"STATE_DIR": str(folder / "state"), "PARAMETERS": str(folder / "prod.parameters")}
    output, began = folder / "output.log", time.perf_counter()
    with output.open("w") as log:
        process = subprocess.Popen(list(command), cwd=root, env=env, stdout=log, stderr=log)
    try:
        site = f"http://localhost:{site_port}"
        _wait_until_ready(process, site, output)
        started_in = time.perf_counter() - began
        yield RunningStack(site, process.pid, f"http://localhost:{api_port}", started_in)
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
        time.sleep(0.01)


def measure(folder: Path, count: int) -> list[float]:
    """Milliseconds of each of `count` sign-ins of one wallet, signed up and warmed up before.

    Raises:
        StackError: the stack does not start or refuses.
    """
    account = Account.create()
    with running_stack(folder) as site:
        try:
            auth = WalletAuth.from_site(site)
            return [time_sign_in(auth, account) for _ in range(count + 5)][5:]
        except WalletAuthError as error:
            raise StackError(str(error)) from error


def time_sign_in(auth: WalletAuth, account: LocalAccount) -> float:
    """Milliseconds of InitiateAuth, signature and RespondToAuthChallenge, over one connection."""
    began = time.perf_counter()
    auth.sign_in(account)
    return (time.perf_counter() - began) * 1e3
