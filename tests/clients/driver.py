"""One interface to every client of the gallery, so that one suite judges them all.

A driver stands for one device: a wallet, a client with a store of its own, and a clock. A client in
another language is a process that `ProcessDriver` starts with the words SITE and ORIGIN after its
command. It reads a JSON line from stdin for each command and writes one to stdout for each, in the
same order:

    {"do": "sign_in", "with": {"key": "0x…", "chain_id": 1}}
    {"gives": {"wallet": "0x…", "chain_id": 1}}

or {"refuses": {"code": "chain_id_mismatch", "retryable": false}}.

`do` is the name of a method of `Driver`, `with` has its arguments by their names here, those with a
default may be absent. What a method returns is `gives` (null for None); an error of the client is
`refuses` with the client's own code. Any other end of a command, or a line that is not JSON, fails
the test. The process ends when stdin does. To add one: a row in `DRIVERS` of
tests/clients/conftest.py.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from typing import Any, Protocol, TypedDict, cast

from tests.e2e.conftest import ROOT


class RefusedError(Exception):
    """What the client under test raised: its own stable code."""

    def __init__(self, code: str, retryable: bool) -> None:
        super().__init__(code)
        self.code = code
        self.retryable = retryable


class View(TypedDict):
    """A session; `wallet` is EIP-55."""

    wallet: str
    chain_id: int | None


class Refreshed(TypedDict):
    """What came of refreshes at once: requests that were sent, and different ID tokens."""

    requests: int
    tokens: int


class Walk(TypedDict):
    """NFTs of a list, different ones among them, and its pages."""

    count: int
    distinct: int
    pages: int


class Driver(Protocol):
    def sign_in(
        self,
        key: str,
        chain_id: int | None = None,
        signing_key: str | None = None,
        rejects: bool = False,
        takes_seconds: int = 0,
    ) -> View:
        """With the account of a private key, which is new to nobody but maybe to the gallery.

        `signing_key` signs in its place; `rejects`: the wallet's owner refuses (EIP-1193's 4001);
        `takes_seconds`: how far the device's clock goes on while the wallet asks.
        """

    def session(self) -> View | None:
        """Of this device, without a request or a signature."""

    def restore(self) -> View | None:
        """Forget all but what the client stores, and begin again from that."""

    def refresh(self, times: int) -> Refreshed:
        """So many refreshes at once."""

    def switch_account(self, key: str) -> View | None:
        """The wallet shows another account from now on; what session the client shows then."""

    def sign_out(self, everywhere: bool = False) -> None: ...

    def prompts(self) -> int:
        """How often the wallet was asked for a signature so far."""

    def set_clock(self, seconds: int) -> None:
        """How far the device's clock is before the true time."""

    def chains(self) -> list[int]: ...

    def contract_name(self, chain_id: int, contract: str) -> str | None:
        """As a guest, or as the session."""

    def contract_nfts(self, chain_id: int, contract: str, most: int) -> list[str]:
        """The first token ids."""

    def my_nfts(self, chain_id: int) -> Walk:
        """To the end."""

    def close(self) -> None: ...


class ProcessDriver:
    """A driver over the lines above; its methods are those of `Driver`."""

    def __init__(self, command: Sequence[str], site: str, origin: str) -> None:
        self._process = subprocess.Popen(  # noqa: S603
            [*command, site, origin],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __getattr__(self, name: str) -> Any:
        def call(*values: object, **given: object) -> object:
            names = getattr(Driver, name).__code__.co_varnames[1:]
            return self._ask(name, {**dict(zip(names, values, strict=False)), **given})

        return call

    def _ask(self, name: str, given: dict[str, object]) -> object:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"do": name, "with": given}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if "refuses" in answer:
            raise RefusedError(answer["refuses"]["code"], answer["refuses"]["retryable"])
        return answer["gives"]

    def close(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(timeout=20)


def over_lines(command: Sequence[str], site: str, origin: str) -> Driver:
    return cast("Driver", ProcessDriver(command, site, origin))
