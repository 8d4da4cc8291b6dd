"""The keys that sign page cursors: two versions of one Secrets Manager secret.

The current version signs; current and previous verify. So a rotation is one command,
`aws secretsmanager put-secret-value` with a new random string, and breaks no walk: a function
instance that meets a cursor of a key it does not know reads the secret again, at most every
REFRESH_SECONDS, however new what it holds may be.
https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html#term_version
"""

from collections.abc import Callable

from nft.errors import CursorKeyError
from nft.paging.cursor_token import Position, is_signed, open_cursor, seal
from runtime.settings import Secret

MAX_AGE_SECONDS = 300.0
REFRESH_SECONDS = 30.0
MIN_SECRET_LENGTH = 32

type ReadVersion = Callable[[str], str | None]
"""AWSCURRENT or AWSPREVIOUS -> that version's text, None where there is none; CursorKeyError."""


class CursorKeys:
    """`clock` gives seconds from any fixed point, `now` seconds of Unix time."""

    def __init__(
        self, read: ReadVersion, *, clock: Callable[[], float], now: Callable[[], float]
    ) -> None:
        self._read = read
        self._clock = clock
        self._now = now
        self._keys: tuple[Secret, ...] = ()
        self._read_at = 0.0
        self._refreshed_at: float | None = None

    def seal(self, position: Position, *, bound_to: str) -> str:
        """Raises CursorKeyError."""
        return seal(
            position, key=self._known(MAX_AGE_SECONDS)[0], bound_to=bound_to, now=self._now()
        )

    def open(self, cursor: str, *, expected_binding: str) -> Position:
        """Raises InvalidCursorError, ExpiredCursorError, CursorKeyError."""
        keys = self._known(MAX_AGE_SECONDS)
        if not is_signed(cursor, keys) and self._may_refresh():
            self._refreshed_at = self._clock()
            keys = self._known(0.0)
        return open_cursor(cursor, keys=keys, expected_binding=expected_binding, now=self._now())

    def _may_refresh(self) -> bool:
        since = self._refreshed_at
        return since is None or self._clock() - since >= REFRESH_SECONDS

    def _known(self, max_age: float) -> tuple[Secret, ...]:
        if not self._keys or self._clock() - self._read_at >= max_age:
            self._keys = self._both()
            self._read_at = self._clock()
        return self._keys

    def _both(self) -> tuple[Secret, ...]:
        """Keys held already outlive a moment in which the secret cannot be read."""
        try:
            current = (self._read("AWSCURRENT") or "").strip()
            previous = (self._read("AWSPREVIOUS") or "").strip()
        except CursorKeyError:
            if self._keys:
                return self._keys
            raise
        if len(current) < MIN_SECRET_LENGTH:
            raise CursorKeyError(f"the secret is shorter than {MIN_SECRET_LENGTH} characters")
        usable = (text for text in (current, previous) if len(text) >= MIN_SECRET_LENGTH)
        return tuple(Secret(text) for text in usable)
