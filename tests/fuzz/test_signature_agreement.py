"""Random signatures: we and eth-account agree on accept, refuse and signer.

Where eth-account is known to differ a rule says so (`canonical`), and its half of the rule is
checked too. 3,000 signatures; `FUZZ=full` makes it 100,000 with fresh randomness.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import pytest
from eth_account import Account
from eth_account.messages import encode_defunct

from ethereum.errors import SignatureError
from ethereum.signature import recover_signer

FULL = os.environ.get("FUZZ") == "full"
COUNT = 100_000 if FULL else 3_000
SEED = int.from_bytes(os.urandom(8)) if FULL else 4361
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
BYTES = 65


@dataclass(frozen=True)
class Signed:
    """What a wallet made over a message; `s` is low."""

    message: bytes
    signer: str
    r: int
    s: int
    v: int


def repeatable(purpose: str) -> Random:
    return Random(f"{SEED} {purpose}")  # noqa: S311  # a failure names SEED, so it can be had again


def encode(r: int, s: int, v: int) -> str:
    return "0x" + (r.to_bytes(32) + s.to_bytes(32) + bytes([v])).hex()


def sign(random: Random) -> Signed:
    message = random.randbytes(random.choice([0, 1, 31, 64, 300]))
    wallet = Account.from_key(random.randrange(1, ORDER).to_bytes(32))
    made = wallet.sign_message(encode_defunct(primitive=message))
    return Signed(message, str(wallet.address).lower(), made.r, made.s, made.v)


def flip_a_bit(given: Signed, random: Random) -> str:
    raw = bytearray.fromhex(encode(given.r, given.s, given.v)[2:])
    raw[random.randrange(len(raw))] ^= 1 << random.randrange(8)
    return "0x" + raw.hex()


def resize(given: Signed, random: Random) -> str:
    raw = bytes.fromhex(encode(given.r, given.s, given.v)[2:]) + random.randbytes(40)
    return "0x" + raw[: random.choice([0, 1, 32, 63, 66, 67, 96, 105])].hex()


def respell(given: Signed, random: Random) -> str:
    text = encode(given.r, given.s, given.v)
    at = random.randrange(2, len(text))
    return random.choice(
        [text[2:], "0X" + text[2:], f" {text}", f"{text}\n", text[:at] + " " + text[at:], text[:-1]]
    )


KINDS: dict[str, Callable[[Signed, Random], str]] = {
    "v 27 or 28": lambda given, random: encode(given.r, given.s, given.v),
    "v 0 or 1": lambda given, random: encode(given.r, given.s, given.v - 27),
    "without 0x": lambda given, random: encode(given.r, given.s, given.v)[2:],
    "capitals": lambda given, random: "0x" + encode(given.r, given.s, given.v)[2:].upper(),
    "EIP-2098": lambda given, random: encode(given.r, given.s | (given.v - 27) << 255, 0)[
        : 2 + 128
    ],
    "other parity": lambda given, random: encode(given.r, given.s, 55 - given.v),
    "malleated": lambda given, random: encode(given.r, ORDER - given.s, 55 - given.v),
    "any v": lambda given, random: encode(given.r, given.s, random.randrange(256)),
    "EIP-155 v": lambda given, random: encode(given.r, given.s, given.v + 8),
    "one bit flipped": flip_a_bit,
    "another length": resize,
    "another spelling": respell,
    "random r and s": lambda given, random: encode(
        random.randrange(2**256), random.randrange(ORDER // 2), random.choice([0, 1, 27, 28])
    ),
    "random bytes": lambda given, random: "0x" + random.randbytes(BYTES).hex(),
    "64 random bytes": lambda given, random: "0x" + random.randbytes(64).hex(),
    "at the edges": lambda given, random: encode(
        random.choice([0, 1, ORDER - 1, ORDER, 2**256 - 1, given.r]),
        random.choice([0, 1, ORDER // 2, ORDER // 2 + 1, ORDER - 1, ORDER, given.s]),
        random.choice([0, 1, 27, 28]),
    ),
}


def canonical(text: str) -> bytes | None:
    """The 65 bytes that stand for a signature in our one spelling set, else None."""
    digits = text.removeprefix("0x")
    if digits == text and len(text) != 130:
        return None
    if not set(digits) <= set("0123456789abcdefABCDEF"):
        return None
    if len(digits) == 128:
        parity_and_s = int(digits[64:], 16)
        s, v = parity_and_s % 2**255, 27 + (parity_and_s >> 255)
    elif len(digits) == 130:
        s, v = int(digits[64:128], 16), int(digits[128:], 16)
    else:
        return None
    if s > ORDER // 2 or v not in (0, 1, 27, 28):
        return None
    return bytes.fromhex(digits[:64]) + s.to_bytes(32) + bytes([v])


def oracle(message: bytes, signature: bytes | str) -> str | None:
    try:
        signer = Account.recover_message(encode_defunct(primitive=message), signature=signature)
    except Exception:  # its tree is not one: eth-keys, eth-utils and ValueError all come out
        return None
    return str(signer).lower()


def ours(message: bytes, signature: str) -> str | None:
    try:
        return recover_signer(message, signature)
    except SignatureError:
        return None


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kind", KINDS)
def test_agrees_with_eth_account(kind: str) -> None:
    random = repeatable(kind)
    for _ in range(-(-COUNT // len(KINDS))):
        given = sign(random)
        signature = KINDS[kind](given, random)
        spelt = canonical(signature)
        expected = None if spelt is None else oracle(given.message, spelt)
        assert ours(given.message, signature) == expected, (SEED, given, signature)


@pytest.mark.parametrize("kind", ["v 27 or 28", "v 0 or 1", "without 0x", "capitals", "EIP-2098"])
def test_accepts_every_spelling_of_the_set_as_its_signers(kind: str) -> None:
    random = repeatable(f"accept {kind}")
    for _ in range(100):
        given = sign(random)
        assert ours(given.message, KINDS[kind](given, random)) == given.signer


@pytest.mark.parametrize("kind", ["malleated", "EIP-155 v"])
def test_refuses_what_eth_account_is_known_to_take_for_the_signers(kind: str) -> None:
    random = repeatable(f"refuse {kind}")
    for _ in range(100):
        given = sign(random)
        signature = KINDS[kind](given, random)
        assert oracle(given.message, signature) == given.signer
        assert ours(given.message, signature) is None
