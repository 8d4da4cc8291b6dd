"""The results as Markdown, and the README around them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from benchmarks.results import Bar, PartResult, Plot, Results, Table

START = "<!-- results: written by make benchmark -->"
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


def render(results: Results, order: Iterable[str]) -> str:
    """All parts that were measured, those that fell behind first of all."""
    measured = [name for name in order if name in results.parts]
    parts = [render_part(name, results.parts[name], results.about[name]) for name in measured]
    return "\n\n".join([behind({name: results.parts[name] for name in measured}), *parts])


def behind(parts: Mapping[str, PartResult]) -> str:
    """Every bar that does not hold, in one list."""
    rows = [
        f"- **{name}**: {bar.promise}: {measured(bar)}, the bar is {limit(bar)}"
        for name, part in parts.items()
        for bar in part.bars
        if not bar.held
    ]
    return "\n".join(["What falls behind its bar:", "", *rows]) if rows else "Every bar holds."


def render_part(name: str, found: PartResult, about: Mapping[str, str]) -> str:
    listed = "\n".join(f"- {key}: {value}" for key, value in about.items())
    parts = [f"### {name}", listed]
    if found.bars:
        parts.append(markdown(bar_table(found.bars)))
    parts += [f"#### {table.title}\n\n{markdown(table)}" for table in found.tables]
    parts += [picture(plot) for plot in found.plots]
    if found.left_out:
        reasons = "\n".join(f"- {key}: {reason}" for key, reason in found.left_out.items())
        parts.append(f"#### Left out of {name}\n\n{reasons}")
    return "\n\n".join(parts)


def picture(plot: Plot) -> str:
    return f"![{plot.title}](plots/{plot.name}.svg)"


def bar_table(bars: Sequence[Bar]) -> Table:
    return Table("Bars", ("bar", "limit", "measured", ""), [_bar_row(bar) for bar in bars])


def _bar_row(bar: Bar) -> tuple[str, ...]:
    return bar.promise, limit(bar), measured(bar), "held" if bar.held else "**not held**"


def limit(bar: Bar) -> str:
    return f"{'≥' if bar.at_least else '≤'} {bar.limit:.3g}"


def measured(bar: Bar) -> str:
    return "not measured" if bar.measured is None else f"{bar.measured:.3g}"


def markdown(table: Table) -> str:
    """Numbers stand on the right."""
    rule = ["---", *("--:" for _ in table.heads[1:])]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (table.heads, rule, *table.rows))
