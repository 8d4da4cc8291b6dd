"""What a part of the benchmark is given: a folder, a share of the time, and how hard to try."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from tools.step import TOOLS

CACHE = TOOLS / "benchmarks"
"""What is installed or built once: rivals, the earlier version."""


class NotMeasuredError(Exception):
    """A part, or something in it, cannot be measured here; the text says why."""


@dataclass(frozen=True)
class Run:
    """`scratch` is empty and goes away; `ends` is on `clock`, in seconds."""

    scratch: Path
    is_quick: bool
    ends: float
    clock: Callable[[], float] = monotonic

    def left(self) -> float:
        """Seconds until the part has to have come to its end."""
        return max(0.0, self.ends - self.clock())

    def goes_on(self, reserve: float) -> Callable[[], bool]:
        """Whether there is time for more, if so many seconds are kept for what comes after."""
        return lambda: self.left() > reserve

    def count(self, full: int, quick: int) -> int:
        return quick if self.is_quick else full

    def folder(self, name: str) -> Path:
        made = self.scratch / name
        made.mkdir()
        return made

    def say(self, text: str) -> None:
        say(text)


def say(text: str) -> None:
    """Progress, on the terminal."""
    print(f"· {text}", file=sys.stderr, flush=True)
