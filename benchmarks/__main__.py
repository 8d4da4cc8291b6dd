"""Measures everything: `python -m benchmarks [PART...] [--quick]`, or `make benchmark`.

Parts are sign-in, routes, dapp, local, scale; without one all are measured, in 25 minutes at most.
Results go into benchmarks/results.json, benchmarks/README.md and benchmarks/plots/, and the scale
model's into docs/scale.md. `--quick` takes few samples, prints, and writes nothing. The exit code
is 1 where a bar does not hold, 2 where a part could not be measured.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import dapp, local_part, report, routes, scale_part, sign_in
from benchmarks.machine import describe
from benchmarks.results import HERE, RESULTS, PartResult, Results, moved, read_results
from benchmarks.run import NotMeasuredError, Run, say
from benchmarks.scale.__main__ import DOCUMENT
from benchmarks.scale.figures import read_figures
from benchmarks.scale.page import scale_page
from benchmarks.scale.prices import prices
from tools.python_packages import plots
from tools.step import ROOT, TOOLS

README = HERE / "README.md"

type Measure = Callable[[Run], tuple[PartResult, dict[str, str]]]


@dataclass(frozen=True)
class Part:
    """`minutes` is its share of the 25; `measure` also says what the figures depend on."""

    measure: Measure
    minutes: float


PARTS = {
    "sign-in": Part(sign_in.measure_part, 3.5),
    "routes": Part(routes.measure_part, 4),
    "dapp": Part(dapp.measure_part, 4),
    "local": Part(local_part.measure_part, 12.5),
    "scale": Part(scale_part.measure_part, 1),
}
ORDER = tuple(PARTS)


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks", description=str(__doc__).splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="few samples; writes nothing")
    given = parser.parse_args(words)
    if unknown := [name for name in given.parts if name not in PARTS]:
        parser.error(f"no part {unknown[0]}; there are {', '.join(PARTS)}")
    statuses = [measure(name, is_quick=given.quick) for name in given.parts or PARTS]
    return max(statuses)


def measure(name: str, *, is_quick: bool) -> int:
    """One part, from its start to what is written of it."""
    part, began = PARTS[name], time.monotonic()
    say(f"{name}: at most {part.minutes:g} minutes")
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        run = Run(Path(folder), is_quick, began + part.minutes * 60)
        try:
            found, about = part.measure(run)
        except NotMeasuredError as error:
            say(f"{name} was not measured: {error}")
            return 2
    seconds = time.monotonic() - began
    about = {**describe(now=time.time()), "Took": f"{seconds:.0f} s", **about}
    print(report.render_part(name, found, about), flush=True)
    if not is_quick:
        keep(name, found, about)
    return 0 if found.holds else 1


def keep(name: str, found: PartResult, about: dict[str, str]) -> None:
    """Write the file of results, what is made of it, and say what moved since the last run."""
    before = read_results()
    for line in moved(before.parts.get(name, PartResult()), found):
        say(line)
    results = before.with_part(name, found, about)
    RESULTS.write_text(results.to_json())
    write_pages(results)
    say(f"wrote {RESULTS.relative_to(ROOT)}, {README.relative_to(ROOT)} and the plots")


def write_pages(results: Results) -> None:
    DOCUMENT.write_text(scale_page(read_figures(), prices()))
    README.write_text(report.rewrite(README.read_text(), report.render(results, ORDER)))
    plots()
    command = [str(TOOLS / "plots" / "bin" / "python"), "-m", "benchmarks.plots"]
    subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
