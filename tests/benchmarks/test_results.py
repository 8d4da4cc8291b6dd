"""The file of results, what a rerun may move, and the words of the command."""

from pathlib import Path

import pytest

from benchmarks.__main__ import PARTS, main
from benchmarks.results import (
    HERE,
    RATIO,
    RESULTS,
    Bar,
    PartResult,
    Plot,
    Results,
    Table,
    moved,
    read_results,
)
from benchmarks.run import Run

PART = PartResult(
    figures={"a": 1.5},
    bars=[Bar("b", None, 2, at_least=True)],
    tables=[Table("t", ["x"], [["1"]])],
    plots=[Plot("p", "P", "ms", {"s": {"x": 1.0}}, is_logarithmic=True)],
    left_out={"c": "no reason"},
)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    file.write_text(Results().with_part("one", PART, {"Date": "today"}).to_json())
    assert read_results(file) == Results({"one": {"Date": "today"}}, {"one": PART})


def test_without_a_file_nothing_is_measured_yet(tmp_path: Path) -> None:
    assert read_results(tmp_path / "none.json") == Results()


def test_a_part_that_is_measured_alone_leaves_the_others() -> None:
    before = Results().with_part("one", PART, {}).with_part("two", PART, {})
    after = before.with_part("one", PartResult(), {})
    assert (after.parts["one"], after.parts["two"]) == (PartResult(), PART)


@pytest.mark.parametrize(
    ("earlier", "now", "said"),
    [(1.0, 1.14, []), (1.0, 0.86, []), (1.0, 1.2, ["fell behind"]), (1.0, 0.8, ["gained"])],
)
def test_a_ratio_that_moves_further_than_a_rerun_may_is_named(
    earlier: float, now: float, said: list[str]
) -> None:
    name = f"{RATIO}ours over theirs"
    found = moved(PartResult({name: earlier}), PartResult({name: now, "ms": 9.0}))
    assert len(found) == len(said)
    assert all(word in line for word, line in zip(said, found, strict=True))


def test_a_figure_that_is_new_or_no_ratio_moves_nothing() -> None:
    assert moved(PartResult({"ms": 1.0}), PartResult({"ms": 9.0, f"{RATIO}new": 2.0})) == []


def test_a_part_ends_in_time_by_its_own_clock() -> None:
    run = Run(Path(), is_quick=False, ends=10.0, clock=lambda: 4.0)
    assert (run.left(), run.count(9, 1)) == (6, 9)
    assert [run.goes_on(reserve)() for reserve in (5, 6)] == [True, False]
    assert Run(Path(), is_quick=True, ends=1.0, clock=lambda: 4.0).left() == 0


def test_all_parts_together_have_25_minutes() -> None:
    assert sum(part.minutes for part in PARTS.values()) <= 25


def test_an_unknown_part_is_refused_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["scales"])
    assert ended.value.code == 2
    assert "no part scales" in capsys.readouterr().err


def test_every_plot_of_the_results_is_drawn_and_no_other() -> None:
    plots = {plot.name for part in read_results(RESULTS).parts.values() for plot in part.plots}
    assert {file.stem for file in (HERE / "plots").glob("*.svg")} == plots
