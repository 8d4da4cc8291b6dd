"""The present rate of something that comes in groups."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

WINDOW = 10
"""Groups whose arrivals give the rate."""


@dataclass
class RateMeter:
    """Units a second over the last groups, each of which stands for a stretch of time."""

    _seen: deque[tuple[float, float]] = field(default_factory=lambda: deque(maxlen=WINDOW + 1))

    def note(self, now: float, units: float) -> float:
        """The rate with this group; 0 while only groups of one moment have come."""
        self._seen.append((now, units))
        since = now - self._seen[0][0]
        if since <= 0:
            return 0.0
        return sum(units for _, units in list(self._seen)[1:]) / since
