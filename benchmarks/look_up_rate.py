"""How many guests' look-ups a second a stack answers to so many clients at once.

Every client keeps one connection and sends the same signed request again and again, so that what is
measured is the stack and little of the client.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlsplit

from benchmarks.route_events import COLLECTION
from benchmarks.run import NotMeasuredError
from nft_gallery_client import WalletAuth

PATH = f"/chains/1/contracts/{COLLECTION}/nfts?limit=5"


@dataclass(frozen=True)
class SignedLookUp:
    """A request that may be sent for five minutes, as AWS has it."""

    host: str
    port: int
    path: str
    headers: Mapping[str, str]


class Guest:
    """One guest of a stack, with the same credentials for an hour."""

    def __init__(self, auth: WalletAuth) -> None:
        self._url = f"{auth.config.api_endpoint}{PATH}"
        self._visitor = auth.guest()

    def signed(self) -> SignedLookUp:
        parts = urlsplit(self._url)
        headers = self._visitor.authorization("GET", self._url)
        path = f"{parts.path}?{parts.query}"
        return SignedLookUp(parts.hostname or "localhost", parts.port or 80, path, headers)


def rate(guest: Guest, *, clients: int, seconds: float) -> float:
    """Answers a second.

    Raises:
        NotMeasuredError: one of them is not 200.
    """
    look_up = guest.signed()
    began, counted = time.perf_counter(), [0] * clients
    ends, together = began + seconds, threading.Barrier(clients)

    def client(number: int) -> None:
        connection = HTTPConnection(look_up.host, look_up.port, timeout=60)
        together.wait()
        while time.perf_counter() < ends:
            connection.request("GET", look_up.path, headers=dict(look_up.headers))
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise NotMeasuredError(f"a look-up was answered with {answer.status}")
            counted[number] += 1
        connection.close()

    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(client, range(clients)))
    return sum(counted) / (time.perf_counter() - began)
