"""A launch day: when its wallets come, and what each of them does. All of it is assumed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

DAY = 86_400.0
ARRIVALS = ((60.0, 0.1), (600.0, 0.2), (3600.0, 0.3), (DAY, 0.4))
"""Until which second, and what share of all comes in that stretch, evenly."""
GROUPS = 300
"""Wallets are followed in groups of equal size, so that ten million cost no more than ten
thousand."""


@dataclass(frozen=True)
class Habits:
    """Shares of all wallets, seconds between steps, and how long somebody waits at one wall."""

    new: float = 0.9
    """Wallets that never signed in here: they sign up."""
    stays_for_a_refresh: float = 0.3
    looks_at_a_second_page: float = 0.5
    reads_as_a_guest: float = 20.0
    signs_in: float = 5.0
    reads_own: float = 10.0
    refreshes_after: float = 840.0
    patience: float = 600.0


def arrivals(groups: int = GROUPS) -> Iterator[float]:
    """Seconds from the start, one for each group, in order."""
    for number in range(groups):
        yield arrival_of((number + 0.5) / groups)


def arrival_of(share: float) -> float:
    """When this share of all wallets has come."""
    began = 0.0
    for until, part in ARRIVALS:
        if share <= part:
            return began + (until - began) * share / part
        share -= part
        began = until
    return DAY
