"""What a part of the benchmark found, and the file that keeps all parts. Pure but for the file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results.json"
RATIO = "ratio: "
"""Begins the name of a figure that is a median of interleaved ratios: less is better."""
REPEATABLE = 0.15
"""How far such a figure may be from the same machine's last run."""


@dataclass(frozen=True)
class Bar:
    """One promise; `measured` is None where it could not be, and then it does not hold."""

    promise: str
    measured: float | None
    limit: float
    at_least: bool = False

    @property
    def held(self) -> bool:
        if self.measured is None:
            return False
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit


@dataclass(frozen=True)
class Table:
    """Cells are text as it is to be read."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Plot:
    """Bars in groups: series -> category -> value, in `unit`. `name` is the file's."""

    name: str
    title: str
    unit: str
    series: Mapping[str, Mapping[str, float]]
    is_logarithmic: bool = False


@dataclass(frozen=True)
class PartResult:
    """`figures` by name, with the unit in it; `left_out` has the reason for each thing missing."""

    figures: Mapping[str, float] = field(default_factory=dict)
    bars: Sequence[Bar] = ()
    tables: Sequence[Table] = ()
    plots: Sequence[Plot] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> PartResult:
        return cls(
            figures=found["figures"],
            bars=[Bar(**bar) for bar in found["bars"]],
            tables=[Table(**table) for table in found["tables"]],
            plots=[Plot(**plot) for plot in found["plots"]],
            left_out=found["left_out"],
        )

    @property
    def holds(self) -> bool:
        return all(bar.held for bar in self.bars)


@dataclass(frozen=True)
class Results:
    """`about` by part: what its figures depend on, such as machine, date and versions."""

    about: dict[str, dict[str, str]] = field(default_factory=dict)
    parts: dict[str, PartResult] = field(default_factory=dict)

    def with_part(self, name: str, found: PartResult, about: dict[str, str]) -> Results:
        """This part's earlier results are forgotten."""
        return Results({**self.about, name: about}, {**self.parts, name: found})

    def to_json(self) -> str:
        parts = {
            name: {"about": self.about[name], **asdict(found)} for name, found in self.parts.items()
        }
        return json.dumps({"parts": parts}, indent=1, ensure_ascii=False, default=list) + "\n"


def read_results(file: Path = RESULTS) -> Results:
    """Empty where nothing was measured yet."""
    if not file.is_file():
        return Results()
    parts: dict[str, Any] = json.loads(file.read_text())["parts"]
    return Results(
        {name: part["about"] for name, part in parts.items()},
        {name: PartResult.from_json(part) for name, part in parts.items()},
    )


def moved(before: PartResult, after: PartResult) -> list[str]:
    """Ratios that differ by more than a rerun may, each as a line; worse ones say so."""
    lines = []
    for name, value in after.figures.items():
        earlier = before.figures.get(name)
        if not name.startswith(RATIO) or not earlier or abs(value / earlier - 1) <= REPEATABLE:
            continue
        verdict = "fell behind" if value > earlier else "gained"
        lines.append(f"{name.removeprefix(RATIO)} {verdict}: {earlier:.3g}, now {value:.3g}")
    return lines
