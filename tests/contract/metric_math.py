"""CloudWatch alarms over datapoints with gaps: the few functions that the templates write.

A metric has a datapoint or None in each period. Arithmetic with a gap is a gap; FILL closes it.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

type Value = float | None
type Metric = tuple[str, str, tuple[tuple[str, str], ...]]
"""(namespace, name, dimensions)"""

OPERATORS: Mapping[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.GtE: operator.ge,
}


def metric_of(part: Mapping[str, Any]) -> Metric:
    dimensions = tuple((d["Name"], d["Value"]) for d in part.get("Dimensions", []))
    return part["Namespace"], part["MetricName"], dimensions


def metrics_of(alarm: Mapping[str, Any]) -> list[Metric]:
    """What an alarm's properties read."""
    if "MetricName" in alarm:
        return [metric_of(alarm)]
    return [metric_of(m["MetricStat"]["Metric"]) for m in alarm["Metrics"] if "MetricStat" in m]


def rings(alarm: Mapping[str, Any], data: Mapping[Metric, Sequence[Value]]) -> bool:
    """Whether the alarm goes off; `data` has its last periods, newest last, None for a gap."""
    assert alarm["ComparisonOperator"] == "GreaterThanOrEqualToThreshold"
    assert alarm["TreatMissingData"] == "notBreaching"
    periods = int(alarm["EvaluationPeriods"])
    values = [_value(alarm, data, -periods + period) for period in range(periods)]
    breaching = [value for value in values if value is not None and value >= alarm["Threshold"]]
    return len(breaching) >= int(alarm["DatapointsToAlarm"])


def _value(alarm: Mapping[str, Any], data: Mapping[Metric, Sequence[Value]], period: int) -> Value:
    def datapoint(metric: Metric) -> Value:
        return data[metric][period] if metric in data else None

    if "MetricName" in alarm:
        return datapoint(metric_of(alarm))
    (shown,) = [m for m in alarm["Metrics"] if "Expression" in m]
    named = {
        m["Id"]: datapoint(metric_of(m["MetricStat"]["Metric"]))
        for m in alarm["Metrics"]
        if "MetricStat" in m
    }
    return evaluate(shown["Expression"], named)


def evaluate(expression: str, named: Mapping[str, Value]) -> Value:
    return _evaluate(ast.parse(expression, mode="eval").body, named)


def _evaluate(node: ast.expr, named: Mapping[str, Value]) -> Value:
    match node:
        case ast.Constant(int() | float() as number):
            return float(number)
        case ast.Name(name):
            return named[name]
        case ast.BinOp(left, kind, right) | ast.Compare(left, [kind], [right]):
            values = _evaluate(left, named), _evaluate(right, named)
            if values[0] is None or values[1] is None:
                return None
            return OPERATORS[type(kind)](values[0], values[1])
        case ast.Call(ast.Name("FILL"), [filled, ast.Constant(int() as number)]):
            value = _evaluate(filled, named)
            return float(number) if value is None else value
        case ast.Call(ast.Name("IF"), [condition, then, otherwise]):
            holds = _evaluate(condition, named)
            if holds is None:
                return None
            return _evaluate(then if holds else otherwise, named)
    raise NotImplementedError(ast.dump(node))
