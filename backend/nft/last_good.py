"""The last good answers of a function instance, for when no provider gives a new one."""

from collections import OrderedDict
from collections.abc import Callable

MAX_ANSWERS = 64
MAX_AGE_SECONDS = 3600.0


class LastGood[T]:
    """Least recently kept go first; `clock` gives seconds from any fixed point."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._held: OrderedDict[str, tuple[float, T]] = OrderedDict()

    def keep(self, key: str, answer: T) -> None:
        self._held[key] = (self._clock(), answer)
        self._held.move_to_end(key)
        while len(self._held) > MAX_ANSWERS:
            self._held.popitem(last=False)

    def find(self, key: str) -> T | None:
        kept_at, answer = self._held.get(key, (0.0, None))
        return answer if self._clock() - kept_at <= MAX_AGE_SECONDS else None
