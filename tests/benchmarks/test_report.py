"""The tables, and the README they are written into."""

import pytest

from benchmarks.__main__ import ORDER, README
from benchmarks.measurements import EMPTY_PYTHON, LIMIT, SAMPLE, VERIFY, ColdSample, Measurements
from benchmarks.report import END, START, bar_table, markdown, render, render_part, rewrite
from benchmarks.results import Bar, PartResult, Plot, Results, Table, read_results
from benchmarks.sign_in_tables import cold_table, warm_table

FOUND = Measurements(
    cold={
        EMPTY_PYTHON: [ColdSample(40, 30, 14)],
        VERIFY: [ColdSample(50, 41, 20)],
        SAMPLE: [ColdSample(140, 200, 60)],
    },
    warm={LIMIT: [30.0], "viem, bundled": [1500.0]},
    empty_of={VERIFY: EMPTY_PYTHON, SAMPLE: EMPTY_PYTHON},
    sign_ins=[5.0, 6.0, 7.0],
    artifact_bytes=1_800_000,
    skipped={"siwe": "uv: no wheel"},
)


def test_rewrites_only_what_stands_between_the_markers() -> None:
    readme = f"# Title\n\n{START}\nold\n{END}\n\nafter\n"
    assert rewrite(readme, "new\n") == f"# Title\n\n{START}\n\nnew\n\n{END}\n\nafter\n"


def test_rewriting_twice_changes_nothing_more() -> None:
    once = rewrite(f"{START}{END}", "new")
    assert rewrite(once, "new") == once


@pytest.mark.parametrize("readme", ["", START, END, f"{END}{START}", f"{START}{START}{END}"])
def test_refuses_a_readme_without_its_markers(readme: str) -> None:
    with pytest.raises(ValueError, match="markers"):
        rewrite(readme, "new")


def test_the_readme_shows_what_the_file_of_results_holds() -> None:
    written = rewrite(README.read_text(), render(read_results(), ORDER))
    assert README.read_text() == written, "run `make benchmark`"


def test_says_of_each_bar_whether_it_holds() -> None:
    bars = [Bar("a", 1, 1), Bar("b", 39, 40, at_least=True), Bar("c", None, 1)]
    table = markdown(bar_table(bars))
    assert "| a | ≤ 1 | 1 | held |" in table
    assert "| b | ≥ 40 | 39 | **not held** |" in table
    assert "| c | ≤ 1 | not measured | **not held** |" in table


def test_names_every_bar_that_does_not_hold_before_all_tables() -> None:
    parts = {"one": PartResult(bars=[Bar("a", 2, 1), Bar("b", 1, 1)]), "two": PartResult()}
    page = render(Results({"one": {}, "two": {}}, parts), ["two", "one"])
    first, _, rest = page.partition("### two")
    assert first.strip().splitlines()[-1] == "- **one**: a: 2, the bar is ≤ 1"
    assert rest.index("### one") > 0


def test_says_so_where_every_bar_holds() -> None:
    page = render(Results({"one": {}}, {"one": PartResult(bars=[Bar("a", 1, 1)])}), ["one"])
    assert page.startswith("Every bar holds.")


def test_compares_a_cold_start_with_what_the_sample_adds() -> None:
    table = markdown(cold_table(FOUND))
    assert f"| {VERIFY} | 50.0 | 50.0 | 41.0 | 10.0 | 0.100 | 20.0 |" in table
    assert f"| {EMPTY_PYTHON} | 40.0 | 40.0 | 30.0 |  |  | 14.0 |" in table


def test_compares_a_warm_call_with_the_limit() -> None:
    assert "| viem, bundled | 1500.0 | 50.00 |" in markdown(warm_table(FOUND))


def test_shows_tables_and_plots_of_a_part_and_names_what_was_left_out() -> None:
    found = PartResult(
        tables=[Table("A table", ("x", "y"), [("1", "2")])],
        plots=[Plot("a-plot", "A plot", "ms", {})],
        left_out={"siwe": "uv: no wheel"},
    )
    page = render_part("one", found, {"Date": "today"})
    assert page.startswith("### one\n\n- Date: today\n")
    assert "#### A table\n\n| x | y |\n| --- | --: |\n| 1 | 2 |" in page
    assert "![A plot](plots/a-plot.svg)" in page
    assert "- siwe: uv: no wheel" in page
