"""docs/scale.md: what launch days of four sizes run into, before and after each remedy."""

from __future__ import annotations

from pathlib import Path

from benchmarks.scale.cost import cost_of
from benchmarks.scale.edge_cache import (
    COLLECTIONS,
    FRESH_SECONDS,
    GUESTS_A_SECOND,
    SEED,
    SIMULATED_SECONDS,
    origin_calls,
    windows,
)
from benchmarks.scale.figures import COGNITO_SECONDS, PROVIDER_SECONDS, ROUND_TRIP, Figures
from benchmarks.scale.functions import IDLE_SECONDS
from benchmarks.scale.launch import ARRIVALS, Habits
from benchmarks.scale.outcome import percentile
from benchmarks.scale.prices import Prices
from benchmarks.scale.remedies import (
    MOST_CALLS_OF_A_PLAN,
    MOST_TIMES_A_QUOTA,
    REMEDIES,
    Rung,
    ladder,
)
from benchmarks.scale.settings import EDGE_CACHES, MARKS, TODAY, Settings
from benchmarks.scale.simulation import demand
from benchmarks.scale.walls import Wall, limits
from tools.markdown import table

TEMPLATE = Path(__file__).with_name("page.md")
EXAMPLE = 100_000
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)


def scale_page(figures: Figures, prices: Prices) -> str:
    """The whole page; equal figures and prices give equal bytes."""
    return TEMPLATE.read_text().format(
        **_assumptions(figures),
        **_edge(),
        example=EXAMPLE,
        marks=MARKS,
        most_times=MOST_TIMES_A_QUOTA,
        most_calls=MOST_CALLS_OF_A_PLAN,
        walls=_wall_table(figures),
        remedies=table(("remedy", "how"), [(remedy.name, remedy.by) for remedy in REMEDIES]),
        sizes="\n\n".join(_size(wallets, figures, prices) for wallets in SIZES),
    )


def _assumptions(figures: Figures) -> dict[str, object]:
    parts, began = [], 0.0
    for until, share in ARRIVALS:
        parts.append(f"{share:.0%} from second {began:,.0f} to {until:,.0f}")
        began = until
    habits = Habits()
    return {
        "arrivals": ", ".join(parts),
        "habits": habits,
        "patience": habits.patience / 60,
        "collections": COLLECTIONS,
        "round_trip": ROUND_TRIP * 1e3,
        "provider": PROVIDER_SECONDS * 1e3,
        "cognito": COGNITO_SECONDS * 1e3,
        "kilobytes": figures.page_bytes / 1e3,
        "page_ms": figures.page_seconds * 1e3,
        "start_ms": figures.route_start_seconds * 1e3,
        "sign_in_ms": figures.sign_in_start_seconds * 1e3,
        "site_kb": figures.site_bytes / 1e3,
        "edge_caches": EDGE_CACHES,
        "idle": IDLE_SECONDS / 60,
    }


def _edge() -> dict[str, object]:
    calls = list(origin_calls(GUESTS_A_SECOND, duration=SIMULATED_SECONDS, seed=SEED))
    means = windows(calls)
    return {
        "guests": GUESTS_A_SECOND,
        "fresh": FRESH_SECONDS,
        "worst": max(means),
        "bound": COLLECTIONS / FRESH_SECONDS,
        "last": means[-1],
        "first": calls[0],
        "later": max(calls[int(FRESH_SECONDS) :]),
    }


def _wall_table(figures: Figures) -> str:
    heads = ("limit", "lets through a second", "asked for", "met by a launch of")
    found = limits(TODAY, demand(EXAMPLE, TODAY, figures).gates)
    return table(heads, [_wall_row(wall) for wall in found if wall.asked])


def _wall_row(wall: Wall) -> tuple[str, ...]:
    first = _two(EXAMPLE / wall.times_too_much)
    return wall.name, f"{wall.lets_through:,.0f}", _two(wall.asked), first


def _size(wallets: int, figures: Figures, prices: Prices) -> str:
    rungs = list(ladder(wallets, figures))
    rows = [(rung.remedy, *_row(rung, figures, prices)) for rung in rungs]
    heads = ("after", "walls, the worst first", "median s", "p99 s", "guests s", "left", "dollars")
    return f"### {wallets:,} wallets\n\n{table(heads, rows)}\n\n{_raised(rungs[-1].settings)}"


def _row(rung: Rung, figures: Figures, prices: Prices) -> tuple[str, ...]:
    outcome = rung.outcome
    named = [f"{wall.name} ({_two(wall.times_too_much)} times)" for wall in rung.walls[:3]]
    more = f" and {len(rung.walls) - 3} more" if len(rung.walls) > 3 else ""
    return (
        f"{', '.join(named)}{more}" or "none",
        _two(percentile(outcome.first_nft, 0.5)),
        _two(percentile(outcome.first_nft, 0.99)),
        _two(percentile(outcome.guests, 0.5)),
        f"{outcome.lost_share:.0%}",
        _two(cost_of(outcome, rung.settings, figures, prices).total),
    )


def _two(value: float) -> str:
    """Two digits that count: 0.79, 1.2, 210, 9,500."""
    return f"{float(f'{value:.2g}'):,.9g}"


def _raised(settings: Settings) -> str:
    """What the last row asks for."""
    usual = Settings()
    numbers = {
        "AlchemyRps": (settings.alchemy_rps, usual.alchemy_rps),
        "MoralisRps": (settings.moralis_rps, usual.moralis_rps),
        "LookupRps": (settings.route_rps, usual.route_rps),
        **{name: (rate, usual.cognito[name]) for name, rate in settings.cognito.items()},
        "Lambda's concurrency": (settings.concurrency, usual.concurrency),
        "API Gateway": (settings.api_rps, usual.api_rps),
    }
    raised = [f"{name} {rate:,.0f}" for name, (rate, before) in numbers.items() if rate > before]
    where = "one Region" if settings.stacks == 1 else f"each of {settings.stacks} Regions"
    return f"The last row asks for: {', '.join(raised) or 'nothing more'}; in {where}."
