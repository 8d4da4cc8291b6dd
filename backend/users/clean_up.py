"""One run over the users: count the unproven ones and, where asked to, delete them. Bounded.

Half the time at most goes into listing. There is no state to resume from: a run begins at another
sixteenth of the addresses each hour, and those it has deleted are not there the next time.

Why: ARCHITECTURE.md, users.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

from users.errors import DeletionRefusedError
from users.unproven import Survey, User, require_recent_marks, survey

MAX_DELETIONS = 3000
LISTS_PER_SECOND = 10
DELETIONS_PER_SECOND = 5
"""Well below Cognito's quotas, which the wallets of all pools of an account share."""
RESERVE_SECONDS = 30.0
"""What a run leaves of its time: a call that is under way may take long."""

_HEX = "0123456789abcdef"
_HOUR_SECONDS = 3600
_logger = logging.getLogger(__name__)


class UserPool(Protocol):
    """`users.user_pool.CognitoUserPool`."""

    def pages(self, prefix: str) -> Iterator[list[User]]: ...
    def find(self, name: str) -> User | None: ...
    def delete(self, name: str) -> None: ...


class Clock(NamedTuple):
    """`now` in seconds since 1970, `remaining` the seconds left to the function."""

    now: float
    remaining: Callable[[], float]
    sleep: Callable[[float], None]


class Outcome(NamedTuple):
    """`code` says why nobody was deleted, or would be; None where nothing is in the way."""

    seen: int
    found: int
    deleted: int
    finished: bool
    code: str | None


def clean_up(pool: UserPool, clock: Clock, *, deletes: bool, min_age_seconds: float) -> Outcome:
    """Log one line with the outcome, and return it; the line is written where a call fails too."""
    listing = _Listing(pool, clock)
    surveyed = survey(listing.users(), now=clock.now, min_age_seconds=min_age_seconds)
    code = _reason_to_refuse(surveyed, clock.now, min_age_seconds)
    deleted: list[str] = []
    try:
        if deletes and code is None:
            created_by = clock.now - min_age_seconds
            for name in _unproven_still(pool, clock, surveyed.unproven[:MAX_DELETIONS], created_by):
                pool.delete(name)
                deleted.append(name)
    finally:
        count = len(surveyed.unproven)
        outcome = Outcome(surveyed.seen, count, len(deleted), listing.finished, code)
        _log(outcome)
    return outcome


class _Listing:
    """All users, or as many as half the time is enough for; then `finished` stays False."""

    def __init__(self, pool: UserPool, clock: Clock) -> None:
        self._pool = pool
        self._clock = clock
        self._until = clock.remaining() / 2
        self.finished = False

    def users(self) -> Iterator[User]:
        start = int(self._clock.now // _HOUR_SECONDS) % len(_HEX)
        for digit in _HEX[start:] + _HEX[:start]:
            for page in self._pool.pages(f"0x{digit}"):
                yield from page
                if self._clock.remaining() < self._until:
                    return
                self._clock.sleep(1 / LISTS_PER_SECOND)
        self.finished = True


def _unproven_still(
    pool: UserPool, clock: Clock, names: tuple[str, ...], created_by: float
) -> Iterator[str]:
    """Those that are so now too: since the list, a wallet may have proved itself or come anew."""
    for name in names:
        if clock.remaining() < RESERVE_SECONDS:
            return
        clock.sleep(1 / DELETIONS_PER_SECOND)
        user = pool.find(name)
        if user is not None and user.mark is None and user.created_at <= created_by:
            yield name


def _reason_to_refuse(surveyed: Survey, now: float, min_age_seconds: float) -> str | None:
    try:
        require_recent_marks(surveyed, now=now, min_age_seconds=min_age_seconds)
    except DeletionRefusedError as refusal:
        return refusal.code
    return None


def _log(outcome: Outcome) -> None:
    level = logging.INFO if outcome.code is None else logging.WARNING
    extra = {"event": "unproven_users", **outcome._asdict()}
    _logger.log(level, "unproven users counted", extra=extra)
