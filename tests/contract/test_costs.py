"""docs/costs.md: every number is what its own formula gives with the prices on the page."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable

import pytest

from benchmarks.scale import prices
from tests.contract.conftest import deployed_with, monitoring_of
from tests.contract.production import PROD

PAGE = prices.PAGE.read_text()
PRICES = prices.read_prices(PAGE)
ROWS = re.findall(r"^\| ([^|]+) \| `([^`]+)` \| ([\d.]+) \|$", PAGE, re.M)
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


@pytest.mark.parametrize(("what", "formula", "cost"), ROWS)
def test_a_cost_is_what_its_formula_gives(what: str, formula: str, cost: str) -> None:
    digits = len(cost.partition(".")[2])
    assert f"{value(ast.parse(formula, mode='eval').body):.{digits}f}" == cost


def test_every_price_of_the_page_is_used() -> None:
    used = set(re.findall(r"[a-z_]{3,}", " ".join(formula for _, formula, _ in ROWS)))
    assert used == set(PRICES)


def test_the_prod_profile_has_as_many_of_each_as_its_rows_count() -> None:
    stack = deployed_with(**PROD)
    monitoring = monitoring_of(stack)
    alarms = [alarm.properties for alarm in monitoring.of_type("AWS::CloudWatch::Alarm")]
    looked_at = [sum("MetricStat" in metric for metric in a.get("Metrics", [])) for a in alarms]
    filters = monitoring.of_type("AWS::Logs::MetricFilter")
    written = [t for f in filters for t in f.properties["MetricTransformations"]]
    counts = {
        "alarm": sum(max(number, 1) for number in looked_at),
        "dashboard": len(monitoring.of_type("AWS::CloudWatch::Dashboard")),
        "metric": len({t["MetricName"] for t in written if "Dimensions" not in t})
        + 2,  # ProviderLatency of each provider; its other metrics are of failures
        "secret": len(stack.of_type("AWS::SecretsManager::Secret")),
        "waf_acl": len(stack.of_type("AWS::WAFv2::WebACL")),
        "waf_rule": len(stack.only("AWS::WAFv2::WebACL").properties["Rules"]),
    }
    counted_on_the_page: dict[str, int] = {}
    for what, formula, _ in ROWS:
        if what.startswith(("the prod profile", "its metrics")):
            for number, name in re.findall(r"(?:(\d+) \* )?([a-z_]+)", formula):
                counted_on_the_page[name] = int(number or 1)
    assert counted_on_the_page == counts
