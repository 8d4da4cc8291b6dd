"""What the user pool asks a wallet to sign, and the EIP-4361 message that answers it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from nft_gallery_client.errors import SignInError

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


@dataclass(frozen=True)
class Challenge:
    """Times are RFC 3339."""

    nonce: str
    issued_at: str
    expiration_time: str
    statement: str
    chain_ids: tuple[int, ...]
    origins: tuple[str, ...]

    @property
    def issued(self) -> float:
        """The server's time when it made the challenge, in seconds since 1970."""
        return _epoch(self.issued_at)

    @property
    def expires(self) -> float:
        return _epoch(self.expiration_time)


def read_challenge(parameters: object) -> Challenge:
    """The public challenge parameters, strings only.

    Raises:
        SignInError: unreadable_challenge.
    """
    if not isinstance(parameters, Mapping):
        raise SignInError("unreadable_challenge")
    texts = {str(key): value for key, value in parameters.items() if isinstance(value, str)}
    try:
        challenge = Challenge(
            nonce=_shaped(texts["nonce"], r"[A-Za-z0-9]{8,64}"),
            issued_at=_time(texts["issuedAt"]),
            expiration_time=_time(texts["expirationTime"]),
            statement=_shaped(texts["statement"], r"[ -~]{1,512}"),
            chain_ids=tuple(map(_chain_id, texts["chainIds"].split(","))),
            origins=tuple(texts["origins"].split(",")),
        )
    except (KeyError, ValueError):
        raise SignInError("unreadable_challenge") from None
    return challenge


def compose_message(challenge: Challenge, *, address: str, origin: str, chain_id: int) -> str:
    """The text to sign, for the origin that the caller named and no other."""
    domain = origin.partition("://")[2]
    return (
        f"{domain} wants you to sign in with your Ethereum account:\n{address}\n\n"
        f"{challenge.statement}\n\n"
        f"URI: {origin}\nVersion: 1\nChain ID: {chain_id}\nNonce: {challenge.nonce}\n"
        f"Issued At: {challenge.issued_at}\nExpiration Time: {challenge.expiration_time}"
    )


def _shaped(text: str, pattern: str) -> str:
    if not re.fullmatch(pattern, text):
        raise ValueError(pattern)
    return text


def _time(text: str) -> str:
    if not _TIME.fullmatch(text):
        raise ValueError("no RFC 3339")
    _epoch(text)
    return text


def _chain_id(text: str) -> int:
    return int(_shaped(text, r"[1-9][0-9]{0,18}"))


def _epoch(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()
