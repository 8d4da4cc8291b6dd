"""Refresh tokens and what was revoked with them.

One record per sign-in, named by its `origin_jti`: revoking it kills its refresh tokens and every
access token that carries the same `origin_jti`. Rotation replaces the refresh token of a sign-in;
the ones it had are kept, to tell a reused token from an unknown one. Only hashes are stored.
"""

import base64
import hashlib
from dataclasses import asdict, dataclass, fields
from typing import Any

from local.cognito_idp.identifiers import RandomBytes
from local.state import State, Table

# An access token minted in the last moment of a refresh token lives for a day at most.
_KEPT_AFTER_EXPIRY_SECONDS = 86_400
type Record = dict[str, Any]


@dataclass(frozen=True)
class SignIn:
    """One sign-in of a user; times in epoch seconds.

    `revoked` ends refresh and Cognito's own API. `signed_out`, which is for all sign-ins of a user
    at once, ends the identity pool too. `has_aged`: on this machine its time was declared over, for
    the tokens it has given out as well.
    """

    origin_jti: str
    event_id: str
    user_pool_id: str
    client_id: str
    username: str
    auth_time: int
    expires_at: float
    revoked: bool = False
    signed_out: bool = False
    has_aged: bool = False


class RefreshTokens:
    """Sign-ins by `origin_jti`, kept in the state file."""

    def __init__(self, state: State, random_bytes: RandomBytes) -> None:
        self._state = state
        self._random_bytes = random_bytes

    def issue(self, sign_in: SignIn) -> str:
        """The refresh token of a new sign-in."""
        with self._state.transaction():
            limit = sign_in.auth_time - _KEPT_AFTER_EXPIRY_SECONDS
            self._records.remove_below("expires_at", limit)
            return self._add_token({**asdict(sign_in), "tokens": {}})

    def rotate(self, token: str, *, now: float) -> str:
        """Replace a token that `find` knows. Rotated again, it keeps the time of the first."""
        record = self._records[_origin_jti(token)]
        if _tokens(record)[_hash(token)] is None:
            _tokens(record)[_hash(token)] = now
        return self._add_token(record)

    def find(self, token: str) -> SignIn | None:
        """The sign-in of a refresh token; of a rotated, revoked or expired one too."""
        record = self._records.get(_origin_jti(token))
        if record is None or _hash(token) not in _tokens(record):
            return None
        return _sign_in(record)

    def rotated_at(self, token: str) -> float | None:
        """When a token that `find` knows was first replaced; None for the current one."""
        rotated_at: float | None = _tokens(self._records[_origin_jti(token)])[_hash(token)]
        return rotated_at

    def is_revoked(self, origin_jti: str) -> bool:
        """True also for a sign-in nobody knows: the state file may have been deleted."""
        record = self._records.get(origin_jti)
        return record is None or bool(record["revoked"])

    def is_signed_out(self, origin_jti: str) -> bool:
        """True also for a sign-in nobody knows."""
        record = self._records.get(origin_jti)
        return record is None or _sign_in(record).signed_out

    def revoke(self, sign_in: SignIn) -> None:
        self._change([sign_in], revoked=True)

    def age(self, sign_in: SignIn) -> None:
        """As if so much time had passed that all its tokens have expired."""
        self._change([sign_in], has_aged=True)

    def has_aged(self, origin_jti: str) -> bool:
        record = self._records.get(origin_jti)
        return record is not None and _sign_in(record).has_aged

    def all(self) -> list[SignIn]:
        return [_sign_in(record) for record in self._records.values()]

    def revoke_all(self, user_pool_id: str, username: str) -> None:
        """Sign the user out everywhere."""
        self._change(self.of_user(user_pool_id, username), revoked=True, signed_out=True)

    def of_user(self, user_pool_id: str, username: str) -> list[SignIn]:
        found = map(_sign_in, self._records.where("username", username).values())
        return [sign_in for sign_in in found if sign_in.user_pool_id == user_pool_id]

    @property
    def _records(self) -> Table:
        return self._state.table("sign_ins")

    def _add_token(self, record: Record) -> str:
        secret = base64.urlsafe_b64encode(self._random_bytes(48)).decode()
        token = f"{record['origin_jti']}.{secret}"
        _tokens(record)[_hash(token)] = None
        self._records[record["origin_jti"]] = record
        return token

    def _change(self, sign_ins: list[SignIn], **changes: bool) -> None:
        with self._state.transaction():
            for sign_in in sign_ins:
                record = self._records[sign_in.origin_jti]
                self._records[sign_in.origin_jti] = record | changes


def _sign_in(record: Record) -> SignIn:
    known = {field.name for field in fields(SignIn)}  # a state file of before may lack one
    return SignIn(**{name: value for name, value in record.items() if name in known})


def _tokens(record: Record) -> dict[str, float | None]:
    """Hash of each token -> when it was rotated, None for a current one."""
    if "hash" in record:  # a state file from before rotation
        record["tokens"] = {record.pop("hash"): None}
    tokens: dict[str, float | None] = record["tokens"]
    return tokens


def _origin_jti(token: str) -> str:
    return token.partition(".")[0]


def _hash(token: str) -> str:
    return hashlib.sha256(token.partition(".")[2].encode()).hexdigest()
