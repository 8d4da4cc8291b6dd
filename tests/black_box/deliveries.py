"""A provider's delivery of now, signed and sent."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import httpx

from tests.black_box.visitor import Client, patiently
from tests.fixtures.deliveries import (
    BLOCK,
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
"""The header, and what signs a body."""


def delivery(provider: str, name: str, receiver: str = RECEIVER) -> bytes:
    """A delivery of now; `name` tells one from another."""
    now = datetime.now(UTC)
    if provider == "alchemy":
        move, at = alchemy_activity(toAddress=receiver), f"{now:%Y-%m-%dT%H:%M:%S}.000Z"
        return json.dumps(alchemy_delivery(move, id=name, createdAt=at)).encode()
    block = {"number": "19992545", "hash": BLOCK, "timestamp": str(int(now.timestamp()))}
    transfer = moralis_transfer(to=receiver)
    return json.dumps(moralis_delivery(transfer, streamId=name, block=block)).encode()


def send(
    client: Client, provider: str, body: bytes, key: str, *, signature: str = ""
) -> httpx.Response:
    """Signed with the key, if not as told."""
    header, sign = SIGNED[provider]
    headers = {"content-type": "application/json", header: signature or sign(body, key=key)}
    url = f"{client.config['apiEndpoint']}/webhooks/{provider}"
    return patiently(lambda: httpx.post(url, content=body, headers=headers, timeout=40))


def told(answer: httpx.Response) -> tuple[int, str]:
    found: dict[str, Any] = answer.json()
    return answer.status_code, found.get("outcome") or found["error"]["code"]
