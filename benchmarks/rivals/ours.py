"""Ours, and the limit: libsecp256k1 itself, in the same process because coincurve brings it."""

from __future__ import annotations

import ctypes
import json
import os
from collections.abc import Callable
from functools import partial

from coincurve import _libsecp256k1

from auth.triggers.verify_auth_challenge_response import handler
from ethereum.signature import recover_signer
from ethereum.siwe import parse_siwe_message

Loop = Callable[[Callable[[], object]], Callable[[int], int]]

LIBSECP256K1 = (
    "secp256k1_ecdsa_recoverable_signature_parse_compact",
    "secp256k1_ecdsa_recover",
    "secp256k1_ec_pubkey_serialize",
)


def timers(challenge: dict[str, str], loop: Loop) -> dict[str, Callable[[int], int]]:
    message, signature = challenge["message"], challenge["signature"]
    recover = partial(recover_signer, message.encode(), signature)
    if recover() != challenge["address"]:
        raise ValueError("another signer")
    return {
        "limit": limit(challenge),
        "verify": loop(recover),
        "parse": loop(partial(parse_siwe_message, message)),
        "trigger": loop(trigger(challenge["event"])),
    }


def trigger(event: str) -> Callable[[], object]:
    """The whole verify trigger, as Cognito calls it: read, parse, validate, recover."""
    received = json.loads(event)
    if not handler(received, None)["response"]["answerCorrect"]:
        raise ValueError("the answer is refused")
    return lambda: handler(received, None)


def limit(challenge: dict[str, str]) -> Callable[[int], int]:
    """The loop of limit.c over the functions in coincurve's copy of libsecp256k1."""
    library = ctypes.CDLL(_libsecp256k1.__file__)
    functions = [ctypes.cast(getattr(library, name), ctypes.c_void_p) for name in LIBSECP256K1]
    context = ctypes.c_void_p.in_dll(library, "secp256k1_context_static")
    time_verifications = ctypes.CDLL(os.environ["LIMIT_LIBRARY"]).time_verifications
    time_verifications.restype = ctypes.c_int64
    message, raw = challenge["message"].encode(), bytes.fromhex(challenge["signature"][2:])
    recoverable = raw[:64] + bytes([raw[64] - 27])
    address = bytes.fromhex(challenge["address"][2:])
    signed = (message, ctypes.c_size_t(len(message)), recoverable, address)

    def time_calls(count: int) -> int:
        nanoseconds = time_verifications(ctypes.c_int64(count), context, *functions, *signed)
        if nanoseconds < 0:
            raise ValueError("the limit finds another signer")
        return int(nanoseconds)

    return time_calls
