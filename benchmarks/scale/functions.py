"""How many instances a Lambda function needs, and how many calls meet one that has to start."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp

from benchmarks.scale.rate_meter import RateMeter

IDLE_SECONDS = 600.0
"""How long an instance without calls lives, on average; AWS does not say. Assumed."""


@dataclass
class Function:
    """`seconds` is what a call takes, warm; a group's calls are spread over its stretch of time."""

    seconds: float
    _meter: RateMeter = field(default_factory=RateMeter)
    _warm: float = 0.0
    _at: float = 0.0

    def started_for(self, now: float, calls: float) -> float:
        """Instances that have to start for these calls."""
        needed = max(1.0, self._meter.note(now, calls) * self.seconds)
        warm = self._warm * exp(-(now - self._at) / IDLE_SECONDS)
        started = min(calls, max(0.0, needed - warm))
        self._warm, self._at = warm + started, now
        return started
