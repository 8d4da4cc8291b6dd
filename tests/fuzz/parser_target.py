"""What must hold for any bytes at all: the parser, and the verifier behind it, on hostile input."""

from __future__ import annotations

import json

from auth.challenge import create_challenge
from auth.challenge_answer import verify_challenge_answer
from auth.errors import ChallengeAnswerError
from auth.relying_party import relying_party_from_environment
from ethereum.errors import EthereumError, SiweFormatError
from ethereum.siwe import MAX_MESSAGE_LENGTH, create_siwe_message, parse_siwe_message

NOW = 1767225600.0
USER = "0x19e7e376e7c213b7e7e7e46cc70a5dd086daff2a"
PARTY = relying_party_from_environment(
    {
        "ALLOWED_ORIGINS": "https://gallery.example,http://localhost:3000",
        "CHAIN_IDS": "1,137",
        "STATEMENT": "Sign in to NFT Gallery.",
    }
)
PRIVATE = create_challenge(
    USER, relying_party=PARTY, now=NOW, random_bytes=lambda count: bytes(range(count))
).private_parameters
NOBODYS_SIGNATURE = "0x" + "11" * 64 + "1b"


def check_parser(data: bytes) -> bool:
    """Whether the text is a message; raises AssertionError (or what escaped) for a defect."""
    text = data.decode("utf-8", "surrogateescape")
    try:
        message = parse_siwe_message(text)
    except SiweFormatError:
        return False
    assert create_siwe_message(message) == text, "an accepted message writes other bytes"
    assert text.isascii()
    assert len(text) <= MAX_MESSAGE_LENGTH
    assert message.version == "1"
    return True


def check_answer(data: bytes) -> None:
    """No text, bare or in JSON, is an answer: nobody holds a key for these signatures."""
    text = data.decode("utf-8", "surrogateescape")
    for answer in (text, json.dumps({"message": text, "signature": NOBODYS_SIGNATURE})):
        try:
            verify_challenge_answer(
                answer,
                private_parameters=PRIVATE,
                user_name=USER,
                user_not_found=False,
                relying_party=PARTY,
                now=NOW + 5,
            )
        except (ChallengeAnswerError, EthereumError):
            continue
        raise AssertionError("an answer nobody signed was accepted")
