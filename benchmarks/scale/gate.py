"""A limit that lets so many units a second through, and how long whoever comes has to wait.

Clients that are refused try again. Here they do so at the very moment there is room, first come
first served: the best that retries can do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf

from benchmarks.scale.rate_meter import RateMeter


@dataclass
class Gate:
    """`rate` in units a second, infinite for no limit; `burst` in units.

    GCRA: `_booked` is when everything that was let through so far has been earned.
    """

    name: str
    rate: float
    burst: float
    peak: float = 0.0
    """Units a second that came to it at the busiest time."""
    longest_wait: float = 0.0
    _meter: RateMeter = field(default_factory=RateMeter)
    _booked: float = 0.0

    def wait(self, now: float, units: float) -> float:
        """Seconds until the first of so many units may pass; nothing is taken yet.

        A group larger than the burst stands for callers who come one after another.
        """
        ahead = max(self._booked, now) - now
        return max(0.0, ahead - max(0.0, self.burst - units) / self.rate)

    def admits(self, now: float, units: float, patience: float) -> float:
        """How many of the units get through before their patience ends."""
        self.peak = max(self.peak, self._meter.note(now, units))
        if self.rate == inf:
            return units
        return min(units, max(0.0, patience - self.wait(now, units)) * self.rate)

    def take(self, now: float, units: float) -> float:
        """Books the units, and says how long they have to wait."""
        waited = self.wait(now, units)
        self._booked = max(self._booked, now) + units / self.rate
        self.longest_wait = max(self.longest_wait, waited)
        return waited
