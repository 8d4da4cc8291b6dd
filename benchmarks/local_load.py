"""The local stack under load: soaks, bursts, connections that never end."""

from __future__ import annotations

import itertools
import secrets
import select
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median
from urllib.parse import urlsplit

import requests
from eth_account import Account

from benchmarks.local_stack import RunningStack, time_sign_in
from benchmarks.route_events import COLLECTION
from nft_gallery_client import Visitor, WalletAuth
from nft_gallery_client.http import Answer, Http, Request, over_requests

HALF_OPEN_SECONDS = 30
MIXING_CLIENTS = 4

type Goes = Callable[[], bool]
"""Whether there is time for more."""


@dataclass(frozen=True)
class SignIns:
    """Median milliseconds of each tenth of `count` sign-ins of new wallets.

    `beside` has those of one wallet at a stack without others, in turn with them: what a machine
    that became busier did to both.
    """

    count: int
    tenths: list[float]
    beside: list[float]

    @property
    def last_over_first(self) -> float:
        """How much slower the last tenth was, over how much slower the machine was."""
        return self.tenths[-1] / self.tenths[0] / (self.beside[-1] / self.beside[0])


def sign_ins(
    stack: RunningStack, small: RunningStack, count: int, turns: int, goes_on: Goes
) -> SignIns:
    """New wallets, one after another: does the ten-thousandth cost more than the first?

    After every `turns` of them the one wallet of `small` has a turn.
    """
    auth, took = WalletAuth.from_site(stack.site), list[float]()
    reference, one, beside = WalletAuth.from_site(small.site), Account.create(), list[float]()
    while len(took) < count and goes_on():
        took.append(time_sign_in(auth, Account.create()))
        if len(took) % turns == 0:
            beside.append(time_sign_in(reference, one))
    return SignIns(len(took), _tenths(took), _tenths(beside))


def _tenths(took: list[float]) -> list[float]:
    """The median of each; fewer than ten where there are not so many."""
    size = max(1, len(took) // 10)
    return [median(took[at : at + size]) for at in range(0, size * 10, size) if at < len(took)]


@dataclass(frozen=True)
class Burst:
    """Seconds of each request; `failed` has what clients ended with."""

    clients: int
    took: list[float]
    failed: list[str]
    most_workers: int

    @property
    def p99(self) -> float:
        return sorted(self.took)[int(len(self.took) * 0.99)]


def cold(stack: RunningStack, clients: int) -> Burst:
    """Clients that sign in and look something up at once, before the routes' workers are warm."""
    took: list[float] = []
    together = threading.Barrier(clients)
    accounts = [Account.create() for _ in range(clients)]

    def client(number: int) -> None:
        with requests.Session() as session:
            timed = _timed(over_requests(session, 60), took)
            auth = WalletAuth.from_site(stack.site, http=timed)
            together.wait()
            visitor = auth.sign_in(accounts[number])
            visitor.gallery.chains()
            visitor.gallery.contract_nfts(1, COLLECTION, limit=5).pages().__next__()

    with ThreadPoolExecutor(clients) as pool:
        failed = [error for error in pool.map(_error_of(client), range(clients)) if error]
    return Burst(clients, took, failed, stack.most_workers_of_a_function())


def half_open(stack: RunningStack, count: int) -> float | None:
    """Seconds until as many heads and bodies that never end are gone; None where some stay."""
    parts = urlsplit(stack.site)
    begun = [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: localhost\r\n", _half_a_body()]
    sockets = []
    for _, text in zip(range(count), itertools.cycle(begun), strict=False):
        opened = socket.create_connection(("localhost", parts.port or 80))
        opened.sendall(text)
        sockets.append(opened)
    began = time.monotonic()
    while sockets and time.monotonic() - began < 2 * HALF_OPEN_SECONDS:
        readable, _, _ = select.select(sockets, [], [], 1)
        ended = [s for s in readable if _has_ended(s)]
        sockets = [s for s in sockets if s not in ended]
    return None if sockets else time.monotonic() - began


def memory(stack: RunningStack, count: int, goes_on: Goes) -> dict[int, int]:
    """Resident bytes of the stack's own process, by how many mixed requests it has answered.

    Guests, sign-ins, the site, errors, of some clients at once, so that the stack is never idle.
    The last entry is the last that was reached in time.
    """
    answered = Answered(count, stack.resident_bytes)

    def client(number: int) -> None:
        for _ in _mixed(stack.site):
            answered.another()
            if answered.is_all() or not goes_on():
                return

    with ThreadPoolExecutor(MIXING_CLIENTS) as pool:
        list(pool.map(client, range(MIXING_CLIENTS)))
    return answered.sizes


class Answered:
    """How many requests of `count` are answered, and a size at every tenth of them."""

    def __init__(self, count: int, size: Callable[[], int]) -> None:
        self.sizes: dict[int, int] = {}
        self._marks = {count * tenths // 10 for tenths in range(1, 11)}
        self._count, self._done, self._size = count, 0, size
        self._lock = threading.Lock()

    def another(self) -> None:
        with self._lock:
            self._done += 1
            if self._done in self._marks:
                self.sizes[self._done] = self._size()

    def is_all(self) -> bool:
        return self._done >= self._count


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
