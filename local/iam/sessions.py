"""Temporary credentials of assumed roles, which survive a restart of the local stack.

Only the key id, the role and the expiry are stored. The secret and the token are derived from one
stored key, so the state file lists no credentials and a session cannot be forged without it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from local.iam.policy import Role
from local.state import State, Table

_KEPT_AFTER_EXPIRY_SECONDS = 86_400.0


@dataclass(frozen=True)
class Session:
    """Credentials of an assumed role; `expires_at` in epoch seconds.

    `cognito` is what API Gateway's `$context.identity` says of an identity pool's credentials.
    """

    access_key_id: str
    secret_access_key: str
    session_token: str
    role: Role
    assumed_role_arn: str
    expires_at: float
    cognito: Mapping[str, str] = field(default_factory=dict)

    @property
    def name_of_caller(self) -> str:
        """As `local.request_notes` names callers."""
        identity = self.cognito.get("cognitoIdentityId")
        if identity is None:
            return f"function {self.assumed_role_arn.rpartition('/')[2]}"
        is_guest = self.cognito["cognitoAuthenticationType"] == "unauthenticated"
        return f"{'guest' if is_guest else 'identity'} {identity}"

    def __repr__(self) -> str:
        return f"Session({self.assumed_role_arn}, expires_at={self.expires_at})"


class Sessions:
    """Issues and finds sessions of the given roles."""

    def __init__(
        self,
        *,
        roles: Iterable[Role],
        state: State,
        now: Callable[[], float],
        random_bytes: Callable[[int], bytes],
        before: Sessions | None = None,
    ) -> None:
        """`before` issued what the processes that live on through an update were given."""
        self._roles = {role.arn: role for role in roles}
        self._state = state
        self._of_this_run: State = before._of_this_run if before else State(None)
        self._now = now
        self._random_bytes = random_bytes
        keys = state.table("iam_session_key")
        if "key" not in keys:
            keys["key"] = random_bytes(32).hex()
        self._key = bytes.fromhex(keys["key"])

    def issue(
        self,
        role: Role,
        session_name: str,
        *,
        lifetime_seconds: float,
        cognito: Mapping[str, str] = MappingProxyType({}),
        is_kept: bool = True,
    ) -> Session:
        """Credentials for `role`, as sts:AssumeRoleWithWebIdentity would give.

        What only a process of this run is given need not be kept for the next one.
        """
        if self._roles.get(role.arn) != role:
            raise ValueError(f"{role.arn} is not a role of this stack")
        access_key_id = "ASIA" + base64.b32encode(self._random_bytes(10)).decode()
        record = {
            "role_arn": role.arn,
            "session_name": session_name,
            "expires_at": self._now() + lifetime_seconds,
            "cognito": dict(cognito),
        }
        state = self._state if is_kept else self._of_this_run
        records = _records(state)
        with state.transaction():
            # Kept for a day after expiry, so that a late caller hears "expired" and not "invalid".
            records.remove_below("expires_at", self._now() - _KEPT_AFTER_EXPIRY_SECONDS)
            records[access_key_id] = record
        return self._session(access_key_id, role, record)

    def find(self, access_key_id: str) -> Session | None:
        """The session of this key id, expired or not; None when nobody has it."""
        states = (self._of_this_run, self._state)
        for record in filter(None, (_records(s).get(access_key_id) for s in states)):
            role = self._roles.get(record["role_arn"])
            return self._session(access_key_id, role, record) if role else None
        return None

    def _session(self, access_key_id: str, role: Role, record: Mapping[str, Any]) -> Session:
        account_id = role.arn.split(":")[4]
        return Session(
            access_key_id=access_key_id,
            secret_access_key=self._derive("secret", access_key_id)[:40],
            session_token=self._derive("token", access_key_id),
            role=role,
            assumed_role_arn=(
                f"arn:aws:sts::{account_id}:assumed-role/{role.name}/{record['session_name']}"
            ),
            expires_at=record["expires_at"],
            cognito=record.get("cognito", {}),
        )

    def _derive(self, purpose: str, access_key_id: str) -> str:
        message = f"{purpose}:{access_key_id}".encode()
        return base64.b64encode(hmac.digest(self._key, message, hashlib.sha512)).decode()


def _records(state: State) -> Table:
    return state.table("iam_sessions")
