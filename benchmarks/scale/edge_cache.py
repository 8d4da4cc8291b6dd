"""How many look-ups a cache lets through, where some collections are asked for more than others.

The k-th of `collections` is asked for 1/k as often as the first (Zipf, exponent 1). Arrivals are
independent. A look-up that finds nothing fetches the answer, which then serves for `seconds`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import log

COLLECTIONS = 10_000
GUESTS_A_SECOND, SIMULATED_SECONDS, SEED = 5_000, 90, 1
"""What the page and the bar simulate."""
FRESH_SECONDS = 30.0
"""What an answer's own Cache-Control gives a list."""


def misses_a_second(
    lookups_a_second: float,
    *,
    collections: int = COLLECTIONS,
    seconds: float = FRESH_SECONDS,
    caches: float = 1.0,
) -> float:
    """In the long run, of all `caches` together, which share the look-ups evenly.

    A collection asked for r times a second misses 1 / (seconds + 1/r) times a second; the sum over
    all is the integral from a half to a half beyond the last, which is exact to a per cent.
    """
    if lookups_a_second <= 0:
        return 0.0
    harmonic = log(collections) + 0.5772 + 0.5 / collections
    step = harmonic * caches / lookups_a_second  # seconds between two look-ups of the first
    first = seconds / step
    missed = caches / step * log((collections + 0.5 + first) / (0.5 + first))
    return min(missed, lookups_a_second)


def share_missed(lookups_a_second: float, *, caches: float) -> float:
    """Of all look-ups; the very first one misses."""
    if not lookups_a_second:
        return 1.0
    return misses_a_second(lookups_a_second, caches=caches) / lookups_a_second


def origin_calls(
    lookups_a_second: int,
    *,
    duration: int,
    collections: int = COLLECTIONS,
    seconds: float = FRESH_SECONDS,
    seed: int,
) -> Iterator[int]:
    """Simulated from an empty cache: the misses of each second."""
    chance = random.Random(seed)  # noqa: S311
    weights = list(accumulate(1 / rank for rank in range(1, collections + 1)))
    expires = [0.0] * collections
    for second in range(duration):
        asked = chance.choices(range(collections), cum_weights=weights, k=lookups_a_second)
        missed = 0
        for number, collection in enumerate(asked):
            now = second + number / lookups_a_second
            if expires[collection] <= now:
                expires[collection] = now + seconds
                missed += 1
        yield missed


def windows(calls: Sequence[int], seconds: int = int(FRESH_SECONDS)) -> list[float]:
    """Calls a second over every stretch of as many seconds."""
    return [sum(calls[at : at + seconds]) / seconds for at in range(len(calls) - seconds + 1)]


def busiest_window() -> float:
    """Origin calls a second over the busiest stretch that an answer is fresh for."""
    return max(windows(list(origin_calls(GUESTS_A_SECOND, duration=SIMULATED_SECONDS, seed=SEED))))
