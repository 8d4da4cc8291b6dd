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
    RECEIVER,
    alchemy_activity,
    alchemy_delivery,
    alchemy_signature,
    moralis_delivery,
    moralis_signature,
    moralis_transfer,
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
        f"MoralisStreamSecrets={MORALIS_KEY}\nAlchemyRps=100\n"
    )
    stack = start_stack(folder)
    yield stack
    stack.stop()


def delivery(provider: str, name: str, receiver: str = RECEIVER) -> bytes:
    """A delivery of now; `name` tells one from another."""
    now = datetime.now(UTC)
    if provider == "alchemy":
        move, at = alchemy_activity(toAddress=receiver), f"{now:%Y-%m-%dT%H:%M:%S}.000Z"
        return json.dumps(alchemy_delivery(move, id=name, createdAt=at)).encode()
    block = {"number": "19992545", "hash": BLOCK, "timestamp": str(int(now.timestamp()))}
    transfer = moralis_transfer(to=receiver)
    return json.dumps(moralis_delivery(transfer, streamId=name, block=block)).encode()


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


def uses_of_memory(stack: RunningStack, route: str) -> list[str]:
    """What memory did for each lookup of a route so far."""
    lines = [line for line in stack.output.splitlines() if f'"route":"{route}"' in line]
    return [json.loads(line)["cache"] for line in lines]


@either
def test_a_lookup_in_memory_is_asked_for_again_once_a_delivery_names_its_wallet(
    receiving: RunningStack, provider: str
) -> None:
    digit = {"alchemy": "a", "moralis": "b"}[provider]
    named, bystander = "0x" + f"{digit}1" * 20, "0x" + f"{digit}2" * 20
    client = Client(receiving.site)
    guest = client.credentials()
    before = len(uses_of_memory(receiving, "/chains/{chainId}/owners/{owner}/nfts"))

    def look_up(owner: str) -> None:
        answer = client.signed_get(f"chains/1/owners/{owner}/nfts", guest, {"limit": "5"})
        assert answer.status_code == 200

    for owner in (named, named, bystander):
        look_up(owner)
    body = delivery(provider, "memory", receiver=named)
    assert told(send(receiving, provider, body)) == (200, "invalidated")
    for owner in (named, bystander):
        look_up(owner)
    uses = uses_of_memory(receiving, "/chains/{chainId}/owners/{owner}/nfts")[before:]
    assert uses == ["miss", "hit", "miss", "miss", "hit"]


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
