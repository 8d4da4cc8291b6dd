"""Work that is given up at its deadline, whatever it is waiting for.

A socket time-out covers one read, not name resolution, not a handshake or headers that drip. So
the work runs on a daemon thread and the caller stops waiting; what it had open is hung up.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from socket import SHUT_RDWR, socket

from fetch.errors import DeadlineError


class OpenSockets:
    """What the work has open, for another thread to end."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sockets: list[socket] = []
        self._is_over = False

    def add(self, opened: socket) -> None:
        """Raises DeadlineError where the work was given up meanwhile."""
        with self._lock:
            if self._is_over:
                raise DeadlineError("given up")
            self._sockets.append(opened)

    def hang_up(self) -> None:
        """End the reads that are waiting, and refuse connections still to come."""
        with self._lock:
            self._is_over = True
            for opened in self._sockets:
                with suppress(OSError):  # closed already
                    opened.shutdown(SHUT_RDWR)


def within[T](seconds: float, work: Callable[[OpenSockets], T]) -> T:
    """What `work` returns or raises.

    Raises:
        DeadlineError: it had not ended after `seconds`.
    """
    if seconds <= 0:
        raise DeadlineError("no time left")
    results: list[T] = []
    errors: list[BaseException] = []
    opened = OpenSockets()

    def run() -> None:
        try:
            results.append(work(opened))
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=run, name="fetch", daemon=True)
    thread.start()
    thread.join(seconds)
    if results:
        return results[0]
    if errors:
        raise errors[0]
    opened.hang_up()
    raise DeadlineError("the deadline passed")
