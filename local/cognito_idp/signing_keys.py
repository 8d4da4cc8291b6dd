"""The RSA keys of each pool: one signs ID tokens, another access tokens, as in Cognito.

https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
"""

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

from local.state import State

type TokenUse = Literal["id", "access"]
TOKEN_USES: tuple[TokenUse, ...] = ("id", "access")


@dataclass(frozen=True)
class SigningKey:
    """`kid` names the key in token headers and in the JWKS."""

    kid: str
    private_key: RSAPrivateKey


def new_private_key() -> RSAPrivateKey:
    """A fresh 2048 bit key."""
    return generate_private_key(public_exponent=65537, key_size=2048)


class SigningKeys:
    """Keys per pool and use, created once and kept in the state file."""

    def __init__(self, state: State, new_key: Callable[[], RSAPrivateKey]) -> None:
        self._state = state
        self._new_key = new_key
        self._loaded: dict[tuple[str, TokenUse], SigningKey] = {}

    def find(self, user_pool_id: str, use: TokenUse) -> SigningKey:
        """The key of that pool for that kind of token, created on first use."""
        loaded = self._loaded.get((user_pool_id, use))
        if loaded is None:
            loaded = _signing_key(self._load_or_create(user_pool_id, use))
            self._loaded[user_pool_id, use] = loaded
        return loaded

    def jwks(self, user_pool_id: str) -> dict[str, Any]:
        """The public keys, as served at /<poolId>/.well-known/jwks.json."""
        return {"keys": [_public_jwk(self.find(user_pool_id, use)) for use in TOKEN_USES]}

    def _load_or_create(self, user_pool_id: str, use: TokenUse) -> RSAPrivateKey:
        table = self._state.table(f"signing_keys/{user_pool_id}")
        if use not in table:
            created = self._new_key()
            table[use] = _to_pem(created)
            return created
        key = serialization.load_pem_private_key(table[use].encode(), password=None)
        if not isinstance(key, RSAPrivateKey):
            raise TypeError("a signing key of the state file is not RSA")
        return key


def _signing_key(private_key: RSAPrivateKey) -> SigningKey:
    public = private_key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return SigningKey(base64.b64encode(hashlib.sha256(public).digest()).decode(), private_key)


def _to_pem(key: RSAPrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def _public_jwk(key: SigningKey) -> dict[str, Any]:
    jwk = json.loads(RSAAlgorithm.to_jwk(key.private_key.public_key()))
    return {
        "alg": "RS256",
        "e": jwk["e"],
        "kid": key.kid,
        "kty": "RSA",
        "n": jwk["n"],
        "use": "sig",
    }
