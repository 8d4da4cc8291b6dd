"""What the API's routes cost: warm, cold beside the version of 30 November, memory and bytes.

A cold function talks to a local stack: its secrets, stand-ins of the providers and of a node.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import requests
from eth_account import Account

from benchmarks import artifact, cold_start, earlier, measurements, own_time, packages
from benchmarks.cold_start import ColdCandidate
from benchmarks.local_stack import RunningStack, StackError, running_process
from benchmarks.measurements import EMPTY_PYTHON, ColdSample
from benchmarks.results import RATIO, Bar, PartResult, Plot, Table
from benchmarks.route_events import CALLS, RouteCall
from benchmarks.run import CACHE, NotMeasuredError, Run
from nft_gallery_client import WalletAuth, WalletAuthError
from stand_ins.holdings import WALLET_WITH_250
from tools.artifacts import Artifact, artifact_of
from tools.step import ROOT

AFTER_COLD_SECONDS = 60.0
"""Kept of the part's time to weigh the artifacts."""
TODAY, BEFORE = "today", earlier.CALLED
PAGE_BYTES = "bytes: a page of 100 tokens, gzip"
PLAIN_BYTES = "bytes: a page of 100 tokens, plain"
MOST_BYTES = 90_000
PATIENT = {"UPSTREAM_TIMEOUT_SECONDS": "25"}
"""So that a busy machine is slow and not refused."""
OWN_MS = {own_time.OWN_NAME: 6.0}
"""Bars of what is ours, warm; every other operation has 5 ms."""

FAILURES = (
    StackError,
    WalletAuthError,
    requests.RequestException,
    cold_start.ColdStartError,
    packages.UnavailableError,
)

type Samples = Mapping[str, Sequence[ColdSample]]


@dataclass(frozen=True)
class Trees:
    """Each version's root; the earlier one is missing where the clone does not reach back."""

    roots: dict[str, Path]
    left_out: dict[str, str]


def measure_part(run: Run) -> tuple[PartResult, dict[str, str]]:
    """Raises NotMeasuredError."""
    run.say("warm: pages of both providers, a name")
    warm = own_time.measure(run.count(30, 3))
    trees = find_trees()
    try:
        with running_process(run.folder("stack")) as stack:
            touch_all(stack)
            sizes = page_sizes(stack)
            candidates = answering(cold_candidates(run, stack, trees), trees.left_out)
            rounds = run.count(15, 2)
            run.say(f"cold starts of {len(candidates)} functions, {rounds} rounds")
            samples = cold_start.measure(candidates, rounds, run.goes_on(AFTER_COLD_SECONDS))
    except FAILURES as error:
        raise NotMeasuredError(str(error)) from error
    if not run.is_quick:
        run.say("sizes of the artifacts")
        sizes |= artifact_sizes(run)
    return result_of(warm, samples, sizes, trees.left_out), {}


def find_trees() -> Trees:
    try:
        return Trees({TODAY: ROOT, BEFORE: earlier.earlier_tree()}, {})
    except NotMeasuredError as error:
        return Trees({TODAY: ROOT}, {BEFORE: str(error)})


def touch_all(stack: RunningStack) -> None:
    """One request a function, so that a worker of each runs with its environment."""
    auth = WalletAuth.from_site(stack.site)
    visitor = auth.sign_in(Account.create())
    for call in CALLS:
        url = f"{auth.config.api_endpoint}{call.path}"
        requests.get(url, auth=visitor.requests_auth(), params=call.query, timeout=60)


def cold_candidates(run: Run, stack: RunningStack, trees: Trees) -> Iterator[ColdCandidate]:
    """The empty handler, and every call with each version's artifact."""
    runtime = packages.install_runtime_client(CACHE)
    empty = run.folder("empty")
    shutil.copy(packages.HERE / "rivals" / "empty.py", empty)
    packages.precompile(empty)
    folders = {name: build_all(run, name, root) for name, root in trees.roots.items()}
    for number, call in enumerate(CALLS):
        event = run.scratch / f"event-{number}.json"
        event.write_text(json.dumps(call.event()))
        settings = stack.environment_of(call.handler)
        settings = {name: settings[name] for name in settings if name != "PYTHONPATH"}
        settings |= PATIENT
        if not number:
            yield cold_start.python_function(
                EMPTY_PYTHON, "empty.handler", event, (empty, runtime), {}, {}, within=""
            )
        for version in trees.roots:
            code = (folders[version][call.function], runtime)
            name, expected = key(call, version), {"statusCode": 200}
            yield cold_start.python_function(
                name, call.handler, event, code, settings, expected, within=""
            )


def answering(candidates: Iterable[ColdCandidate], left_out: dict[str, str]) -> list[ColdCandidate]:
    """Those that give the right answer; of the others, why not."""
    found = []
    for candidate in candidates:
        try:
            cold_start.start_cold(candidate)
            found.append(candidate)
        except cold_start.ColdStartError as error:
            left_out[candidate.name] = str(error)
    return found


def key(call: RouteCall, version: str) -> str:
    return f"{call.name}, {version}"


