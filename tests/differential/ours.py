"""Our verifier's word on a signed message, and the messages that it is asked about."""

from __future__ import annotations

import json
from random import Random
from typing import NamedTuple

from coincurve import PrivateKey
from eth_account import Account

from auth.challenge_answer import verify_challenge_answer
from auth.errors import ChallengeAnswerError
from auth.relying_party import relying_party_from_environment
from ethereum.errors import EthereumError
from ethereum.signature import hash_personal_message
from tests.differential.mutations import mutated_message, sound_draft
from tests.differential.values import NONCE, NOW, STATEMENT, URI

KEY = PrivateKey(b"\x11" * 32)
STRANGER = PrivateKey(b"\x22" * 32)
ADDRESS = str(Account.from_key(KEY.secret).address)
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
PARTY = relying_party_from_environment(
    {"ALLOWED_ORIGINS": URI, "CHAIN_IDS": "1,137", "STATEMENT": STATEMENT}
)
PRIVATE = {
    "message": "",
    "nonce": NONCE,
    "issuedAt": "2026-01-01T00:00:00Z",
    "expirationTime": "2026-01-01T00:05:00Z",
}


class Signed(NamedTuple):
    message: str
    signature: str


def sign(message: str, key: PrivateKey = KEY) -> bytes:
    """r || s || v, v 27 or 28."""
    raw = key.sign_recoverable(hash_personal_message(message.encode()), hasher=None)
    return raw[:64] + bytes([raw[64] + 27])


def signed_message(random: Random) -> Signed:
    """A mutated message, well signed; one in twenty is sound and oddly signed."""
    if random.random() < 0.05:
        text = sound_draft(random, ADDRESS).text()
        return Signed(text, respell(text, random))
    text = mutated_message(random, ADDRESS)
    return Signed(text, f"0x{sign(text).hex()}")


def respell(message: str, random: Random) -> str:
    raw = sign(message)
    r, s, v = raw[:32], int.from_bytes(raw[32:64]), raw[64]
    compact = r + (s | (v - 27) << 255).to_bytes(32)
    flipped = bytearray(raw)
    flipped[random.randrange(65)] ^= 1 << random.randrange(8)
    return random.choice(
        [
            raw.hex(),
            f"0x{raw.hex().upper()}",
            f"0X{raw.hex()}",
            f"0x{raw[:64].hex()}{v - 27:02x}",
            f"0x{raw[:64].hex()}{v + 8:02x}",
            f"0x{compact.hex()}",
            compact.hex(),
            f"0x{r.hex()}{(ORDER - s).to_bytes(32).hex()}{55 - v:02x}",
            f"0x{raw.hex()}00",
            f"0x{raw[:63].hex()}",
            f" 0x{raw.hex()}",
            f"0x{flipped.hex()}",
            f"0x{sign(message, STRANGER).hex()}",
            f"0x{sign(message + '.').hex()}",
            "0x",
        ]
    )


def our_refusal(signed: Signed) -> str:
    """The code, or "" where the answer is accepted."""
    try:
        verify_challenge_answer(
            json.dumps(signed._asdict()),
            private_parameters=PRIVATE,
            user_name=ADDRESS.lower(),
            user_not_found=False,
            relying_party=PARTY,
            now=NOW,
        )
    except (ChallengeAnswerError, EthereumError) as refusal:
        return refusal.code
    return ""
