"""What a launch day came to: who waited, who left, and what is paid for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from benchmarks.scale.gate import Gate


@dataclass
class Outcome:
    """`first_nft` and `guests` are (seconds, wallets): from the click on a wallet, or the look-up.

    `left` counts wallets by the gate at which they lost patience, `calls` what AWS and providers
    are paid for.
    """

    wallets: int
    gates: dict[str, Gate]
    first_nft: list[tuple[float, float]] = field(default_factory=list)
    guests: list[tuple[float, float]] = field(default_factory=list)
    left: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    calls: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    late_marks: float = 0.0

    @property
    def lost_share(self) -> float:
        return sum(self.left.values()) / self.wallets

    @property
    def wall(self) -> str:
        """The gate that turned most wallets away, or made them wait longest; empty for none."""
        if self.left:
            return max(self.left, key=lambda name: self.left[name])
        slowest = max(self.gates.values(), key=lambda gate: gate.longest_wait)
        return slowest.name if slowest.longest_wait > 1 else ""


def percentile(weighted: list[tuple[float, float]], share: float) -> float:
    """The least value that covers this share of all weights; 0 of nothing."""
    wanted = sum(weight for _, weight in weighted) * share
    covered = 0.0
    for value, weight in sorted(weighted):
        covered += weight
        if weight and covered >= wanted * (1 - 1e-12):
            return value
    return 0.0
