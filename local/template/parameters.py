"""Parameters of the template: defaults, a `Key=Value` file, and CloudFormation's own checks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from local.errors import ConfigurationError

_LINE = re.compile(r"([A-Za-z][A-Za-z0-9]*)=(\S*)")


def read_parameters_file(path: Path) -> dict[str, str]:
    """Lines of bare `Key=Value`, as `--parameter-overrides $(cat FILE)` takes them."""
    values: dict[str, str] = {}
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line.strip():
            continue
        match = _LINE.fullmatch(line.strip())
        if not match:
            raise ConfigurationError(f"{path}:{number}: write Key=Value, without spaces or quotes")
        values[match[1]] = match[2]
    return values


def resolve_parameters(
    declared: Mapping[str, Mapping[str, Any]], given: Mapping[str, str]
) -> dict[str, str | list[str]]:
    """Value of every declared parameter, checked; lists for CommaDelimitedList."""
    if unknown := sorted(set(given) - set(declared)):
        raise ConfigurationError(f"the template has no parameter {', '.join(unknown)}")
    return {name: _value(name, rules, given.get(name)) for name, rules in declared.items()}


def _value(name: str, rules: Mapping[str, Any], given: str | None) -> str | list[str]:
    text = given if given is not None else rules.get("Default")
    if text is None:
        raise ConfigurationError(f"parameter {name} has no default and was not given")
    if rules["Type"] == "CommaDelimitedList":
        items = [item.strip() for item in str(text).split(",")]
        for item in items:
            _check(name, rules, item)
        return items
    _check(name, rules, str(text))
    return str(text)


def _check(name: str, rules: Mapping[str, Any], text: str) -> None:
    hint = rules.get("ConstraintDescription", rules.get("Description", ""))
    pattern = rules.get("AllowedPattern")
    if pattern and not re.fullmatch(pattern, text):
        raise ConfigurationError(f"parameter {name} does not match {pattern}: {hint}")
    allowed = [str(value) for value in rules.get("AllowedValues", [])]
    if allowed and text not in allowed:
        raise ConfigurationError(f"parameter {name} must be one of {', '.join(allowed)}")
    if rules["Type"] == "Number":
        _check_number(name, rules, text)


def _check_number(name: str, rules: Mapping[str, Any], text: str) -> None:
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        raise ConfigurationError(f"parameter {name} must be a number")
    if "MinValue" in rules and float(text) < float(rules["MinValue"]):
        raise ConfigurationError(f"parameter {name} must be at least {rules['MinValue']}")
    if "MaxValue" in rules and float(text) > float(rules["MaxValue"]):
        raise ConfigurationError(f"parameter {name} must be at most {rules['MaxValue']}")
