"""Which user records may go: those of wallets that nobody has ever proved to hold. Pure.

Whatever is in doubt keeps a record. A mark may be missing although its wallet has proved itself
where writing it failed (`auth.proof_mark` tries again at each sign-in and refresh, and users wait
for days), or where the wallet came before there were marks. So records older than the oldest mark
stay, and nothing goes unless marks are still being written.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from ethereum.address import is_canonical_address
from users.errors import NoMarkError, OldMarksError


class User(NamedTuple):
    """`created_at` in seconds since 1970; `mark` as `auth.proof_mark` writes it, or None."""

    name: str
    created_at: float
    mark: str | None


class Survey(NamedTuple):
    """What the users seen are like; times in seconds since 1970."""

    seen: int
    oldest_mark: float | None
    newest_mark: float | None
    unproven: tuple[str, ...]
    """Names of those that may go, the oldest first."""


def survey(users: Iterable[User], *, now: float, min_age_seconds: float) -> Survey:
    """Look at each user once."""
    seen, marks, waiting = 0, list[float](), list[tuple[float, str]]()
    for user in users:
        seen += 1
        if user.mark is not None:
            marks.extend(_time_of(user.mark))
        elif is_canonical_address(user.name) and user.created_at <= now - min_age_seconds:
            waiting.append((user.created_at, user.name))
    if not marks:
        return Survey(seen, None, None, ())
    oldest = min(marks)
    unproven = tuple(name for created_at, name in sorted(waiting) if created_at > oldest)
    return Survey(seen, oldest, max(marks), unproven)


def require_recent_marks(surveyed: Survey, *, now: float, min_age_seconds: float) -> None:
    """Raises DeletionRefusedError where nothing shows that proofs are still being recorded."""
    if surveyed.newest_mark is None:
        raise NoMarkError
    if surveyed.newest_mark <= now - min_age_seconds:
        raise OldMarksError


def _time_of(mark: str) -> list[float]:
    """The time of a mark; none of one that we did not write, whose user is kept all the same."""
    try:
        return [datetime.strptime(mark, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp()]
    except ValueError:
        return []
