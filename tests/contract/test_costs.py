"""docs/costs.md: every number is what its own formula gives with the prices on the page."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from pathlib import Path

import pytest

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "costs.md").read_text()
PRICES = {
    name: float(price) for name, price in re.findall(r"^\| `(\w+)` \| ([\d.]+) \|", PAGE, re.M)
}
ROWS = re.findall(r"^\| ([^|`]+) \| `([^`]+)` \| ([\d.]+) \|$", PAGE, re.M)
OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def value(node: ast.expr) -> float:
    match node:
        case ast.BinOp(left, kind, right):
            return OPERATORS[type(kind)](value(left), value(right))
        case ast.Constant(float() | int() as number):
            return float(number)
        case ast.Name(name):
            return PRICES[name]
    raise AssertionError(ast.dump(node))


@pytest.mark.parametrize(("what", "formula", "told"), ROWS)
def test_a_cost_is_what_its_formula_gives(what: str, formula: str, told: str) -> None:
    digits = len(told.partition(".")[2])
    assert f"{value(ast.parse(formula, mode='eval').body):.{digits}f}" == told


def test_the_page_has_prices_and_rows_and_uses_nearly_all_of_its_prices() -> None:
    assert len(ROWS) == 13
    used = set(re.findall(r"[a-z_]{3,}", " ".join(formula for _, formula, _ in ROWS)))
    assert set(PRICES) - used == {"metric", "alarm", "dashboard", "mau_third"}
