"""Temporary credentials of assumed roles, which survive a restart of the local stack.

Only the key id, the role and the expiry are stored. The secret and the token are derived from one
stored key, so the state file lists no credentials and a session cannot be forged without it.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Protocol

from local.iam.policy import Role

_KEPT_AFTER_EXPIRY_SECONDS = 86_400.0


class SessionState(Protocol):
    """Where sessions are kept; `local.cognito_idp.state.State` is one."""

    def table(self, name: str) -> dict[str, Any]: ...
    def save(self) -> None: ...


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
        state: SessionState,
        now: Callable[[], float],
        random_bytes: Callable[[int], bytes],
    ) -> None:
        self._roles = {role.arn: role for role in roles}
        self._state = state
        self._now = now
        self._random_bytes = random_bytes
        keys = state.table("iam_session_key")
        if "key" not in keys:
            # Saved together with the first session; before that nothing depends on it.
            keys["key"] = random_bytes(32).hex()
        self._key = bytes.fromhex(keys["key"])

    def issue(
        self,
        role: Role,
        session_name: str,
        *,
        lifetime_seconds: float,
        cognito: Mapping[str, str] = MappingProxyType({}),
    ) -> Session:
        """Credentials for `role`, as sts:AssumeRoleWithWebIdentity would give."""
        if self._roles.get(role.arn) != role:
            raise ValueError(f"{role.arn} is not a role of this stack")
        self._forget_long_expired()
        access_key_id = "ASIA" + base64.b32encode(self._random_bytes(10)).decode()
        self._records[access_key_id] = {
            "role_arn": role.arn,
            "session_name": session_name,
            "expires_at": self._now() + lifetime_seconds,
            "cognito": dict(cognito),
        }
        self._state.save()
        return self._session(access_key_id, role)

    def find(self, access_key_id: str) -> Session | None:
        """The session of this key id, expired or not; None when nobody has it."""
        record = self._records.get(access_key_id)
        role = self._roles.get(record["role_arn"]) if record else None
        return self._session(access_key_id, role) if role else None

    @property
    def _records(self) -> dict[str, Any]:
        return self._state.table("iam_sessions")

    def _session(self, access_key_id: str, role: Role) -> Session:
        record = self._records[access_key_id]
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

    def _forget_long_expired(self) -> None:
        # Kept for a day after expiry, so that a late caller hears "expired" and not "invalid".
        limit = self._now() - _KEPT_AFTER_EXPIRY_SECONDS
        for access_key_id in [k for k, v in self._records.items() if v["expires_at"] < limit]:
            del self._records[access_key_id]
