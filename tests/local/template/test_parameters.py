"""Parameters are read and checked as CloudFormation reads and checks them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from local.errors import ConfigurationError
from local.template.parameters import read_parameters_file, resolve_parameters

DECLARED: dict[str, dict[str, Any]] = {
    "Key": {"Type": "String", "AllowedPattern": "^[a-z]+$"},
    "Days": {"Type": "Number", "Default": 30, "AllowedValues": [1, 30]},
    "Rate": {"Type": "Number", "Default": 5, "MinValue": 1, "MaxValue": 9},
    "List": {"Type": "CommaDelimitedList", "Default": "", "AllowedPattern": "^$|^[a-z]$"},
}


def test_defaults_fill_what_is_not_given() -> None:
    resolved = resolve_parameters(DECLARED, {"Key": "abc", "List": "a, b"})
    assert resolved == {"Key": "abc", "Days": "30", "Rate": "5", "List": ["a", "b"]}


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({}, "Key"),
        ({"Key": "ABC"}, "Key"),
        ({"Key": "a", "Days": "2"}, "Days"),
        ({"Key": "a", "Rate": "0"}, "Rate"),
        ({"Key": "a", "Rate": "10"}, "Rate"),
        ({"Key": "a", "Rate": "many"}, "Rate"),
        ({"Key": "a", "List": "a,BB"}, "List"),
        ({"Key": "a", "Typo": "x"}, "Typo"),
    ],
)
def test_refuses_a_value_cloudformation_would_refuse(given: dict[str, str], named: str) -> None:
    with pytest.raises(ConfigurationError, match=named):
        resolve_parameters(DECLARED, given)


def test_a_refusal_does_not_repeat_the_value() -> None:
    with pytest.raises(ConfigurationError) as refusal:
        resolve_parameters(DECLARED, {"Key": "CANARY-SECRET"})
    assert "CANARY" not in str(refusal.value)


def test_reads_a_file_of_key_value_lines(tmp_path: Path) -> None:
    file = tmp_path / "prod.parameters"
    file.write_text("Key=a.b-c_d==\n\nList=a,b\n")
    assert read_parameters_file(file) == {"Key": "a.b-c_d==", "List": "a,b"}


@pytest.mark.parametrize("line", ["# comment", "Key = a", 'Key="a b"', "Key=a b", "export Key=a"])
def test_refuses_a_line_the_shell_would_break(tmp_path: Path, line: str) -> None:
    file = tmp_path / "prod.parameters"
    file.write_text(f"Ok=1\n{line}\n")
    with pytest.raises(ConfigurationError, match=":2:"):
        read_parameters_file(file)
