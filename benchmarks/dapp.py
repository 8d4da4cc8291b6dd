"""What the dApp weighs, how Lighthouse judges it, how it scrolls, how long a wallet waits."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from statistics import median

from playwright.sync_api import Browser
from playwright.sync_api import Error as BrowserError

from benchmarks import earlier
from benchmarks.dapp_click import IDENTITY_POOL, SIGN_UP, FirstLoad, Visit, chromium, first_load
from benchmarks.dapp_names import EARLIER, TODAY
from benchmarks.lighthouse import CATEGORIES, lighthouse
from benchmarks.local_stack import StackError, running_process
from benchmarks.results import RATIO, Bar, PartResult, Plot, Table
from benchmarks.run import NotMeasuredError, Run
from benchmarks.scrolling import TOKENS, Scrolled, scroll
from benchmarks.scrolling import bars as scrolling_bars
from tools.node_packages import npm_environment
from tools.step import ROOT

NOW, THEN = "today", earlier.CALLED
BUDGET = re.compile(r"^(.+): ([\d.]+) KiB brotli, at most ([\d.]+) KiB", re.MULTILINE)
"""A line of dapp/budget.mjs."""
MOST_REQUESTS = 6
CLICK = f"click to first NFT, over {THEN}"


def measure_part(run: Run) -> tuple[PartResult, dict[str, str]]:
    """Raises NotMeasuredError."""
    left_out: dict[str, str] = {}
    with ExitStack() as running:
        try:
            site = running.enter_context(running_process(run.folder("stack"))).site
            judged = _lighthouse(run, site, left_out)
            browser = running.enter_context(chromium())
            loaded = first_load(browser, site)
            scrolled = _scroll(run, browser, site)
            visits = _visits(run, running, browser, site, left_out)
            times = _clicks(run, visits)
        except (StackError, BrowserError) as error:
            raise NotMeasuredError(str(error)) from error
        counted = {
            "calls to the identity pool": visits[NOW].calls_of(IDENTITY_POOL),
            "sign-ups": visits[NOW].calls_of(SIGN_UP),
        }
    return result_of(budgets(run), judged, loaded, scrolled, times, counted, left_out), {}


def _lighthouse(run: Run, site: str, left_out: dict[str, str]) -> dict[str, float]:
    times = run.count(3, 1)
    run.say(f"Lighthouse, mobile, {times} times")
    try:
        return lighthouse(run, site, times)
    except NotMeasuredError as error:
        left_out["Lighthouse"] = str(error)
        return {}


def _scroll(run: Run, browser: Browser, site: str) -> Scrolled:
    frames = run.count(300, 60)
    run.say(f"{frames} frames of {TOKENS:,} tokens that scroll by")
    return scroll(browser, site, frames)


def _visits(
    run: Run, running: ExitStack, browser: Browser, site: str, left_out: dict[str, str]
) -> dict[str, Visit]:
    """Today's, and the one of 30 November on a local stack of its own."""
    visits = {NOW: Visit(browser.new_context().new_page(), site, TODAY)}
    try:
        run.say(f"the dApp of {THEN}")
        tree = earlier.earlier_tree()
        command = earlier.running_earlier(tree)
        then = running.enter_context(running_process(run.folder("then"), command, tree))
        visits[THEN] = Visit(browser.new_context().new_page(), then.site, EARLIER)
    except (NotMeasuredError, StackError) as error:
        left_out[f"the dApp of {THEN}"] = str(error)
    for visit in visits.values():
        visit.begin()
    return visits


def _clicks(run: Run, visits: Mapping[str, Visit]) -> dict[str, list[float]]:
    """Milliseconds, element i of each from round i."""
    rounds = run.count(15, 2)
    run.say(f"click to first NFT, {rounds} rounds")
    times: dict[str, list[float]] = {name: [] for name in visits}
    for number in range(rounds):
        if run.left() < 20 and number > 1:
            break
        for name, visit in visits.items():
            times[name].append(visit.milliseconds())
    return times


def budgets(run: Run) -> list[tuple[str, float, float]]:
    """(what, KiB, at most), as `npm run budget` prints them. Raises NotMeasuredError."""
    run.say("bytes of the built dApp")
    command = ["node", str(ROOT / "dapp" / "budget.mjs")]
    done = subprocess.run(
        command, env=npm_environment(), capture_output=True, text=True, check=False
    )
    found = [(what, float(size), float(most)) for what, size, most in BUDGET.findall(done.stdout)]
    if not found:
        raise NotMeasuredError(f"budget.mjs: {(done.stderr or done.stdout).strip()[-300:]}")
    return found


def result_of(
    sizes: Sequence[tuple[str, float, float]],
    judged: Mapping[str, float],
    loaded: FirstLoad,
    scrolled: Scrolled,
    times: Mapping[str, Sequence[float]],
    counted: Mapping[str, int],
    left_out: Mapping[str, str],
) -> PartResult:
    ratio = _ratio(times)
    return PartResult(
        figures={
            "bytes: first load": loaded.wire_bytes,
            "requests: first load": float(loaded.requests),
            "frame while scrolling, ms": scrolled.percentile(0.5),
            **{f"KiB brotli: {what}": size for what, size, _ in sizes},
            **{f"Lighthouse: {name}": value for name, value in judged.items()},
            **{f"click to first NFT ms: {name}": median(taken) for name, taken in times.items()},
            **({f"{RATIO}{CLICK}": ratio} if ratio is not None else {}),
        },
        bars=[
            *(Bar(f"{what}, KiB brotli", size, most) for what, size, most in sizes),
            Bar("requests on first load", loaded.requests, MOST_REQUESTS),
            Bar("of them to other origins", loaded.to_others, 0),
            *scrolling_bars(scrolled),
            *_score_bars(judged),
            Bar(f"{CLICK}, at 50 ms a round trip", ratio, 0.6),
            *(Bar(f"{name} of a returning wallet", count, 0) for name, count in counted.items()),
        ],
        tables=[_table(times), *_lighthouse_table(judged)],
        plots=[_plot(times)],
        left_out=left_out,
    )


def _ratio(times: Mapping[str, Sequence[float]]) -> float | None:
    if THEN not in times or not times[THEN]:
        return None
    return median(now / then for now, then in zip(times[NOW], times[THEN], strict=True))


def _score_bars(judged: Mapping[str, float]) -> list[Bar]:
    least = {name: 98.0 if name == "performance" else 100.0 for name in CATEGORIES}
    return [
        Bar(f"Lighthouse, mobile: {name}", judged.get(name), score, at_least=True)
        for name, score in least.items()
    ]


def _table(times: Mapping[str, Sequence[float]]) -> Table:
    rows = [
        (name, f"{median(taken):.0f}", f"{min(taken):.0f}", str(len(taken)))
        for name, taken in times.items()
    ]
    return Table("Returning wallet, click to first NFT", ("dApp", "median ms", "least", "of"), rows)


def _lighthouse_table(judged: Mapping[str, float]) -> list[Table]:
    rows = [(name, f"{value:,.3g}") for name, value in judged.items()]
    return [Table("Lighthouse, mobile", ("what", "median"), rows)] if rows else []


def _plot(times: Mapping[str, Sequence[float]]) -> Plot:
    series = {name: {"click to first NFT": median(taken)} for name, taken in times.items()}
    return Plot("dapp-click", "returning wallet at 50 ms a round trip", "ms", series)
