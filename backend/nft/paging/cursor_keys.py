"""The keys that sign page cursors: two versions of one Secrets Manager secret.

The current version signs; current and previous verify. So a rotation is one command,
`aws secretsmanager put-secret-value` with a new random string, and breaks no walk: a function
instance that meets a cursor of a key it does not know reads the secret again.
https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html#term_version
"""

from collections.abc import Callable

from nft.errors import CursorKeyError
from nft.paging.cursor_token import Position, is_signed, open_cursor, seal
from runtime.cached_secret import CachedSecret, Secret, UnreadableSecretError
from runtime.secrets import ReadVersion

MIN_SECRET_LENGTH = 32


class CursorKeys:
    """`clock` gives seconds from any fixed point, `now` seconds of Unix time."""

    def __init__(
        self, read: ReadVersion, *, clock: Callable[[], float], now: Callable[[], float]
    ) -> None:
        self._cached = CachedSecret(lambda _: _read_keys(read), clock=clock)
        self._now = now

    def seal(self, position: Position, *, bound_to: str) -> str:
        """Raises CursorKeyError."""
        return seal(position, key=self._keys()[0], bound_to=bound_to, now=self._now())

    def open(self, cursor: str, *, expected_binding: str) -> Position:
        """Raises InvalidCursorError, ExpiredCursorError, CursorKeyError."""
        keys = self._keys()
        if not is_signed(cursor, keys):
            keys = self._cached.refreshed_if(lambda known: not is_signed(cursor, known))
        return open_cursor(cursor, keys=keys, expected_binding=expected_binding, now=self._now())

    def _keys(self) -> tuple[Secret, ...]:
        try:
            return self._cached.value()
        except UnreadableSecretError as error:
            raise CursorKeyError(str(error)) from None


def _read_keys(read: ReadVersion) -> tuple[Secret, ...]:
    """The current key, and the previous one where there is one."""
    current = (read("AWSCURRENT") or "").strip()
    previous = (read("AWSPREVIOUS") or "").strip()
    if len(current) < MIN_SECRET_LENGTH:
        raise UnreadableSecretError(f"the secret is shorter than {MIN_SECRET_LENGTH} characters")
    usable = (text for text in (current, previous) if len(text) >= MIN_SECRET_LENGTH)
    return tuple(Secret(text) for text in usable)
