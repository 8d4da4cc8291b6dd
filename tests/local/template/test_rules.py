"""Rules refuse parameters that do not go together, in the template's own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from local.errors import ConfigurationError, UnsupportedError
from local.template.resource_types import Place
from local.template.stack_template import load_stack_template

PLACE = Place("us-east-1", "123456789012", "demo", "localhost:3000")
TEMPLATE = """\
Parameters:
  Name: {Type: String, Default: ""}
  Certificate: {Type: String, Default: ""}
Rules:
  Named:
    RuleCondition: !Not [!Equals [!Ref Name, ""]]
    Assertions:
      - Assert: !Not [!Equals [!Ref Certificate, ""]]
        AssertDescription: Name needs Certificate
Resources:
  Bucket: {Type: AWS::S3::Bucket}
"""


def load(tmp_path: Path, text: str, **given: str) -> None:
    file = tmp_path / "template.yaml"
    file.write_text(text)
    load_stack_template(file, given, PLACE)


@pytest.mark.parametrize("given", [{}, {"Certificate": "c"}, {"Name": "n", "Certificate": "c"}])
def test_parameters_that_go_together_are_taken(tmp_path: Path, given: dict[str, str]) -> None:
    load(tmp_path, TEMPLATE, **given)


def test_parameters_that_do_not_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="Name needs Certificate"):
        load(tmp_path, TEMPLATE, Name="n")


def test_a_rule_without_a_condition_always_holds(tmp_path: Path) -> None:
    unconditional = TEMPLATE.replace('    RuleCondition: !Not [!Equals [!Ref Name, ""]]\n', "")
    with pytest.raises(ConfigurationError, match="Name needs Certificate"):
        load(tmp_path, unconditional)


def test_a_function_of_rules_that_is_not_modelled_is_refused(tmp_path: Path) -> None:
    unmodelled = TEMPLATE.replace('!Not [!Equals [!Ref Certificate, ""]]', "!Contains [[a], b]")
    with pytest.raises(UnsupportedError, match="Fn::Contains"):
        load(tmp_path, unmodelled, Name="n")
