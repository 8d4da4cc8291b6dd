"""The scale model, fed by what the other parts measured last. docs/scale.md has it at length."""

from __future__ import annotations

from benchmarks.results import Bar, PartResult, Plot, Table
from benchmarks.run import Run
from benchmarks.scale.edge_cache import busiest_window
from benchmarks.scale.figures import read_figures
from benchmarks.scale.outcome import percentile
from benchmarks.scale.page import SIZES
from benchmarks.scale.remedies import Rung, ladder

MOST_ORIGIN_CALLS = 333


def measure_part(run: Run) -> tuple[PartResult, dict[str, str]]:
    figures = read_figures()
    run.say(f"launch days of {', '.join(f'{size:,}' for size in SIZES)} wallets")
    ladders = {size: list(ladder(size, figures)) for size in SIZES}
    return PartResult(
        bars=[
            Bar(
                "origin calls a second of 5,000 guests a second",
                busiest_window(),
                MOST_ORIGIN_CALLS,
            )
        ],
        tables=[_table(size, rungs) for size, rungs in ladders.items()],
        plots=[_plot(ladders)],
    ), {"Details": "[docs/scale.md](../docs/scale.md)"}


def _table(size: int, rungs: list[Rung]) -> Table:
    rows = [
        (
            rung.remedy,
            rung.walls[0].name if rung.walls else "none",
            f"{percentile(rung.outcome.first_nft, 0.99):.3g}",
            f"{rung.outcome.lost_share:.0%}",
        )
        for rung in rungs
    ]
    return Table(f"{size:,} wallets", ("after", "first wall", "p99 s", "left"), rows)


def _plot(ladders: dict[int, list[Rung]]) -> Plot:
    """A ladder that ends early keeps its last value."""
    longest = max(ladders.values(), key=len)
    series = {}
    for size, rungs in ladders.items():
        padded = rungs + [rungs[-1]] * (len(longest) - len(rungs))
        shares = {
            step.remedy: 100 * rung.outcome.lost_share
            for step, rung in zip(longest, padded, strict=True)
        }
        series[f"{size:,} wallets"] = shares
    return Plot("scale-left", "wallets that leave, after each remedy", "%", series)
