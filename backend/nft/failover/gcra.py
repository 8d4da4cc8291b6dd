"""How often somebody may be asked, by one number: the generic cell rate algorithm.

`due` is when all that was let through would have gone at an even pace. Who comes early for it by
more than a burst waits. Times are in whole microseconds, moments of Unix time.

https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm
"""

from math import ceil
from typing import NamedTuple, Self

SECOND = 1_000_000
FARTHEST = 60 * SECOND
"""No `due` lies so far ahead, unless a clock was wrong. It is then as if nobody had come yet."""


class Rate(NamedTuple):
    """One request every `spacing`, in the long run; one may come `early` by so much."""

    spacing: int
    early: int

    @classmethod
    def of(cls, per_second: float) -> Self:
        """So many requests a second, and as many again as a burst; one at least."""
        return cls(ceil(SECOND / per_second), 0).with_burst(int(per_second))

    @property
    def burst(self) -> int:
        """So many may come at once."""
        return self.early // self.spacing + 1

    @property
    def half(self) -> int:
        """How early one may come who leaves half of the burst to others."""
        return self.spacing * self.burst // 2 if self.burst > 1 else 0

    def with_burst(self, requests: int) -> Self:
        return self._replace(early=self.spacing * (max(1, requests) - 1))

    def one_earlier(self) -> Self:
        """For whom one request more may come at once."""
        return self._replace(early=self.early + self.spacing)

    def part(self, parts: int) -> Self:
        """One of so many equal parts."""
        return self._replace(spacing=self.spacing * parts).with_burst(self.burst // parts)


class Taken(NamedTuple):
    """What became of one request: `wait` is how long to wait with the next try, 0 if it may go."""

    due: int
    wait: int


def is_idle(due: int, now: int) -> bool:
    """Whether all that was let through is over: a whole burst may come."""
    return not now <= due <= now + FARTHEST


def take(due: int, now: int, rate: Rate) -> Taken:
    """One more request, at `now`."""
    if is_idle(due, now):
        return Taken(now + rate.spacing, 0)
    if due > now + rate.early:
        return Taken(due, due - now - rate.early)
    return Taken(due + rate.spacing, 0)
