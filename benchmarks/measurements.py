"""What one run measured, and the figures drawn from it. Pure.

The machine may be shared: a cold start counts by its minimum, because others only ever add to it;
a warm operation by the median of its ratio to another in the same round, or by its best round.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

EMPTY_PYTHON = "Python, empty"
EMPTY_NODE = "Node, empty"
SAMPLE = "ethers 5.7.2"
VERIFY = "VerifyAuthChallengeResponse"
VERIFY_BEFORE = "VerifyAuthChallengeResponse of 30 November"
OTHER_TRIGGERS = ("PreSignUp", "DefineAuthChallenge", "CreateAuthChallenge", "PreTokenGeneration")
LIMIT = "C: libsecp256k1 and keccak"
RECOVER = "ours: hash and recover"
PARSE = "ours: parse"
TRIGGER = "ours: the whole verify trigger"


@dataclass(frozen=True)
class ColdSample:
    """One cold start: milliseconds until its answer, of CPU in all, and megabytes at the peak."""

    wall_ms: float
    cpu_ms: float
    peak_mb: float


@dataclass(frozen=True)
class ColdStart:
    """Of all samples: the least wall and CPU time, the median wall time, the median peak."""

    wall_ms: float
    median_ms: float
    cpu_ms: float
    peak_mb: float


def added_ratio(ones: Sequence[ColdSample], others: Sequence[ColdSample], empty: float) -> float:
    """The median, over all rounds, of what one adds to an empty handler over what another does.

    Both of a round met the same machine; of the empty one the least counts, in milliseconds.
    """
    pairs = zip(ones, others, strict=True)
    return median((one.wall_ms - empty) / (other.wall_ms - empty) for one, other in pairs)


@dataclass(frozen=True)
class Measurements:
    """`cold` and `warm` by candidate; `warm` in microseconds, element i of each from one round.

    `empty_of` names the empty handler that a cold candidate is compared with, `sign_ins` are
    milliseconds. `skipped` has the reason for each rival that could not be had.
    """

    cold: Mapping[str, Sequence[ColdSample]]
    warm: Mapping[str, Sequence[float]]
    empty_of: Mapping[str, str]
    sign_ins: Sequence[float]
    artifact_bytes: int
    skipped: Mapping[str, str]

    def cold_start(self, name: str) -> ColdStart:
        samples = self.cold[name]
        return ColdStart(
            wall_ms=min(sample.wall_ms for sample in samples),
            median_ms=median(sample.wall_ms for sample in samples),
            cpu_ms=min(sample.cpu_ms for sample in samples),
            peak_mb=median(sample.peak_mb for sample in samples),
        )

    def added_ms(self, name: str) -> float:
        """Wall time a cold start takes over that of its empty handler."""
        return self.cold_start(name).wall_ms - self.cold_start(self.empty_of[name]).wall_ms

    def added_ratio(self, name: str, base: str) -> float:
        """How many times as much `name` adds as `base`, of the same language: round by round."""
        empty = self.cold_start(self.empty_of[name]).wall_ms
        return added_ratio(self.cold[name], self.cold[base], empty)

    def warm_us(self, name: str) -> float:
        return median(self.warm[name])

    def warm_ratio(self, name: str, base: str) -> float:
        """How many times as long `name` takes as `base`."""
        pairs = zip(self.warm[name], self.warm[base], strict=True)
        return median(one / other for one, other in pairs)

    @property
    def sign_in_median(self) -> float:
        return median(self.sign_ins)

    @property
    def sign_in_p95(self) -> float:
        return quantiles(self.sign_ins, n=20)[-1]
