"""The time as the server has it, where the machine's own clock is off."""

from __future__ import annotations

from collections.abc import Callable

SKEW_SECONDS = 60
"""How far a clock may be off before the server's time is taken; the sign-in policy's own figure."""


class Clock:
    """Calling it gives seconds since 1970."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._offset = 0.0

    def __call__(self) -> float:
        return self._now() + self._offset

    @property
    def is_off(self) -> bool:
        return self._offset != 0

    def hear(self, server_time: float | None) -> None:
        """Take the server's time if ours differs by more than the skew, ours again if not."""
        if server_time is not None:
            difference = server_time - self._now()
            self._offset = difference if abs(difference) > SKEW_SECONDS else 0.0
