"""The local stack under load: prints what its bars are about.

.venv/bin/python -m benchmarks.local_load sign-ins [COUNT]
.venv/bin/python -m benchmarks.local_load cold
.venv/bin/python -m benchmarks.local_load half-open
.venv/bin/python -m benchmarks.local_load memory [COUNT]
"""

from __future__ import annotations

import itertools
import secrets
import select
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import requests
from eth_account import Account

from benchmarks.local_stack import RunningStack, running_process
from nft_gallery_client import Visitor, WalletAuth
from nft_gallery_client.http import Answer, Http, Request, over_requests

CLIENTS = 64
HALF_OPEN = 300
HALF_OPEN_SECONDS = 30
COLLECTION = "0xBd3531dA5CF5857e7CfAA92426877b022e612cf8"


def sign_ins(stack: RunningStack, count: int = 10_000) -> None:
    """New wallets, one after another: does the ten-thousandth cost more than the first?"""
    auth, took = WalletAuth.from_site(stack.site), []
    for number in range(count):
        account = Account.create()
        began = time.perf_counter()
        auth.sign_in(account)
        took.append((time.perf_counter() - began) * 1e3)
        if (number + 1) % (count // 10) == 0:
            part = statistics.median(took[-count // 10 :])
            print(f"{number + 1:6} sign-ins: median of the last {count // 10} {part:.1f} ms")
    first, last = (statistics.median(part) for part in (took[: count // 10], took[-count // 10 :]))
    print(f"last over first: {last / first:.2f} (at most 1.2)")


def cold(stack: RunningStack) -> None:
    """Clients that sign in and look something up at once, before the routes' workers are warm."""
    took: list[float] = []
    together = threading.Barrier(CLIENTS)
    accounts = [Account.create() for _ in range(CLIENTS)]

    def client(number: int) -> None:
        with requests.Session() as session:
            timed = _timed(over_requests(session, 60), took)
            auth = WalletAuth.from_site(stack.site, http=timed)
            together.wait()
            visitor = auth.sign_in(accounts[number])
            visitor.gallery.chains()
            visitor.gallery.contract_nfts(1, COLLECTION, limit=5).pages().__next__()

    with ThreadPoolExecutor(CLIENTS) as pool:
        failed = [e for e in pool.map(_error_of(client), range(CLIENTS)) if e]
    took.sort()
    p99 = took[int(len(took) * 0.99)]
    print(f"{CLIENTS} clients, {len(took)} requests: {len(failed)} failed {set(failed) or ''}")
    print(f"median {statistics.median(took):.2f} s, p99 {p99:.2f} s (at most 4)")
    print(f"workers of one function at most: {stack.most_workers_of_a_function()}")


def half_open(stack: RunningStack) -> None:
    """Heads and bodies that never end."""
    parts = urlsplit(stack.site)
    begun = [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: localhost\r\n", _half_a_body()]
    sockets = []
    for _, text in zip(range(HALF_OPEN), itertools.cycle(begun), strict=False):
        opened = socket.create_connection(("localhost", parts.port or 80))
        opened.sendall(text)
        sockets.append(opened)
    began = time.monotonic()
    while sockets and time.monotonic() - began < 2 * HALF_OPEN_SECONDS:
        readable, _, _ = select.select(sockets, [], [], 1)
        ended = [s for s in readable if _has_ended(s)]
        sockets = [s for s in sockets if s not in ended]
    seconds = time.monotonic() - began
    print(f"{HALF_OPEN} half-open sockets: {len(sockets)} left after {seconds:.1f} s (at most 30)")


def memory(stack: RunningStack, count: int = 50_000) -> None:
    """Guests, sign-ins, the site, errors; resident memory of the stack's own process."""
    steps = _mixed(stack.site)
    sizes = {}
    for number in range(1, count + 1):
        next(steps)
        if number in (count // 10, count // 2, count):
            sizes[number] = stack.resident_bytes()
            print(f"{number:6} requests: {sizes[number] / 1e6:.1f} MB", flush=True)
    print(f"last over first: {sizes[count] / sizes[count // 10]:.3f} (at most 1.1)")


def _mixed(site: str) -> Iterator[None]:
    """A request a step."""
    made: list[float] = []
    with requests.Session() as session:
        auth = WalletAuth.from_site(site, http=_timed(over_requests(session), made))
        guest: Visitor = auth.guest()
        while True:
            before = len(made)
            if secrets.randbelow(20) == 0:
                auth.sign_in(Account.create())
            elif secrets.randbelow(3) == 0:
                guest.gallery.contract_nfts(1, COLLECTION, limit=5).pages().__next__()
            else:
                path = secrets.choice(["/", "/config.json", f"/no/{secrets.token_hex(8)}"])
                session.get(site + path, timeout=30)
                made.append(0)
            for _ in made[before:]:
                yield


def _timed(http: Http, took: list[float]) -> Http:
    def send(request: Request) -> Answer:
        began = time.perf_counter()
        try:
            return http(request)
        finally:
            took.append(time.perf_counter() - began)

    return send


def _error_of(call: Callable[[int], None]) -> Callable[[int], str]:
    def called(number: int) -> str:
        try:
            call(number)
        except Exception as error:
            return f"{type(error).__name__}: {error}"
        return ""

    return called


def _half_a_body() -> bytes:
    return b"POST /config.json HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf"


def _has_ended(opened: socket.socket) -> bool:
    try:
        return not opened.recv(65536)
    except ConnectionError:
        return True


PARTS: dict[str, Callable[..., None]] = {
    "sign-ins": sign_ins,
    "cold": cold,
    "half-open": half_open,
    "memory": memory,
}


def main(words: list[str]) -> None:
    if not words or words[0] not in PARTS:
        sys.exit(str(__doc__))
    with tempfile.TemporaryDirectory() as folder, running_process(Path(folder)) as stack:
        PARTS[words[0]](stack, *map(int, words[1:]))


if __name__ == "__main__":
    main(sys.argv[1:])
