"""The tables, and the README they are written into."""

import pytest

from benchmarks.bars import Bar
from benchmarks.measurements import EMPTY_PYTHON, LIMIT, SAMPLE, VERIFY, ColdSample, Measurements
from benchmarks.packages import HERE
from benchmarks.report import END, START, bar_table, cold_table, render, rewrite, warm_table

FOUND = Measurements(
    cold={
        EMPTY_PYTHON: [ColdSample(40, 30, 14)],
        VERIFY: [ColdSample(50, 41, 20)],
        SAMPLE: [ColdSample(140, 200, 60)],
    },
    warm={LIMIT: [30.0], "viem, bundled": [1500.0]},
    empty_of={VERIFY: EMPTY_PYTHON, SAMPLE: EMPTY_PYTHON},
    sign_ins=[5.0, 6.0, 7.0],
    own_time={},
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


def test_the_readme_has_its_markers() -> None:
    assert "new" in rewrite((HERE / "README.md").read_text(), "new")


def test_says_of_each_bar_whether_it_holds() -> None:
    table = bar_table([Bar("a", 1, 1), Bar("b", 39, 40, at_least=True), Bar("c", None, 1)])
    assert "| a | ≤ 1 | 1 | held |" in table
    assert "| b | ≥ 40 | 39 | **not held** |" in table
    assert "| c | ≤ 1 | not measured | **not held** |" in table


def test_compares_a_cold_start_with_what_the_sample_adds() -> None:
    table = cold_table(FOUND)
    assert f"| {VERIFY} | 50.0 | 50.0 | 41.0 | 10.0 | 0.100 | 20.0 |" in table
    assert f"| {EMPTY_PYTHON} | 40.0 | 40.0 | 30.0 |  |  | 14.0 |" in table


def test_compares_a_warm_call_with_the_limit() -> None:
    assert "| viem, bundled | 1500.0 | 50.00 |" in warm_table(FOUND)


def test_names_a_rival_that_was_left_out_with_its_reason() -> None:
    assert "- siwe: uv: no wheel" in render(FOUND, {"Date": "today"})


def test_says_what_the_figures_depend_on() -> None:
    assert render(FOUND, {"Date": "today"}).startswith("- Date: today\n")
