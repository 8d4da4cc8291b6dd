"""For your own services: whose wallet an ID token proves, if it is one of this gallery.

Whoever holds an ID token is its wallet until it ends. Take it from your own pages and bots only.
https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import jwt
import requests

from nft_gallery_client.config import Config, read_config
from nft_gallery_client.errors import TokenError, UnreachableError
from nft_gallery_client.http import Http, Request, as_http
from nft_gallery_client.tokens import Wallet, wallet_of

_LONGEST_TOKEN = 8192
_REFETCH_SECONDS = 60
_KEYS_LIVE_SECONDS = 24 * 3600
_OPTIONS: Any = {f"verify_{name}": False for name in ("exp", "nbf", "iat", "aud", "iss", "sub")}
"""The signature alone is PyJWT's; the claims are compared below, with the clock passed in."""


class PublicKeys:
    """The user pool's keys by `kid`. An unknown one asks for them again, once a minute at most.

    Keys are used for a day after the pool last named them.
    """

    def __init__(self, url: str, http: Http, now: Callable[[], float]) -> None:
        self._url = url
        self._http = http
        self._now = now
        self._lock = threading.Lock()
        self._keys: Mapping[str, jwt.PyJWK] = {}
        self._named_at = float("-inf")
        self._asked_at = float("-inf")

    def find(self, kid: str) -> jwt.PyJWK:
        """Raises TokenError: invalid_token, or keys_unavailable where the pool does not answer."""
        key = self._known(kid)
        if key is None:
            with self._lock:
                self._ask_again()
            key = self._known(kid)
        if key is not None:
            return key
        is_told = self._now() - self._named_at < _KEYS_LIVE_SECONDS
        raise TokenError("invalid_token" if is_told else "keys_unavailable")

    def _known(self, kid: str) -> jwt.PyJWK | None:
        is_live = self._now() - self._named_at < _KEYS_LIVE_SECONDS
        return self._keys.get(kid) if is_live else None

    def _ask_again(self) -> None:
        now = self._now()
        if 0 <= now - self._asked_at < _REFETCH_SECONDS:
            return
        self._asked_at = now
        try:
            answer = self._http(Request("GET", self._url))
            if answer.status == 200:
                self._keys, self._named_at = _read_keys(answer.body), now
        except (
            UnreachableError,
            ValueError,
            TypeError,
            LookupError,
            AttributeError,
            jwt.PyJWTError,
        ):
            return


def _read_keys(body: bytes) -> dict[str, jwt.PyJWK]:
    rows = json.loads(body)["keys"]
    return {
        row["kid"]: jwt.PyJWK(row, algorithm="RS256")
        for row in rows
        if row.get("kty") == "RSA" and row.get("use", "sig") == "sig"
    }


class IdTokens:
    """Make one for each gallery and keep it: it remembers the public keys."""

    def __init__(
        self,
        config: Mapping[str, object] | Config,
        *,
        http: Http | requests.Session | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._config = read_config(config)
        self._now = now
        self._keys = PublicKeys(self._config.jwks_url, as_http(http), now)

    def verify(self, token: str) -> Wallet:
        """RS256 by the user pool, for this app client, an ID token, not expired, of a wallet.

        Raises:
            TokenError: invalid_token or expired_token; keys_unavailable says nothing of the token.
        """
        claims = self._signed_claims(token)
        config = self._config
        expected = {"iss": config.issuer, "aud": config.user_pool_client_id, "token_use": "id"}
        if {name: claims.get(name) for name in expected} != expected:
            raise TokenError("invalid_token")
        try:
            wallet = wallet_of(claims)
        except ValueError:
            raise TokenError("invalid_token") from None
        if self._now() >= wallet.expires_at:
            raise TokenError("expired_token")
        return wallet

    def verify_header(self, authorization: str | None) -> Wallet:
        """Of `Authorization: Bearer TOKEN`; raises as `verify` does."""
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer":
            raise TokenError("invalid_token")
        return self.verify(token.strip())

    def _signed_claims(self, token: str) -> dict[str, Any]:
        if not isinstance(token, str) or len(token) > _LONGEST_TOKEN:
            raise TokenError("invalid_token")
        try:
            kid = jwt.get_unverified_header(token).get("kid")
            if not isinstance(kid, str):
                raise TokenError("invalid_token")
            key = self._keys.find(kid)
            claims: dict[str, Any] = jwt.decode(token, key, algorithms=["RS256"], options=_OPTIONS)
        except (jwt.PyJWTError, ValueError, RecursionError):
            raise TokenError("invalid_token") from None
        return claims


_VERIFIERS: dict[Config, IdTokens] = {}


def verify_id_token(token: str, config: Mapping[str, object] | Config) -> Wallet:
    """As `IdTokens.verify`; the public keys of each configuration are remembered."""
    read = read_config(config)
    if read not in _VERIFIERS:
        _VERIFIERS[read] = IdTokens(read)
    return _VERIFIERS[read].verify(token)
