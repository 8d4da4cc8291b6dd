"""Deliveries of both providers: signed ones count once, and of others nothing is told."""

from __future__ import annotations

import uuid

import httpx
import pytest

from tests.black_box.deliveries import SIGNED, delivery, send, told
from tests.black_box.visitor import Visitor
from verify.target import Target

pytestmark = pytest.mark.needs_webhooks
either = pytest.mark.parametrize("provider", SIGNED)


@pytest.fixture
def key(target: Target, provider: str) -> str:
    if provider not in target.webhook_keys:
        pytest.skip(f"webhooks: no signing key of {provider} is known")
    return target.webhook_keys[provider]


@either
def test_a_signed_delivery_counts_once(client: Visitor, provider: str, key: str) -> None:
    body = delivery(provider, name())
    assert told(send(client, provider, body, key)) == (200, "invalidated")
    assert told(send(client, provider, body, key)) == (200, "duplicate")
    assert told(send(client, provider, delivery(provider, name()), key)) == (200, "invalidated")


def name() -> str:
    """Of a delivery that this target has never had."""
    return f"verify-{uuid.uuid4()}"


@either
def test_what_is_not_signed_so_is_refused_and_told_nothing(
    client: Visitor, provider: str, key: str
) -> None:
    body = delivery(provider, name())
    _, sign = SIGNED[provider]
    wrong = (sign(body + b" ", key=key), sign(body, key="another key of 16"), "0x", "x")
    for signature in wrong:
        answer = send(client, provider, body, key, signature=signature)
        assert told(answer) == (401, "invalid_signature")


@either
def test_a_body_that_is_too_large_is_refused(client: Visitor, provider: str, key: str) -> None:
    answer: httpx.Response = send(client, provider, b"[" + b" " * 2_000_000 + b"]", key)
    assert told(answer) == (413, "payload_too_large")
