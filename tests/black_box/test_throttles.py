"""A flood is refused by the stage, with a code and a time to come back."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx
from botocore.credentials import Credentials

from tests.black_box.visitor import Client, Visitor, is_throttled
from verify.target import Target

REQUESTS = 60


def flood(client: Visitor, guest: Credentials) -> list[httpx.Response]:
    """Not patient, as the visitor is. Without a node, a name costs nobody anything."""

    def ask(number: int) -> httpx.Response:
        return Client.signed_get(client, f"names/flood-{number}.eth", guest, {})

    with ThreadPoolExecutor(20) as pool:
        return list(pool.map(ask, range(REQUESTS)))


def test_a_flood_is_refused_above_the_routes_rate(
    client: Visitor,
    guest: Credentials,
    target: Target,
    is_own: bool,
    note: Callable[[str], None],
) -> None:
    """API Gateway applies throttles at best effort, so that more came through is a note there."""
    started = time.monotonic()
    answers = flood(client, guest)
    allowed = target.chain_read_rps * (1 + time.monotonic() - started)
    refused = [answer for answer in answers if is_throttled(answer)]
    passed = REQUESTS - len(refused)
    if passed > allowed:
        assert not is_own
        note(f"of {REQUESTS} requests {passed} passed the throttle, {allowed:.0f} by its rate")
    for answer in refused:
        assert answer.json()["error"]["code"] == "rate_limited"
        assert answer.headers["x-amzn-errortype"].startswith("TooManyRequestsException")
        assert answer.headers["retry-after"] == "1"
