"""Cold starts: a fresh process imports a handler and answers one event.

Wall time runs from before the process exists to its answer, CPU time over its whole life; memory is
the peak of its own address space (VmHWM: what wait4 reports also counts the parent's).
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.measurements import ColdSample

HOSTS = Path(__file__).resolve().parent / "hosts"
PYTHON = str(Path(sys.executable).resolve())
"""The interpreter below the virtual environment, run without `site`: Lambda has neither, and a .pth
file of this machine's site-packages may import what the function brings."""


LEAST_ROUNDS = 3


class ColdStartError(Exception):
    """A candidate failed, or did not answer as it must."""


@dataclass(frozen=True)
class ColdCandidate:
    """A function: its process, and a part of a right answer, or of what `within` names in it."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    expected: Mapping[str, object]
    within: str = "response"


def python_function(
    name: str,
    handler: str,
    event_file: Path,
    folders: Sequence[Path],
    settings: Mapping[str, str],
    expected: Mapping[str, object],
    within: str = "response",
) -> ColdCandidate:
    """`folders` come before the standard library's, as /var/task and /var/runtime do."""
    env = {"PYTHONPATH": os.pathsep.join(map(str, folders)), "PYTHONDONTWRITEBYTECODE": "1"}
    env |= {"AWS_LAMBDA_LOG_FORMAT": "JSON", "LANG": "en_US.UTF-8", **settings}
    command = (PYTHON, "-S", str(HOSTS / "lambda_host.py"), handler, str(event_file))
    return ColdCandidate(name, command, env, expected, within)


def node_function(
    name: str, node: str, module: str, event_file: Path, expected: Mapping[str, object]
) -> ColdCandidate:
    command = (node, str(HOSTS / "lambda_host.cjs"), module, str(event_file))
    return ColdCandidate(name, command, {"LANG": "en_US.UTF-8"}, expected)


def start_cold(candidate: ColdCandidate) -> ColdSample:
    """One cold start.

    Raises:
        ColdStartError: no answer, or not the right one.
    """
    with tempfile.TemporaryFile() as errors:
        began = time.perf_counter_ns()
        pid, answer_end, stop_end = _spawn(candidate, errors.fileno())
        with os.fdopen(answer_end) as answers:
            line = answers.readline()
            wall = time.perf_counter_ns() - began
            peak = _peak_memory(pid)
            os.close(stop_end)
            _, status, usage = os.wait4(pid, 0)
        errors.seek(0)
        told = errors.read().decode(errors="replace")
    _check(candidate, line, status, told)
    return ColdSample(wall / 1e6, (usage.ru_utime + usage.ru_stime) * 1e3, peak / 1024)


def _spawn(candidate: ColdCandidate, errors: int) -> tuple[int, int, int]:
    answer_end, answer = os.pipe()
    stop, stop_end = os.pipe()
    redirected = [(os.POSIX_SPAWN_DUP2, stop, 0), (os.POSIX_SPAWN_DUP2, answer, 1)]
    redirected += [(os.POSIX_SPAWN_DUP2, errors, 2)]
    command = list(candidate.command)
    pid = os.posix_spawn(command[0], command, candidate.env, file_actions=redirected)
    os.close(answer)
    os.close(stop)
    return pid, answer_end, stop_end


def _peak_memory(pid: int) -> int:
    """Kilobytes; 0 of a process that died."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) if found else 0


def _check(candidate: ColdCandidate, line: str, status: int, told: str) -> None:
    if status or not line:
        raise ColdStartError(f"{candidate.name} failed: {told.strip()[-500:]}")
    whole: dict[str, Any] = json.loads(line)
    answer = whole[candidate.within] if candidate.within else whole
    for name, value in candidate.expected.items():
        if answer.get(name) != value:
            raise ColdStartError(f"{candidate.name} answered {name} = {answer.get(name)}")


def measure(
    candidates: Sequence[ColdCandidate], rounds: int, goes_on: Callable[[], bool] = lambda: True
) -> dict[str, list[ColdSample]]:
    """`rounds` samples of each, in turn; one more round before, uncounted, fills disk caches.

    Fewer where there is no time for more, but LEAST_ROUNDS.
    """
    samples: dict[str, list[ColdSample]] = {candidate.name: [] for candidate in candidates}
    for round_ in range(rounds + 1):
        if round_ > LEAST_ROUNDS and not goes_on():
            break
        for candidate in candidates:
            sample = start_cold(candidate)
            if round_:
                samples[candidate.name].append(sample)
    return samples
