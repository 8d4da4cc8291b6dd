"""A secret in the memory of one function instance, read again only so often.

A new value is in use MAX_AGE_SECONDS after it was stored, without a deployment; sooner where
somebody refuses the cached one. Who reads the secret, and how, is passed in: sign-in does without
Powertools.
"""

from collections.abc import Callable
from contextlib import suppress
from threading import Lock

MAX_AGE_SECONDS = 300.0

REFRESH_SECONDS = 30.0
"""Between two readings on account of refusals, and after a reading that failed."""


class UnreadableSecretError(Exception):
    """The secret cannot be read, or holds nothing usable.

    Its text is for the log and holds nothing of the secret.
    """


class Secret:
    """A value that prints as stars; `reveal` is the only way to read it."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return "**********"

    def __reduce__(self) -> str:
        raise TypeError("a Secret is not serialised")


class CachedSecret[T]:
    """`read` gets the cached value, None at first, and raises UnreadableSecretError.

    A cached value outlives a secret that is unreadable; whatever else `read` raises is passed on.
    `clock` gives seconds from any fixed point.
    """

    def __init__(self, read: Callable[[T | None], T], *, clock: Callable[[], float]) -> None:
        self._read = read
        self._clock = clock
        self._lock = Lock()
        self._cached: tuple[T] | None = None
        self._due = self._refresh_due = float("-inf")

    def value(self) -> T:
        """The cached value, read again where it is too old.

        Raises:
            UnreadableSecretError: there is no value yet.
        """
        cached = self._fresh()
        if cached is None:
            with self._lock:
                cached = self._fresh() or self._reread()  # another thread may just have read it
        return cached[0]

    def refreshed_if(self, is_refused: Callable[[T], bool]) -> T:
        """The cached value; read again first where it is refused, at most every REFRESH_SECONDS.

        It is the refused one still where the secret holds no other or cannot be read.

        Raises:
            UnreadableSecretError: there is no value yet.
        """
        cached = self._cached or (self.value(),)
        if not is_refused(cached[0]):
            return cached[0]
        with self._lock:
            cached = self._cached or cached
            if is_refused(cached[0]) and self._clock() >= self._refresh_due:
                self._refresh_due = self._clock() + REFRESH_SECONDS
                with suppress(Exception):  # the refusal says more
                    cached = self._reread()
        return cached[0]

    def _fresh(self) -> tuple[T] | None:
        return self._cached if self._clock() < self._due else None

    def _reread(self) -> tuple[T]:
        try:
            self._cached = (self._read(self._cached[0] if self._cached else None),)
            self._due = self._clock() + MAX_AGE_SECONDS
        except UnreadableSecretError:
            if self._cached is None:
                raise
            self._due = self._clock() + REFRESH_SECONDS
        return self._cached
