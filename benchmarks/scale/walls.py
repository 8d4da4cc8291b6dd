"""Which limits a launch runs into, in the order in which a growing launch meets them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from benchmarks.scale.gate import Gate
from benchmarks.scale.settings import Settings


class Wall(NamedTuple):
    """A limit, what it lets through a second, and what the busiest second of a launch asks."""

    name: str
    lets_through: float
    asked: float

    @property
    def times_too_much(self) -> float:
        return self.asked / self.lets_through


def limits(settings: Settings, peaks: Mapping[str, Gate]) -> list[Wall]:
    """Every limit, the tightest first; `peaks` are the gates of a day without limits."""
    gates = settings.gates().values()
    found = [Wall(gate.name, gate.rate, peaks[gate.name].peak) for gate in gates]
    return sorted(found, key=lambda wall: -wall.times_too_much)


def walls(settings: Settings, peaks: Mapping[str, Gate]) -> list[Wall]:
    """Those of the limits that the launch goes beyond."""
    return [wall for wall in limits(settings, peaks) if wall.times_too_much > 1]
