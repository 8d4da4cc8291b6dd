"""The templates of this repository as CloudFormation gets them, under each set of parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.template.document import load_document, transform_document
from local.template.parameters import resolve_parameters
from local.template.resolver import Resolver
from local.template.resource_types import RESOURCE_TYPES, Place, ResourceType
from scan.resource_types import DEPLOY_TYPES

PLACE = Place("us-east-1", "123456789012", "gallery", "d111111abcdef8.cloudfront.net")
_PLACEHOLDER = re.compile(r"\$\{([A-Za-z0-9]+)\}")
_SCANNERS_OWN = ("cfn-lint", "checkov", "cdk_nag", "guard", "parliament")
_NO_VALUE = object()


@dataclass(frozen=True)
class Document:
    """One template under one set of parameters.

    `source` is the file as written, `transformed` what SAM makes of it, `deployed` the resources
    that are then made, with parameters and conditions worked out and references left alone;
    `access` holds the properties of those that grant access, references worked out as well, and
    `headers` those of CloudFront's policies.
    `is_complete` where the parameters switch every option on.
    """

    file: str
    source: dict[str, Any]
    transformed: dict[str, Any]
    deployed: dict[str, Any]
    access: Mapping[str, dict[str, Any]]
    headers: Mapping[str, dict[str, Any]]
    is_complete: bool = True

    def written_as(self, logical_id: str) -> str:
        """The resource of the source that SAM made this one of."""
        written = [name for name in self.source["Resources"] if logical_id.startswith(name)]
        return max(written, key=len, default=logical_id)


def read_document(path: Path, given: Mapping[str, str], *, is_complete: bool = True) -> Document:
    source = load_document(path)
    parameters = resolve_parameters(source.get("Parameters", {}), given)
    transformed = source
    if "Transform" in source:
        texts = {k: ",".join(v) if isinstance(v, list) else v for k, v in parameters.items()}
        transformed = transform_document(source, texts, region=PLACE.region)
    transformed = _without_suppressions(transformed)
    resolver = _DeployResolver(transformed, parameters, PLACE)
    made = {k: v for k, v in transformed["Resources"].items() if resolver.exists(v)}
    typed = _typed(source.get("Parameters", {}), parameters)
    evaluation = _Evaluation(typed, resolver, transformed.get("Mappings", {}))
    resources = {name: evaluation.of(_unconditional(item)) for name, item in made.items()}
    access = {
        name: resolver.properties(name)
        for name, resource in made.items()
        if resource["Type"].startswith("AWS::IAM::") or resource["Type"].endswith("Policy")
    }
    headers = {
        name: resolver.properties(name)
        for name, resource in made.items()
        if resource["Type"] == "AWS::CloudFront::ResponseHeadersPolicy"
    }
    deployed = {"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}
    return Document(path.name, source, transformed, deployed, access, headers, is_complete)


def _without_suppressions(template: dict[str, Any]) -> dict[str, Any]:
    """So that scanners say all they find: which of it is overlooked is counted in one place."""
    resources = {}
    for name, resource in template["Resources"].items():
        metadata = resource.get("Metadata", {})
        kept = {key: value for key, value in metadata.items() if key not in _SCANNERS_OWN}
        resources[name] = {**resource, "Metadata": kept} if metadata else resource
    return {**template, "Resources": resources}


def _unconditional(resource: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in resource.items() if key != "Condition"}


def _typed(
    declared: Mapping[str, Mapping[str, Any]], parameters: Mapping[str, str | list[str]]
) -> dict[str, Any]:
    numbers = {name for name, rules in declared.items() if rules["Type"] == "Number"}
    return {k: int(v) if k in numbers and isinstance(v, str) else v for k, v in parameters.items()}


def policies_of(properties: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The policy documents of a role, a managed policy or a bucket policy."""
    inline = [policy["PolicyDocument"] for policy in properties.get("Policies", [])]
    return inline + [properties[key] for key in ("PolicyDocument",) if key in properties]


class _DeployResolver(Resolver):
    """Knows the resources of the pipelines' templates too, which the local stack does not run."""

    def _kind(self, logical_id: str) -> ResourceType:
        type_name = self._resources[logical_id]["Type"]
        if type_name in RESOURCE_TYPES:
            return super()._kind(logical_id)
        return DEPLOY_TYPES[type_name]


class _Evaluation:
    """Works out parameters, conditions and mappings; leaves references to resources as they are."""

    def __init__(
        self, parameters: Mapping[str, Any], resolver: Resolver, mappings: Mapping[str, Any]
    ) -> None:
        self._parameters, self._resolver, self._mappings = parameters, resolver, mappings

    def of(self, value: Any) -> Any:
        if isinstance(value, list):
            return [item for item in map(self.of, value) if item is not _NO_VALUE]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            (name, given) = next(iter(value.items()))
            if name == "Ref":
                return _NO_VALUE if given == "AWS::NoValue" else self._parameters.get(given, value)
            if name == "Fn::If":
                return self.of(given[1 if self._resolver.exists({"Condition": given[0]}) else 2])
            if name.startswith("Fn::"):
                return self._function(name, given)
        pairs = ((key, self.of(item)) for key, item in value.items())
        return {key: item for key, item in pairs if item is not _NO_VALUE}

    def _function(self, name: str, given: Any) -> Any:
        if name == "Fn::FindInMap":
            return self._resolver.resolve({name: given})
        if name == "Fn::Sub":
            return self._sub(given)
        worked_out = self.of(given)
        if name == "Fn::Join" and all(isinstance(item, str) for item in worked_out[1]):
            return worked_out[0].join(worked_out[1])
        if name == "Fn::Select" and isinstance(worked_out[1], list):
            return worked_out[1][int(worked_out[0])]
        return {name: worked_out}

    def _sub(self, given: Any) -> Any:
        text, variables = (given, {}) if isinstance(given, str) else (given[0], given[1])
        filled = _PLACEHOLDER.sub(lambda match: self._placeholder(match, variables), text)
        if "${" not in filled:
            return filled
        return {"Fn::Sub": [filled, self.of(variables)] if variables else filled}

    def _placeholder(self, match: re.Match[str], variables: Mapping[str, Any]) -> str:
        name = match[1]
        known = name in self._parameters and name not in variables
        return str(self._parameters[name]) if known else match[0]
