"""Measures how fast a wallet signs in, against what others would use, in one interleaved run.

Then also what the API adds to a provider's own answer.

    .venv/bin/python benchmarks/sign_in.py [--quick]

Prints the tables, and writes them into benchmarks/README.md unless `--quick` (fewer samples).
Rivals are installed once, into .tools/benchmarks. Exit code 1 where a bar does not hold, 2 where
ours cannot be measured.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "backend"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "clients" / "python" / "src"))

from benchmarks import (
    artifact,
    candidates,
    cold_start,
    local_stack,
    machine,
    own_time,
    packages,
    report,
    warm,
)
from benchmarks.bars import judge
from benchmarks.challenge import sign_challenge
from benchmarks.measurements import Measurements
from tools.step import TOOLS

README = packages.HERE / "README.md"
CACHE = TOOLS / "benchmarks"


@dataclass(frozen=True)
class Effort:
    """How many samples of each kind."""

    cold_rounds: int
    warm_rounds: int
    sign_ins: int
    page_rounds: int


NOT_MEASURED = (
    packages.UnavailableError,
    cold_start.ColdStartError,
    warm.WarmError,
    local_stack.StackError,
)
FULL, QUICK = Effort(31, 31, 200, 30), Effort(7, 5, 20, 5)


def say(text: str) -> None:
    print(f"· {text}", file=sys.stderr, flush=True)


def set_up(scratch: Path, now: Callable[[], float]) -> candidates.Bench:
    """The bench with every rival that can be installed and gives the right answer."""
    say("preparing the artifact and the rivals")
    installed = candidates.install(CACHE)
    task = artifact.build_for_this_machine(scratch / "task")
    bench = candidates.Bench(scratch, task, installed, sign_challenge(now()))
    bench.prepare()
    for rival in bench.rivals_cold():
        try:
            cold_start.start_cold(rival)
        except cold_start.ColdStartError as error:
            installed.skip(rival.name, str(error))
    for name, reason in installed.skipped.items():
        say(f"left out {name}: {reason}")
    return bench


def measure(bench: candidates.Bench, effort: Effort) -> Measurements:
    handlers = [*bench.ours_cold(), *bench.rivals_cold()]
    say(f"cold starts of {len(handlers)} handlers, {effort.cold_rounds} rounds")
    cold = cold_start.measure(handlers, effort.cold_rounds)
    say(f"warm calls, {effort.warm_rounds} rounds")
    calls = warm.measure(bench.warm(), effort.warm_rounds)
    say(f"pages of 100 tokens, {effort.page_rounds} rounds")
    pages = own_time.measure(effort.page_rounds)
    say(f"{effort.sign_ins} sign-ins through the local stack")
    return Measurements(
        cold=cold,
        warm=calls,
        empty_of=bench.empty_handlers(),
        sign_ins=local_stack.measure(bench.scratch, effort.sign_ins),
        own_time=pages,
        artifact_bytes=artifact.zipped_bytes_for_lambda(bench.scratch / "arm64"),
        skipped=bench.installed.skipped,
    )


def main(words: list[str], now: Callable[[], float]) -> int:
    parser = argparse.ArgumentParser(description="how fast a wallet signs in, and others")
    parser.add_argument("--quick", action="store_true", help="fewer samples; README unchanged")
    quick: bool = parser.parse_args(words).quick
    try:
        with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
            bench = set_up(Path(scratch), now)
            found = measure(bench, QUICK if quick else FULL)
    except NOT_MEASURED as error:
        say(str(error))
        return 2
    about = machine.describe(bench.installed.folders, candidates.node(), now=now())
    results = report.render(found, about)
    print(results)
    if not quick:
        README.write_text(report.rewrite(README.read_text(), results))
    return 0 if all(bar.held for bar in judge(found)) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], time.time))
