"""CloudWatch metric filters over a log line: the few patterns the template writes, no other.

Filters and their JSON patterns:
https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from local.template.stack_template import StackTemplate

_TERM = re.compile(r'\$\.(\w+) (=|>=) ("[\w*]+"|\d+)')


@dataclass(frozen=True)
class Counted:
    """One metric's increase; `dimensions` are pairs of name and value."""

    namespace: str
    name: str
    value: float
    dimensions: tuple[tuple[str, str], ...] = ()


def count(stack: StackTemplate, log_group: str, lines: Iterable[str]) -> list[Counted]:
    """What the filters on a log group make of its lines."""
    filters = [
        found.properties
        for found in stack.of_type("AWS::Logs::MetricFilter")
        if found.properties["LogGroupName"] == log_group
    ]
    return [
        _increase(transformation, entry)
        for entry in map(json.loads, lines)
        for properties in filters
        if _matches(properties["FilterPattern"], entry)
        for transformation in properties["MetricTransformations"]
    ]


def _matches(pattern: str, entry: dict[str, object]) -> bool:
    inner = re.fullmatch(r"\{ (.+) \}", pattern)
    if inner is None:
        raise NotImplementedError(pattern)
    return all(_holds(term, entry) for term in inner[1].split(" && "))


def _holds(term: str, entry: dict[str, object]) -> bool:
    match = _TERM.fullmatch(term)
    if match is None:
        raise NotImplementedError(term)
    value, expected = entry.get(match[1]), match[3]
    if match[2] == ">=":
        return isinstance(value, int | float) and value >= float(expected)
    if not isinstance(value, str):
        return False
    pattern = re.escape(expected.strip('"')).replace(r"\*", ".*")
    return re.fullmatch(pattern, value, re.DOTALL) is not None


def _increase(transformation: dict[str, object], entry: dict[str, object]) -> Counted:
    dimensions = transformation.get("Dimensions", [])
    if dimensions and "DefaultValue" in transformation:
        raise ValueError("CloudWatch takes no default value beside dimensions")
    assert isinstance(dimensions, list)
    return Counted(
        str(transformation["MetricNamespace"]),
        str(transformation["MetricName"]),
        float(_selected(str(transformation["MetricValue"]), entry)),
        tuple((one["Key"], _selected(one["Value"], entry)) for one in dimensions),
    )


def _selected(selector: str, entry: dict[str, object]) -> str:
    return str(entry[selector[2:]]) if selector.startswith("$.") else selector
