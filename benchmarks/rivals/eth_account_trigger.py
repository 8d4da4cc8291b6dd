"""The trigger with eth-account: recover, compare."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eth_account import Account
from eth_account.messages import encode_defunct

Loop = Callable[[Callable[[], object]], Callable[[int], int]]


def recover(message: str, signature: str) -> str:
    return str(Account.recover_message(encode_defunct(text=message), signature=signature))


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    request = event["request"]
    signer = recover(request["privateChallengeParameters"]["message"], request["challengeAnswer"])
    event["response"]["answerCorrect"] = signer.lower() == event["userName"]
    return event


def timers(challenge: dict[str, str], loop: Loop) -> dict[str, Callable[[int], int]]:
    message, signature = challenge["message"], challenge["signature"]
    if recover(message, signature).lower() != challenge["address"]:
        raise ValueError("another signer")
    return {"verify": loop(lambda: recover(message, signature))}
