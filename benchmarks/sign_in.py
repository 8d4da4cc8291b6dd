"""How fast a wallet signs in, against what others would use, in one interleaved run."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import (
    artifact,
    candidates,
    cold_start,
    earlier,
    local_stack,
    packages,
    sign_in_tables,
    warm,
)
from benchmarks.bars import judge
from benchmarks.challenge import sign_challenge
from benchmarks.machine import versions
from benchmarks.measurements import (
    LIMIT,
    OTHER_TRIGGERS,
    RECOVER,
    TRIGGER,
    VERIFY,
    VERIFY_BEFORE,
    Measurements,
)
from benchmarks.results import RATIO, PartResult
from benchmarks.run import CACHE, NotMeasuredError, Run
from tools.artifacts import artifact_of

FAILURES = (
    packages.UnavailableError,
    cold_start.ColdStartError,
    warm.WarmError,
    local_stack.StackError,
)


AFTER_COLD_SECONDS = 90.0
"""Kept of the part's time for what comes after the cold starts."""


@dataclass(frozen=True)
class Effort:
    """How many samples of each kind."""

    cold_rounds: int
    warm_rounds: int
    sign_ins: int


FULL, QUICK = Effort(31, 31, 200), Effort(7, 5, 20)


def measure_part(run: Run) -> tuple[PartResult, dict[str, str]]:
    """Raises NotMeasuredError where ours cannot be measured."""
    try:
        bench = set_up(run, run.folder("sign-in"), time.time)
        found = measure(run, bench, QUICK if run.is_quick else FULL)
    except FAILURES as error:
        raise NotMeasuredError(str(error)) from error
    return result_of(found), versions(bench.installed.folders, candidates.node())


def set_up(run: Run, scratch: Path, now: Callable[[], float]) -> candidates.Bench:
    """The bench with every rival that can be installed and gives the right answer."""
    run.say("preparing the artifact and the rivals")
    installed = candidates.install(CACHE)
    task = artifact.build_for_this_machine(scratch / "task")
    before = task_before(installed)
    bench = candidates.Bench(scratch, task, before, installed, sign_challenge(now()))
    bench.prepare()
    for rival in bench.rivals_cold():
        try:
            cold_start.start_cold(rival)
        except cold_start.ColdStartError as error:
            installed.skip(rival.name, str(error))
    for name, reason in installed.skipped.items():
        run.say(f"left out {name}: {reason}")
    return bench


def task_before(installed: candidates.Installed) -> Path | None:
    """The artifact of 30 November."""
    try:
        tree = earlier.earlier_tree()
        made = artifact_of(artifact.VERIFY_FUNCTION, tree)
        return earlier.build_once(earlier.artifacts_folder(tree) / "auth", made)
    except NotMeasuredError as error:
        installed.skip(VERIFY_BEFORE, str(error))
        return None


def measure(run: Run, bench: candidates.Bench, effort: Effort) -> Measurements:
    handlers = [*bench.ours_cold(), *bench.rivals_cold()]
    run.say(f"cold starts of {len(handlers)} handlers, {effort.cold_rounds} rounds")
    cold = cold_start.measure(handlers, effort.cold_rounds, run.goes_on(AFTER_COLD_SECONDS))
    run.say(f"warm calls, {effort.warm_rounds} rounds")
    calls = warm.measure(bench.warm(), effort.warm_rounds)
    run.say(f"{effort.sign_ins} sign-ins through the local stack")
    return Measurements(
        cold=cold,
        warm=calls,
        empty_of=bench.empty_handlers(),
        sign_ins=local_stack.measure(bench.scratch, effort.sign_ins),
        artifact_bytes=artifact.zipped_bytes_for_lambda(bench.scratch / "arm64"),
        skipped=bench.installed.skipped,
    )


def result_of(found: Measurements) -> PartResult:
    return PartResult(
        figures=figures(found),
        bars=judge(found),
        tables=[
            sign_in_tables.cold_table(found),
            sign_in_tables.warm_table(found),
            sign_in_tables.sign_in_table(found),
        ],
        plots=sign_in_tables.plots(found),
        left_out=found.skipped,
    )


def figures(found: Measurements) -> dict[str, float]:
    """A first sign-in asks DefineAuthChallenge twice, of an instance that is warm by then."""
    triggers = (*OTHER_TRIGGERS, VERIFY)
    ratios = {name: found.warm_ratio(name, LIMIT) for name in (RECOVER, TRIGGER)}
    return {
        "cold ms: all triggers of a first sign-in": sum(
            found.cold_start(name).median_ms for name in triggers
        ),
        "sign-in ms, median": found.sign_in_median,
        **{f"{RATIO}{name}, over C": ratio for name, ratio in ratios.items()},
    }