def build_all(run: Run, version: str, root: Path) -> dict[str, Path]:
    """Function -> its artifact; functions of the same lock and rooms share one."""
    run.say(f"building the functions of {version}")
    folder = run.folder(version)
    build: Callable[[Path, Artifact], Path] = artifact.build_for_this_machine
    if version == BEFORE:
        folder, build = earlier.artifacts_folder(root), earlier.build_once
    made = sorted({artifact_of(call.function, root) for call in CALLS})
    built = {each: build(folder / str(number), each) for number, each in enumerate(made)}
    return {call.function: built[artifact_of(call.function, root)] for call in CALLS}


def page_sizes(stack: RunningStack) -> dict[str, float]:
    """A page of 100 tokens as it comes from the API, compressed and not."""
    auth = WalletAuth.from_site(stack.site)
    url = f"{auth.config.api_endpoint}/chains/1/owners/{WALLET_WITH_250}/nfts?limit=100"
    guest, sizes = auth.guest().requests_auth(), {}
    for name, encoding in ((PAGE_BYTES, "gzip"), (PLAIN_BYTES, "identity")):
        headers = {"Accept-Encoding": encoding}
        with requests.get(url, auth=guest, headers=headers, stream=True, timeout=60) as answer:
            answer.raise_for_status()
            sizes[name] = float(len(answer.raw.read(decode_content=False)))
    return sizes


def artifact_sizes(run: Run) -> dict[str, float]:
    """Zipped, by the first function of those that share one."""
    folder = run.folder("zipped")
    functions = {artifact_of(call.function): call.function for call in reversed(CALLS)}
    return {
        f"artifact bytes, zipped: {function}": float(
            artifact.zipped_bytes_for_lambda(folder / function, each)
        )
        for each, function in functions.items()
    }


def result_of(
    warm: Mapping[str, Sequence[float]],
    samples: Samples,
    sizes: Mapping[str, float],
    left_out: Mapping[str, str],
) -> PartResult:
    ratios = {call.name: added_ratio(samples, call) for call in CALLS}
    seen = [call for call in CALLS if key(call, TODAY) in samples]
    figures = {f"warm ms: {name}": min(rounds) for name, rounds in warm.items()}
    figures |= {f"cold ms: {name}": least(samples, name) for name in samples}
    figures |= {f"cold ms: {call.function}": least(samples, key(call, TODAY)) for call in seen}
    figures |= {
        f"{RATIO}{name}, added, over {BEFORE}": ratio
        for name, ratio in ratios.items()
        if ratio is not None
    }
    return PartResult(
        figures={**figures, **sizes},
        bars=[*_cold_bars(ratios), *_warm_bars(warm), _byte_bar(sizes)],
        tables=[_cold_table(samples, ratios), _size_table(sizes)],
        plots=[_plot(samples)],
        left_out=left_out,
    )


def least(samples: Samples, name: str) -> float:
    return min(sample.wall_ms for sample in samples[name])


def added_ratio(samples: Samples, call: RouteCall) -> float | None:
    """What the function adds to an empty one, over what it added."""
    if not {key(call, TODAY), key(call, BEFORE)} <= samples.keys():
        return None
    now, then = samples[key(call, TODAY)], samples[key(call, BEFORE)]
    return measurements.added_ratio(now, then, least(samples, EMPTY_PYTHON))


def _cold_bars(ratios: Mapping[str, float | None]) -> list[Bar]:
    promise = f"added to a cold start, over {BEFORE}"
    return [Bar(f"{call.name}: {promise}", ratios[call.name], call.at_most) for call in CALLS]


def _warm_bars(warm: Mapping[str, Sequence[float]]) -> list[Bar]:
    return [
        Bar(f"{name}: ms of ours, warm", min(rounds), OWN_MS.get(name, 5.0))
        for name, rounds in warm.items()
    ]


def _byte_bar(sizes: Mapping[str, float]) -> Bar:
    return Bar("a page of 100 tokens on the wire, in KB", sizes[PAGE_BYTES] / 1e3, MOST_BYTES / 1e3)


def _cold_table(samples: Samples, ratios: Mapping[str, float | None]) -> Table:
    heads = ("request", "cold ms", "added ms", f"added over {BEFORE}", "peak MB")
    return Table(
        "A function's first request", heads, [_cold_row(samples, ratios, c) for c in CALLS]
    )


def _cold_row(
    samples: Samples, ratios: Mapping[str, float | None], call: RouteCall
) -> tuple[str, ...]:
    name, ratio = key(call, TODAY), ratios[call.name]
    wall, empty = least(samples, name), least(samples, EMPTY_PYTHON)
    peak = median(sample.peak_mb for sample in samples[name])
    return (
        f"{call.name} ({call.function})",
        f"{wall:.0f}",
        f"{wall - empty:.0f}",
        "" if ratio is None else f"{ratio:.2f}",
        f"{peak:.0f}",
    )


def _size_table(sizes: Mapping[str, float]) -> Table:
    rows = [(name, f"{size / 1e3:,.0f}") for name, size in sizes.items()]
    return Table("Sizes", ("what", "KB"), rows)


def _plot(samples: Samples) -> Plot:
    empty = least(samples, EMPTY_PYTHON)
    series = {
        version: {
            call.name: least(samples, key(call, version)) - empty
            for call in CALLS
            if key(call, version) in samples
        }
        for version in (TODAY, BEFORE)
    }
    return Plot("routes-cold", "added to a function's cold start", "ms", series)
