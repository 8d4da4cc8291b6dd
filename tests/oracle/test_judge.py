"""The list of what ministack gets wrong, and what its exactness means."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.oracle.deviations import DEVIATIONS, SKIPS
from tests.oracle.judge import Expected, UnknownTestsError, expected_failures
from verify.target import NEEDS

SUITE = Path(__file__).resolve().parents[1] / "black_box"


def names_in_the_suite() -> set[str]:
    """`file::test` of the suite, without parameters."""
    return {
        f"{file.name}::{node.name}"
        for file in SUITE.glob("test_*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_every_deviation_says_what_is_wrong_and_where_that_is_seen() -> None:
    for deviation in DEVIATIONS:
        assert deviation.reason
        assert deviation.source.startswith("https://")
        assert deviation.tests


def test_no_test_is_expected_to_fail_for_two_reasons() -> None:
    named = [name for deviation in DEVIATIONS for name in deviation.tests]
    assert len(named) == len(set(named))


def test_every_name_is_of_a_test_that_there_is() -> None:
    named = {name for deviation in DEVIATIONS for name in deviation.tests}
    named |= SKIPS.keys() - NEEDS.keys()
    assert {name.partition("[")[0] for name in named} <= names_in_the_suite()


def test_a_name_that_no_test_has_is_refused() -> None:
    with pytest.raises(UnknownTestsError, match="test_health"):
        expected_failures(["test_raw_routes.py::test_something_else"])


def test_a_failure_of_another_kind_is_not_the_expected_one() -> None:
    expected = Expected("no rotation", "'RefreshToken'")
    assert expected.is_seen_in("KeyError: 'RefreshToken'")
    assert not expected.is_seen_in("assert 500 == 200")
