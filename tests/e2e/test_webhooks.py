"""Deliveries to the running stack: signed ones count once, and by default there is no receiver."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from tests.e2e.client import Client
from tests.e2e.conftest import RunningStack, start_stack
from tests.fixtures.deliveries import (
    ALCHEMY_KEY,
    BLOCK,
    MORALIS_KEY,
    alchemy_delivery,
    alchemy_signature,
    moralis_delivery,
    moralis_signature,
)

SIGNED = {
    "alchemy": ("x-alchemy-signature", alchemy_signature),
    "moralis": ("x-signature", moralis_signature),
}
either = pytest.mark.parametrize("provider", SIGNED)


@pytest.fixture(scope="module")
def receiving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    folder = tmp_path_factory.mktemp("webhooks")
    (folder / "prod.parameters").write_text(
        f"AlchemyWebhookSigningKeys={ALCHEMY_KEY},whsec_theNextOne0123\n"
        f"MoralisStreamSecrets={MORALIS_KEY}\n"
    )
    stack = start_stack(folder)
    yield stack
    stack.stop()


def delivery(provider: str, name: str) -> bytes:
    """A delivery of now; `name` tells one from another."""
    now = datetime.now(UTC)
    if provider == "alchemy":
        return json.dumps(
            alchemy_delivery(id=name, createdAt=f"{now:%Y-%m-%dT%H:%M:%S}.000Z")
        ).encode()
    block = {"number": "19992545", "hash": BLOCK, "timestamp": str(int(now.timestamp()))}
    return json.dumps(moralis_delivery(streamId=name, block=block)).encode()


def send(stack: RunningStack, provider: str, body: bytes, signature: str = "") -> httpx.Response:
    header, sign = SIGNED[provider]
    headers = {"content-type": "application/json", header: signature or sign(body)}
    url = f"{Client(stack.site).config['apiEndpoint']}/webhooks/{provider}"
    return httpx.post(url, content=body, headers=headers, timeout=20)


def told(answer: httpx.Response) -> tuple[int, str]:
    found: dict[str, Any] = answer.json()
    return answer.status_code, found.get("outcome") or found["error"]["code"]


@either
def test_a_signed_delivery_counts_once(receiving: RunningStack, provider: str) -> None:
    body = delivery(provider, "once")
    assert told(send(receiving, provider, body)) == (200, "invalidated")
    assert told(send(receiving, provider, body)) == (200, "duplicate")
    assert told(send(receiving, provider, delivery(provider, "another"))) == (200, "invalidated")


def test_either_of_two_keys_signs_while_one_is_changed(receiving: RunningStack) -> None:
    body = delivery("alchemy", "rotated")
    signature = alchemy_signature(body, key="whsec_theNextOne0123")
    assert told(send(receiving, "alchemy", body, signature)) == (200, "invalidated")


@either
def test_what_is_not_signed_so_is_refused_and_told_nothing(
    receiving: RunningStack, provider: str
) -> None:
    body = delivery(provider, "forged")
    _, sign = SIGNED[provider]
    for signature in (sign(body + b" "), sign(body, key="another key of 16"), "0x", "x"):
        assert told(send(receiving, provider, body, signature)) == (401, "invalid_signature")


@either
def test_a_body_that_is_too_large_is_refused(receiving: RunningStack, provider: str) -> None:
    answer = send(receiving, provider, b"[" + b" " * 2_000_000 + b"]")
    assert told(answer) == (413, "payload_too_large")


def test_no_log_line_holds_a_key(receiving: RunningStack) -> None:
    assert '"outcome"' in receiving.output
    assert not [key for key in (ALCHEMY_KEY, MORALIS_KEY) if key in receiving.output]


@either
def test_by_default_there_is_no_receiver(stack: RunningStack, provider: str) -> None:
    answer = send(stack, provider, delivery(provider, "nobody"))
    assert (answer.status_code, answer.text) == (403, '{"message":"Missing Authentication Token"}')
