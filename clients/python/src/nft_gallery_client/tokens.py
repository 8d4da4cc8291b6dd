"""The three tokens of a session, and what its ID token says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import jwt

from nft_gallery_client.errors import WalletAuthError


@dataclass(frozen=True)
class Wallet:
    """`address` is EIP-55; `chain_id` is None where the gallery allows several chains.

    `expires_at` is in seconds since 1970.
    """

    address: str
    chain_id: int | None
    expires_at: int


@dataclass(frozen=True)
class Tokens:
    id_token: str = field(repr=False)
    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    wallet: Wallet


def read_tokens(result: object, *, refresh_token: str = "") -> Tokens:
    """Cognito's AuthenticationResult. Without a new refresh token the given one goes on.

    Raises:
        WalletAuthError: unreadable_response.
    """
    try:
        if not isinstance(result, Mapping):
            raise TypeError("no tokens")
        new = result.get("RefreshToken") or refresh_token
        texts = [result["IdToken"], result["AccessToken"], new]
        if not all(isinstance(text, str) and text for text in texts):
            raise TypeError("no tokens")
        claims = jwt.decode(texts[0], options={"verify_signature": False})
        return Tokens(texts[0], texts[1], texts[2], wallet_of(claims))
    except (KeyError, TypeError, ValueError, jwt.PyJWTError):
        raise WalletAuthError("unreadable_response") from None


def wallet_of(claims: Mapping[str, Any]) -> Wallet:
    """Of an ID token's claims. Raises ValueError where they name no wallet."""
    address, expires_at, chain_id = (claims.get(key) for key in ("wallet", "exp", "chain_id"))
    if not isinstance(address, str) or not re.fullmatch(r"0x[0-9a-fA-F]{40}", address):
        raise ValueError("no wallet")
    if claims.get("cognito:username") != address.lower():
        raise ValueError("another user's wallet")
    if not isinstance(expires_at, int) or isinstance(expires_at, bool):
        raise ValueError("no expiry")
    return Wallet(address, _chain_id(chain_id), expires_at)


def _chain_id(claim: object) -> int | None:
    if claim is None:
        return None
    if not isinstance(claim, str) or not re.fullmatch(r"[1-9][0-9]{0,18}", claim):
        raise ValueError("no chain id")
    return int(claim)
