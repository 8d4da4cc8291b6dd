"""Draws what benchmarks/results.json holds into benchmarks/plots/, a file a plot.

Runs in an environment of its own (requirements/plots.txt), so it imports nothing else of ours.
Equal results give equal files.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("svg")
from matplotlib import pyplot

HERE = Path(__file__).resolve().parent
FOLDER = HERE / "plots"
COLOURS = ("#2563eb", "#94a3b8", "#d97706", "#16a34a")
matplotlib.rcParams.update({"svg.hashsalt": "nft-gallery", "svg.fonttype": "none"})


def draw(plot: dict[str, Any], file: Path) -> None:
    """Bars that lie, a category a group, the first at the top."""
    series: dict[str, dict[str, float]] = plot["series"]
    categories = list(dict.fromkeys(name for values in series.values() for name in values))
    height = 0.8 / len(series)
    figure, axes = pyplot.subplots(figsize=(8, 1.2 + 0.35 * len(categories) * len(series) ** 0.5))
    for number, (label, values) in enumerate(series.items()):
        at = [categories.index(name) + number * height for name in values]
        bars = axes.barh(at, list(values.values()), height, label=label, color=COLOURS[number % 4])
        axes.bar_label(bars, fmt="%.3g", padding=3, fontsize=8)
    axes.set_yticks([at + 0.4 - height / 2 for at in range(len(categories))], categories)
    axes.invert_yaxis()
    axes.set_xscale("log" if plot["is_logarithmic"] else "linear")
    axes.set_xlabel(plot["unit"])
    axes.set_title(plot["title"], loc="left")
    axes.margins(x=0.12)
    axes.spines[["top", "right"]].set_visible(False)
    if len(series) > 1:
        axes.legend(frameon=False)
    figure.savefig(file, format="svg", bbox_inches="tight", metadata={"Date": None})
    pyplot.close(figure)


def main() -> None:
    parts = json.loads((HERE / "results.json").read_text())["parts"]
    plots = {plot["name"]: plot for part in parts.values() for plot in part["plots"]}
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.svg"):
        if old.stem not in plots:
            old.unlink()
    for name, plot in plots.items():
        draw(plot, FOLDER / f"{name}.svg")


if __name__ == "__main__":
    main()
