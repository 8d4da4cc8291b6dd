"""When not to ask a provider: it has just failed, or its share of requests is spent.

Both live in the memory of a function instance and are shared by its warm invocations. `clock`
gives seconds from any fixed point. Own code: a breaker that stays open as long as each failure
asks for is what pybreaker (30 ms to import) lacks.
"""

from collections.abc import Callable
from threading import BoundedSemaphore, Lock

FAILURES_TO_OPEN = 3
OPEN_SECONDS = 20.0
HURRY_SECONDS = 2.0


class CircuitBreaker:
    """Closed, open for a time, then half open: one request may try, and its outcome decides."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = Lock()
        self._failures = 0
        self._opened = False
        self._waits = False
        self._failed_at = 0.0
        self._until = 0.0

    def admits(self) -> bool:
        """Whether to ask now; true for one caller only while half open."""
        with self._lock:
            if not self._opened:
                return True
            if self._clock() < self._until:
                return False
            self._until = self._clock() + OPEN_SECONDS  # the others wait for this one's outcome
            return True

    def seconds_left(self) -> float:
        with self._lock:
            return max(0.0, self._until - self._clock()) if self._opened else 0.0

    def succeeded(self) -> None:
        with self._lock:
            self._failures, self._opened = 0, False

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            if self._opened or self._failures >= FAILURES_TO_OPEN:
                self._open(OPEN_SECONDS, waits=False)

    def open_for(self, seconds: float, *, waits: bool) -> None:
        """`waits`: the provider named the time, so nothing may hurry it."""
        with self._lock:
            self._open(seconds, waits=waits)

    def hurry(self) -> bool:
        """Half open at once, for a caller whom nobody else can answer; true if that is so now."""
        with self._lock:
            early = self._clock() < self._failed_at + HURRY_SECONDS
            if not self._opened or self._waits or early:
                return False
            self._failed_at = self._until = self._clock()
            return True

    def _open(self, seconds: float, *, waits: bool) -> None:
        self._opened, self._waits, self._failed_at = True, waits, self._clock()
        self._until = self._failed_at + seconds


class RequestBudget:
    """At most `concurrency` requests at once, `burst` at first, `per_second` in the long run."""

    def __init__(
        self, clock: Callable[[], float], *, per_second: float, burst: int, concurrency: int
    ) -> None:
        self._clock = clock
        self._per_second = per_second
        self._burst = burst
        self._places = BoundedSemaphore(concurrency)
        self._lock = Lock()
        self._left = float(burst)
        self._refilled = clock()

    def take(self) -> bool:
        """Whether one request may go now; then `give_back` must follow it."""
        if not self._places.acquire(blocking=False):
            return False
        with self._lock:
            now = self._clock()
            self._left += (now - self._refilled) * self._per_second
            self._left, self._refilled = min(self._left, float(self._burst)), now
            if self._left >= 1:
                self._left -= 1
                return True
        self._places.release()
        return False

    def give_back(self) -> None:
        self._places.release()
