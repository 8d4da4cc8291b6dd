"""template.yaml with the values that a deployment would give it: which options are on.

Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml


class _Loader(yaml.CSafeLoader):
    """YAML with the short forms of CloudFormation's functions."""


def _long_form(loader: _Loader, name: str, node: yaml.Node) -> dict[str, Any]:
    key = name if name in ("Ref", "Condition") else f"Fn::{name}"
    if isinstance(node, yaml.SequenceNode):
        return {key: loader.construct_sequence(node, deep=True)}
    if isinstance(node, yaml.MappingNode):
        return {key: loader.construct_mapping(node, deep=True)}
    return {key: node.value}


_Loader.add_multi_constructor("!", _long_form)


@dataclass(frozen=True)
class Template:
    document: Mapping[str, Any]
    values: Mapping[str, str]
    """By parameter: the template's default where nothing else is given."""

    def has(self, condition: str) -> bool:
        return bool(self._value(self.document["Conditions"][condition]))

    def reservations(self) -> dict[str, int]:
        """Reserved concurrency by logical id, of the functions that the stack would have."""
        found = {name: self._reserved(item) for name, item in self.document["Resources"].items()}
        return {name: reserved for name, reserved in found.items() if reserved}

    def function_name(self, logical_id: str, stack_name: str) -> str:
        name: str = self.document["Resources"][logical_id]["Properties"]["FunctionName"]["Fn::Sub"]
        return name.replace("${AWS::StackName}", stack_name)

    def _reserved(self, resource: Mapping[str, Any]) -> int:
        if "Condition" in resource and not self.has(resource["Condition"]):
            return 0
        value = self._value(resource.get("Properties", {}).get("ReservedConcurrentExecutions", ""))
        return int(value) if str(value).isdecimal() else 0

    def _value(self, node: Any) -> Any:
        """Of an expression of conditions; a pseudo parameter such as AWS::NoValue is empty."""
        if not isinstance(node, dict):
            return node
        ((name, given),) = node.items()
        if name == "Ref":
            return self.values.get(given, "")
        if name == "Condition":
            return self.has(given)
        if name == "Fn::If":
            return self._value(given[1] if self.has(given[0]) else given[2])
        return _FUNCTIONS[name](*(self._value(each) for each in given))


_FUNCTIONS: Mapping[str, Any] = {
    "Fn::Equals": lambda one, other: str(one) == str(other),
    "Fn::Not": lambda one: not one,
    "Fn::And": lambda *all_of: all(all_of),
    "Fn::Or": lambda *any_of: any(any_of),
    "Fn::Join": lambda glue, parts: glue.join(parts),
}


def read_template(
    file: Path, *, before: Mapping[str, str] | None = None, given: Mapping[str, str]
) -> Template:
    """`before` has the deployed stack's values, which `sam deploy` keeps where none is given.

    A key's value is stars there, whether it is empty or not: it says nothing.
    """
    document = _document(file.read_text())
    parameters = document["Parameters"].items()
    defaults = {name: str(each["Default"]) for name, each in parameters if "Default" in each}
    said = {name: value for name, value in (before or {}).items() if set(value) != {"*"}}
    return Template(document, {**defaults, **said, **given})


@lru_cache(maxsize=2)
def _document(text: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader
    return found
