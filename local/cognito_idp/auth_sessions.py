"""`Session` strings of the custom authentication flow: single use, short-lived, bound to one round.

Kept in memory: they live for minutes, and after a restart a client starts its sign-in again.
"""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from local.cognito_idp.errors import NotAuthorizedError
from local.cognito_idp.identifiers import RandomBytes

_KEPT_AFTER_EXPIRY_SECONDS = 3_600.0


@dataclass(frozen=True)
class ChallengeResult:
    """One answered challenge, as DefineAuthChallenge sees it in `session`."""

    challenge_name: str
    challenge_result: bool
    challenge_metadata: str | None

    def as_event(self) -> dict[str, object]:
        return {
            "challengeName": self.challenge_name,
            "challengeResult": self.challenge_result,
            "challengeMetadata": self.challenge_metadata,
        }


@dataclass(frozen=True)
class AuthRound:
    """A sign-in under way. `user_not_found` is fixed at its start, so that a user created
    meanwhile cannot finish a sign-in that began without one."""

    client_id: str
    username: str
    user_not_found: bool
    results: tuple[ChallengeResult, ...] = ()


@dataclass(frozen=True)
class OpenChallenge:
    """A challenge waiting for its answer; `private_parameters` never leave the server."""

    auth_round: AuthRound
    challenge_name: str
    challenge_metadata: str | None
    private_parameters: Mapping[str, str]
    expires_at: float


class AuthSessions:
    """Open challenges by Session string."""

    def __init__(self, *, now: Callable[[], float], random_bytes: RandomBytes) -> None:
        self._now = now
        self._random_bytes = random_bytes
        self._open: dict[str, OpenChallenge] = {}
        self._used: dict[str, OpenChallenge] = {}  # without what only an answer needs

    def open(self, challenge: OpenChallenge) -> str:
        """A new Session string for `challenge`."""
        self._forget_long_expired()
        session = base64.urlsafe_b64encode(self._random_bytes(96)).decode()
        self._open[session] = challenge
        return session

    def claim(self, session: str, *, client_id: str, username: str) -> OpenChallenge:
        """Take the challenge out, once. Raises NotAuthorizedError.

        Nothing is awaited between look-up and removal: of two concurrent answers one wins.
        """
        challenge = self._open.get(session) or self._used.get(session)
        if challenge is None:
            raise NotAuthorizedError("Invalid session for the user.")
        auth_round = challenge.auth_round
        if (auth_round.client_id, auth_round.username) != (client_id, username):
            raise NotAuthorizedError("Invalid session for the user.")
        if session in self._used:
            raise NotAuthorizedError("Invalid session for the user, session can only be used once.")
        if self._now() >= challenge.expires_at:
            raise NotAuthorizedError("Invalid session for the user, session is expired.")
        del self._open[session]
        self._used[session] = replace(
            challenge, private_parameters=MappingProxyType({}), challenge_metadata=None
        )
        return challenge

    def give_back(self, session: str, challenge: OpenChallenge) -> None:
        """As if it had not been claimed."""
        self._used.pop(session, None)
        self._open[session] = challenge

    def _forget_long_expired(self) -> None:
        """The oldest come first: of ten thousand, one is looked at."""
        limit = self._now() - _KEPT_AFTER_EXPIRY_SECONDS
        for challenges in (self._open, self._used):
            while challenges and next(iter(challenges.values())).expires_at < limit:
                del challenges[next(iter(challenges))]
