"""When an answer must be there: one object from the route to the socket, on one clock.

A socket time-out covers one read, not name resolution, not a handshake or headers that drip. So
`within` runs work on a daemon thread and stops waiting at the deadline; what the work had open is
hung up.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from socket import SHUT_RDWR, socket
from typing import NamedTuple, Self

type Clock = Callable[[], float]
"""Seconds from any fixed point."""


class Deadline(NamedTuple):
    """A moment `at` on `clock`."""

    at: float
    clock: Clock

    @classmethod
    def after(cls, seconds: float, clock: Clock) -> Self:
        """`seconds` from now."""
        return cls(clock() + seconds, clock)

    def left(self) -> float:
        """Seconds until it passes; 0 or less once it has."""
        return self.at - self.clock()

    def at_most(self, seconds: float) -> "Deadline":
        """This deadline, or `seconds` from now where that is sooner."""
        return Deadline(min(self.at, self.clock() + seconds), self.clock)

    def less(self, seconds: float) -> "Deadline":
        """This deadline with `seconds` kept back for what comes after."""
        return Deadline(self.at - seconds, self.clock)

    def share(self, parts: int) -> "Deadline":
        """The first of `parts` equal parts of the time that is left."""
        return Deadline.after(self.left() / parts, self.clock)


class OpenSockets:
    """What work under a deadline has open, for another thread to hang up."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sockets: list[socket] = []
        self._is_over = False

    def add(self, opened: socket) -> None:
        """Raises TimeoutError where the work was given up meanwhile."""
        with self._lock:
            if self._is_over:
                raise TimeoutError("given up")
            self._sockets.append(opened)

    def raise_if_over(self) -> None:
        """Raises TimeoutError where the work was given up meanwhile."""
        with self._lock:
            if self._is_over:
                raise TimeoutError("given up")

    def hang_up(self) -> None:
        """End the reads that are waiting, and refuse connections still to come."""
        with self._lock:
            self._is_over = True
            for opened in self._sockets:
                with suppress(OSError):  # closed already
                    opened.shutdown(SHUT_RDWR)


def within[T](deadline: Deadline, work: Callable[[OpenSockets], T], *, name: str) -> T:
    """What `work` returns or raises; `name` is its thread's.

    Raises:
        TimeoutError: no time was left, or the work had not ended at the deadline.
    """
    seconds = deadline.left()
    if seconds <= 0:
        raise TimeoutError("no time left")
    results: list[T] = []
    errors: list[BaseException] = []
    opened = OpenSockets()

    def run() -> None:
        try:
            results.append(work(opened))
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=run, name=name, daemon=True)
    thread.start()
    thread.join(seconds)
    if results:
        return results[0]
    if errors:
        raise errors[0]
    opened.hang_up()
    raise TimeoutError("the deadline passed")
