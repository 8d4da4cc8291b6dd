"""The trigger with siwe: parse, compare the fields, recover."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from siwe import SiweMessage  # type: ignore[import-untyped]

Loop = Callable[[Callable[[], object]], Callable[[int], int]]


def verify(message: str, signature: str, address: str) -> bool:
    parsed = SiweMessage.from_message(message)
    parsed.verify(signature, domain="gallery.example", nonce=parsed.nonce)
    return bool(parsed.address.lower() == address)


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    request = event["request"]
    message = request["privateChallengeParameters"]["message"]
    correct = verify(message, request["challengeAnswer"], event["userName"])
    event["response"]["answerCorrect"] = correct
    return event


def timers(challenge: dict[str, str], loop: Loop) -> dict[str, Callable[[int], int]]:
    message, signature, address = (challenge[k] for k in ("message", "signature", "address"))
    if not verify(message, signature, address):
        raise ValueError("another signer")
    return {"verify": loop(lambda: verify(message, signature, address))}
