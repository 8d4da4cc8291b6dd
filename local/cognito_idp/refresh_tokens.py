"""Refresh tokens and what was revoked with them.

One record per sign-in, named by its `origin_jti`: revoking it kills the refresh token and every
access token that carries the same `origin_jti`. Only a hash of the token is stored.
"""

import base64
import hashlib
import hmac
from dataclasses import asdict, dataclass, replace

from local.cognito_idp.identifiers import RandomBytes
from local.cognito_idp.state import State

# An access token minted in the last moment of a refresh token lives for a day at most.
_KEPT_AFTER_EXPIRY_SECONDS = 86_400


@dataclass(frozen=True)
class SignIn:
    """One sign-in of a user; times in epoch seconds."""

    origin_jti: str
    event_id: str
    user_pool_id: str
    client_id: str
    username: str
    auth_time: int
    expires_at: float
    revoked: bool = False


class RefreshTokens:
    """Sign-ins by `origin_jti`, kept in the state file."""

    def __init__(self, state: State, random_bytes: RandomBytes) -> None:
        self._state = state
        self._random_bytes = random_bytes

    def issue(self, sign_in: SignIn) -> str:
        """The refresh token of a new sign-in."""
        self._forget_long_expired(sign_in.auth_time)
        secret = base64.urlsafe_b64encode(self._random_bytes(48)).decode()
        self._records[sign_in.origin_jti] = {**asdict(sign_in), "hash": _hash(secret)}
        self._state.save()
        return f"{sign_in.origin_jti}.{secret}"

    def find(self, token: str) -> SignIn | None:
        """The sign-in of a refresh token, revoked and expired ones included."""
        origin_jti, _, secret = token.partition(".")
        record = self._records.get(origin_jti)
        if record is None or not hmac.compare_digest(str(record["hash"]), _hash(secret)):
            return None
        return _sign_in(record)

    def is_revoked(self, origin_jti: str) -> bool:
        """True also for a sign-in nobody knows: the state file may have been deleted."""
        record = self._records.get(origin_jti)
        return record is None or bool(record["revoked"])

    def revoke(self, sign_in: SignIn) -> None:
        self._revoke([sign_in])

    def revoke_all(self, user_pool_id: str, username: str) -> None:
        """Sign the user out everywhere."""
        sign_ins = [_sign_in(record) for record in self._records.values()]
        self._revoke(
            [s for s in sign_ins if (s.user_pool_id, s.username) == (user_pool_id, username)]
        )

    @property
    def _records(self) -> dict[str, dict[str, object]]:
        return self._state.table("sign_ins")

    def _revoke(self, sign_ins: list[SignIn]) -> None:
        for sign_in in sign_ins:
            self._records[sign_in.origin_jti] |= asdict(replace(sign_in, revoked=True))
        self._state.save()

    def _forget_long_expired(self, now: float) -> None:
        limit = now - _KEPT_AFTER_EXPIRY_SECONDS
        sign_ins = [_sign_in(record) for record in self._records.values()]
        for sign_in in sign_ins:
            if sign_in.expires_at < limit:
                del self._records[sign_in.origin_jti]


def _sign_in(record: dict[str, object]) -> SignIn:
    return SignIn(**{name: value for name, value in record.items() if name != "hash"})  # type: ignore[arg-type]


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
