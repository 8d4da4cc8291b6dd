"""The users of the stack and their sessions, as a developer may see them: without any token."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from local.cognito_identity.identity_pools import IdentityPools
from local.cognito_idp.refresh_tokens import SignIn
from local.cognito_idp.user_pools import UserPools


@dataclass(frozen=True)
class SeenSession:
    """`id` is made here and opens nothing. Times in seconds since 1970."""

    id: str
    signed_in_at: float
    expires_at: float
    state: str


@dataclass(frozen=True)
class SeenUser:
    username: str
    status: str
    created_at: float
    attributes: dict[str, str]
    sessions: list[SeenSession]


class Wallets:
    """`user_pools` and `identity_pools` of the stack that serves."""

    def __init__(self, user_pools: UserPools, identity_pools: IdentityPools) -> None:
        self._pools = user_pools
        self._identity_pools = identity_pools

    def all(self) -> list[SeenUser]:
        """Users by name, the newest session of each first."""
        return [
            SeenUser(
                username=user.username,
                status=user.status,
                created_at=user.created_at,
                attributes=dict(user.attributes),
                sessions=self._sessions(pool_id, user.username),
            )
            for pool_id in self._pools.pool_ids()
            for user in self._pools.users.in_order(pool_id)
        ]

    def expire(self, session_id: str) -> bool:
        """Whether there was such a session: all its tokens are now as old ones are."""
        for sign_in in self._pools.refresh_tokens.all():
            if _id(sign_in) == session_id:
                self._pools.refresh_tokens.age(sign_in)
                return True
        return False

    def name_of(self, caller: str) -> str:
        """The wallet that an identity belongs to; any other caller as it is."""
        kind, _, identity_id = caller.partition(" ")
        identity = self._identity_pools.identities.find(identity_id)
        if kind != "identity" or identity is None or identity.login is None:
            return caller
        for pool_id in self._pools.pool_ids():
            if user := self._pools.users.find_by_sub(pool_id, identity.login.sub):
                return f"wallet {user.username}"
        return caller

    def _sessions(self, pool_id: str, username: str) -> list[SeenSession]:
        of_user = self._pools.refresh_tokens.of_user(pool_id, username)
        newest = sorted(of_user, key=lambda sign_in: sign_in.auth_time, reverse=True)
        return [
            SeenSession(_id(s), s.auth_time, s.expires_at, _state(s, self._pools.now()))
            for s in newest
        ]


def _id(sign_in: SignIn) -> str:
    return hashlib.sha256(sign_in.origin_jti.encode()).hexdigest()[:16]


def _state(sign_in: SignIn, now: float) -> str:
    if sign_in.signed_out:
        return "signed out everywhere"
    if sign_in.revoked:
        return "signed out"
    if sign_in.has_aged or now >= sign_in.expires_at:
        return "expired"
    return "current"
