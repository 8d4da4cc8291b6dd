"""The results as Markdown, and the README around them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from benchmarks.bars import Bar, judge
from benchmarks.measurements import LIMIT, SAMPLE, Measurements

START = "<!-- results: written by benchmarks/sign_in.py -->"
END = "<!-- end of results -->"


def rewrite(readme: str, results: str) -> str:
    """The README with new results between its markers.

    Raises:
        ValueError: the markers are not there, once and in order.
    """
    before, found_start, rest = readme.partition(START)
    _, found_end, after = rest.partition(END)
    if not found_start or not found_end or START in rest or END in after:
        raise ValueError("README.md has lost its result markers")
    return f"{before}{START}\n\n{results.strip()}\n\n{END}{after}"


def render(found: Measurements, about: Mapping[str, str]) -> str:
    """All tables; `about` is what the figures depend on: machine, date, versions."""
    parts = [
        "\n".join(f"- {name}: {value}" for name, value in about.items()),
        _section("Bars", bar_table(judge(found))),
        _section("Cold start", cold_table(found)),
        _section("One warm call", warm_table(found)),
        _section("Sign-in through the local stack", sign_in_line(found)),
    ]
    if found.skipped:
        listed = "\n".join(f"- {name}: {reason}" for name, reason in found.skipped.items())
        parts.append(_section("Left out", listed))
    return "\n\n".join(parts)


def _section(title: str, body: str) -> str:
    return f"### {title}\n\n{body}"


def bar_table(bars: Sequence[Bar]) -> str:
    return _table(("bar", "limit", "measured", ""), map(_bar_row, bars))


def _bar_row(bar: Bar) -> tuple[str, ...]:
    limit = f"{'≥' if bar.at_least else '≤'} {bar.limit:.3g}"
    if bar.measured is None:
        return bar.promise, limit, "not measured", "**not held**"
    return bar.promise, limit, f"{bar.measured:.3g}", "held" if bar.held else "**not held**"


def cold_table(found: Measurements) -> str:
    """Milliseconds and megabytes; `added` is over the empty handler of the same language."""
    heads = ("handler", "wall min", "wall median", "CPU min", "added", "of the sample's", "peak MB")
    return _table(heads, (_cold_row(found, name) for name in found.cold))


def _cold_row(found: Measurements, name: str) -> tuple[str, ...]:
    start = found.cold_start(name)
    added, share = "", ""
    if name in found.empty_of:
        added = f"{found.added_ms(name):.1f}"
        if SAMPLE in found.cold:
            share = f"{found.added_ms(name) / found.added_ms(SAMPLE):.3f}"
    times = (f"{time:.1f}" for time in (start.wall_ms, start.median_ms, start.cpu_ms))
    return name, *times, added, share, f"{start.peak_mb:.1f}"


def warm_table(found: Measurements) -> str:
    """Microseconds a call, and how many times as long as the limit in the same round."""
    rows = (
        (name, f"{found.warm_us(name):.1f}", f"{found.warm_ratio(name, LIMIT):.2f}")
        for name in found.warm
    )
    return _table(("operation", "µs", "over C"), rows)


def sign_in_line(found: Measurements) -> str:
    if not found.sign_ins:
        return "Not measured."
    return (
        f"InitiateAuth, sign, RespondToAuthChallenge: {found.sign_in_median:.1f} ms median, "
        f"{found.sign_in_p95:.1f} ms at the 95th percentile of {len(found.sign_ins)}."
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    rule = ["---", *("--:" for _ in heads[1:])]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, rule, *rows))
