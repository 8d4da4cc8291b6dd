"""Replaces intrinsic functions and dynamic references of CloudFormation by their values here.

Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from local.errors import TemplateError, UnsupportedError
from local.template.resource_types import RESOURCE_TYPES, Place, ResourceType

_PLACEHOLDER = re.compile(r"\$\{(!?)([^}]*)\}")
_SECRET = re.compile(r"\{\{resolve:secretsmanager:(arn:[^}]*?):SecretString:([^:}]+)\}\}")
_NO_VALUE = object()

Value = Any  # a JSON value; CloudFormation's own type is no narrower


class Resolver:
    """Resolves values of one transformed template.

    Resources are resolved on demand, so their order does not matter. Without `reads_secrets`,
    dynamic references stay as they are written.
    """

    def __init__(
        self,
        template: Mapping[str, Any],
        parameters: Mapping[str, str | list[str]],
        place: Place,
        *,
        reads_secrets: bool = True,
    ) -> None:
        self._resources: Mapping[str, Any] = template["Resources"]
        self._conditions: Mapping[str, Any] = template.get("Conditions", {})
        self._mappings: Mapping[str, Any] = template.get("Mappings", {})
        self._parameters = parameters
        self._place = place
        self._reads_secrets = reads_secrets
        self._functions: Mapping[str, Callable[[Any], Value]] = {
            "Ref": self._ref,
            "Condition": self._condition,
            "Fn::And": lambda given: all(self.resolve(given)),
            "Fn::Equals": lambda given: self.resolve(given[0]) == self.resolve(given[1]),
            "Fn::FindInMap": self._find_in_map,
            "Fn::GetAtt": self._get_att,
            "Fn::If": self._if,
            "Fn::Join": self._join,
            "Fn::Not": lambda given: not self.resolve(given[0]),
            "Fn::Or": lambda given: any(self.resolve(given)),
            "Fn::Select": lambda given: self.resolve(given[1])[int(self.resolve(given[0]))],
            "Fn::Split": lambda given: str(self.resolve(given[1])).split(given[0]),
            "Fn::Sub": self._sub,
        }

    def exists(self, definition: Mapping[str, Any]) -> bool:
        """Whether the condition of a resource or output holds, if it has one."""
        return "Condition" not in definition or self._condition(definition["Condition"])

    def properties(self, logical_id: str) -> dict[str, Any]:
        """All properties of a resource, resolved."""
        resolved = self.resolve(self._resources[logical_id].get("Properties", {}))
        if not isinstance(resolved, dict):
            raise TemplateError(f"{logical_id}: Properties is not a mapping")
        return resolved

    def resolve(self, value: Value) -> Value:
        """The value with every intrinsic function and dynamic reference in it replaced."""
        if isinstance(value, list):
            return [item for item in map(self.resolve, value) if item is not _NO_VALUE]
        if isinstance(value, str):
            return _SECRET.sub(self._secret, value)
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            (name, given) = next(iter(value.items()))
            if name in self._functions:
                return self._functions[name](given)
            if name.startswith("Fn::"):
                raise UnsupportedError(f"the local stack does not model {name}")
        pairs = ((key, self.resolve(item)) for key, item in value.items())
        return {key: item for key, item in pairs if item is not _NO_VALUE}

    def _ref(self, name: str) -> Value:
        if name == "AWS::NoValue":
            return _NO_VALUE
        pseudo = {
            "AWS::AccountId": self._place.account_id,
            "AWS::Partition": "aws",
            "AWS::Region": self._place.region,
            "AWS::StackName": self._place.stack_name,
            "AWS::URLSuffix": "amazonaws.com",
        }
        if name in pseudo:
            return pseudo[name]
        if name in self._parameters:
            return self._parameters[name]
        kind = self._kind(name)
        return kind.ref(self._place, name, self._given_name(name, kind))

    def _get_att(self, given: str | list[str]) -> str:
        logical_id, attribute = given.split(".", 1) if isinstance(given, str) else given
        kind = self._kind(logical_id)
        if attribute not in kind.attributes:
            what = f"attribute {attribute} of {logical_id}"
            raise UnsupportedError(f"the local stack does not model {what}")
        name = self._given_name(logical_id, kind)
        return kind.attributes[attribute](self._place, logical_id, name)

    def _kind(self, logical_id: str) -> ResourceType:
        if logical_id not in self._resources:
            raise TemplateError(f"the template has nothing called {logical_id}")
        if not self.exists(self._resources[logical_id]):
            raise TemplateError(f"{logical_id} is used where its condition does not hold")
        type_name = self._resources[logical_id]["Type"]
        if type_name not in RESOURCE_TYPES:
            raise UnsupportedError(f"{logical_id}: the local stack does not model {type_name}")
        return RESOURCE_TYPES[type_name]

    def _given_name(self, logical_id: str, kind: ResourceType) -> str:
        given = self._resources[logical_id].get("Properties", {}).get(kind.name_property, "")
        return str(self.resolve(given))

    def _condition(self, name: str) -> bool:
        if name not in self._conditions:
            raise TemplateError(f"the template has no condition {name}")
        return bool(self.resolve(self._conditions[name]))

    def _if(self, given: list[Any]) -> Value:
        condition, then, otherwise = given
        return self.resolve(then if self._condition(condition) else otherwise)

    def _find_in_map(self, given: list[Any]) -> Value:
        value: Any = self._mappings
        for key in self.resolve(given):
            if key not in value:
                raise TemplateError(f"Fn::FindInMap finds no {key}")
            value = value[key]
        return value

    def _join(self, given: list[Any]) -> str:
        return str(given[0]).join(str(item) for item in self.resolve(given[1]))

    def _sub(self, given: str | list[Any]) -> str:
        text, variables = (given, {}) if isinstance(given, str) else (given[0], given[1])
        filled = _PLACEHOLDER.sub(lambda match: self._placeholder(match, variables), text)
        return _SECRET.sub(self._secret, filled)

    def _placeholder(self, match: re.Match[str], variables: Mapping[str, Any]) -> str:
        literal, name = match[1], match[2].strip()
        if literal:
            return "${" + name + "}"
        if name in variables:
            return str(self.resolve(variables[name]))
        value = self._get_att(name) if "." in name else self._ref(name)
        if not isinstance(value, str):
            raise TemplateError(f"Fn::Sub: {name} is not a string")
        return value

    def _secret(self, match: re.Match[str]) -> str:
        arn, key = match[1], match[2]
        if not self._reads_secrets:
            return match[0]
        for logical_id, resource in self._resources.items():
            is_secret = resource["Type"] == "AWS::SecretsManager::Secret" and self.exists(resource)
            if is_secret and self._ref(logical_id) == arn:
                return str(json.loads(self.properties(logical_id)["SecretString"])[key])
        raise TemplateError(f"no secret of this stack is {arn}")
