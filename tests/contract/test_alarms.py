"""Every alarm rings in the outage it is for, also where everything else is silent."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from tests.contract.conftest import deployed_with, monitoring_of
from tests.contract.metric_math import Metric, Value, evaluate, metrics_of, rings
from tests.contract.production import EVERYTHING
from tests.contract.reading import functions

MANY = 100_000.0
GALLERY = deployed_with(**EVERYTHING)
ALARMS: Mapping[str, Mapping[str, Any]] = {
    alarm.logical_id: alarm.properties
    for alarm in monitoring_of(GALLERY).of_type("AWS::CloudWatch::Alarm")
}
ALONE = [
    pytest.param(alarm, metric, id=f"{alarm}: {metric[1]} {dict(metric[2])}")
    for alarm, properties in ALARMS.items()
    for metric in metrics_of(properties)
    if metric[1] != "Count"
]
"""Of each alarm each metric; calls that succeed are no outage."""
LAMBDAS = [function.physical_id for function in functions(GALLERY)]


def outage(alarm: Mapping[str, Any], metric: Metric, *, seen: int) -> dict[Metric, list[Value]]:
    """The metric is high in the last `seen` periods. Nothing else has a datapoint in any.

    API Gateway reports calls beside failures, so they come together.
    """
    quiet: list[Value] = [None] * (int(alarm["EvaluationPeriods"]) - seen)
    high: list[Value] = [*quiet, *[MANY] * seen]
    calls = [other for other in metrics_of(alarm) if other[1] == "Count"]
    return dict.fromkeys([metric, *calls], high)


@pytest.mark.parametrize(("name", "metric"), ALONE)
def test_an_alarm_rings_for_each_of_its_metrics_alone(name: str, metric: Metric) -> None:
    alarm = ALARMS[name]
    enough = int(alarm["DatapointsToAlarm"])
    assert rings(alarm, outage(alarm, metric, seen=enough))
    assert not rings(alarm, outage(alarm, metric, seen=enough - 1))


@pytest.mark.parametrize("name", ALARMS)
def test_no_alarm_rings_with_nothing_called(name: str) -> None:
    assert not rings(ALARMS[name], {})


@pytest.mark.parametrize("name", ALARMS)
def test_no_alarm_rings_while_everything_is_called_and_well(name: str) -> None:
    alarm = ALARMS[name]
    well: Sequence[Value] = [0.0] * int(alarm["EvaluationPeriods"])
    calls: Sequence[Value] = [MANY] * int(alarm["EvaluationPeriods"])
    data = {m: calls if m[1] == "Count" else well for m in metrics_of(alarm)}
    assert not rings(alarm, data)


@pytest.mark.parametrize("function", LAMBDAS)
def test_a_function_that_fails_alone_rings_an_alarm(function: str) -> None:
    failing: Metric = ("AWS/Lambda", "Errors", (("FunctionName", function),))
    assert [name for name, alarm in ALARMS.items() if rings(alarm, {failing: [MANY] * 3})]


def test_without_fill_a_trigger_that_fails_alone_would_ring_nothing() -> None:
    """So this file can fail."""
    alarm = json.loads(json.dumps(ALARMS["TriggerErrorsAlarm"]))
    for part in alarm["Metrics"]:
        if "Expression" in part:
            part["Expression"] = re.sub(r"FILL\((\w+),0\)", r"\1", part["Expression"])
    metric, *_ = metrics_of(alarm)
    assert not rings(alarm, outage(alarm, metric, seen=1))


def test_a_gap_stays_a_gap_unless_it_is_filled() -> None:
    assert evaluate("a+b", {"a": 1.0, "b": None}) is None
    assert evaluate("FILL(a,0)+FILL(b,0)", {"a": 1.0, "b": None}) == 1
    assert evaluate("IF(a >= 20, 100 * b / a, 0)", {"a": 50.0, "b": 5.0}) == 10
