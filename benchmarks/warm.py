"""Warm operations: one process for each candidate, asked in turn for a slice of its loop."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.cold_start import HOSTS, PYTHON

SLICE_NANOSECONDS = 4_000_000
"""About what a busy machine leaves a process before another's turn."""
PASSES = 7
"""Slices of each candidate in a round; the quickest counts, as others only add to it."""
WARM_UP_NANOSECONDS = 400_000_000


class WarmError(Exception):
    """A candidate's process ended, with what it said."""


@dataclass(frozen=True)
class WarmCandidate:
    """A host process and the operations it is timed at: name in the results -> name in the host."""

    command: Sequence[str]
    env: Mapping[str, str]
    operations: Mapping[str, str]


def python_candidate(
    module: str,
    challenge_file: Path,
    folders: Sequence[Path],
    operations: Mapping[str, str],
    settings: Mapping[str, str] | None = None,
) -> WarmCandidate:
    command = (PYTHON, str(HOSTS / "warm_host.py"), module, str(challenge_file))
    env = {"PYTHONPATH": os.pathsep.join(map(str, folders)), "PYTHONDONTWRITEBYTECODE": "1"}
    return WarmCandidate(command, env | dict(settings or {}), operations)


def node_candidate(
    node: str, module: str, challenge_file: Path, operations: Mapping[str, str]
) -> WarmCandidate:
    command = (node, str(HOSTS / "warm_host.cjs"), module, str(challenge_file))
    return WarmCandidate(command, {}, operations)


@dataclass
class WarmHost:
    """A candidate's running process; `counts` are the calls that fill a slice."""

    candidate: WarmCandidate
    process: subprocess.Popen[str]
    counts: dict[str, int] = field(default_factory=dict)

    def ask(self, operation: str, count: int) -> int:
        """Nanoseconds for `count` calls."""
        if self.process.stdin is None or self.process.stdout is None:
            raise WarmError("the host has no pipes")
        try:
            self.process.stdin.write(f"{operation} {count}\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            told = self.process.communicate()[1].strip()
            raise WarmError(f"{self.candidate.command[-2]}: {told[-500:]}")
        return int(answer)

    def calibrate(self) -> None:
        """Run each operation for some time (Node compiles meanwhile), then size its slice."""
        for operation in self.candidate.operations.values():
            count, taken = 1, self.ask(operation, 1)
            while taken < WARM_UP_NANOSECONDS:
                count *= 2
                taken = self.ask(operation, count)
            self.counts[operation] = max(1, round(count * SLICE_NANOSECONDS / taken))

    def stop(self) -> None:
        self.process.communicate()


def start_host(candidate: WarmCandidate) -> WarmHost:
    process = subprocess.Popen(
        list(candidate.command),
        env=dict(candidate.env),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    return WarmHost(candidate, process)


def measure(candidates: Sequence[WarmCandidate], rounds: int) -> dict[str, list[float]]:
    """Microseconds a call, by name; element i of every list is from the same round.

    Raises:
        WarmError: a candidate fails, or finds another signer than the one who signed.
    """
    hosts = [start_host(candidate) for candidate in candidates]
    try:
        for host in hosts:
            host.calibrate()
        found = [_measure_round(hosts) for _ in range(rounds)]
    finally:
        for host in hosts:
            host.stop()
    return {name: [times[name] for times in found] for name in found[0]}


def _measure_round(hosts: Sequence[WarmHost]) -> dict[str, float]:
    """Microseconds a call of everything, the best of some interleaved slices."""
    best: dict[str, float] = {}
    for _ in range(PASSES):
        for host in hosts:
            for name, operation in host.candidate.operations.items():
                count = host.counts[operation]
                taken = host.ask(operation, count) / count / 1e3
                best[name] = min(taken, best.get(name, taken))
    return best
