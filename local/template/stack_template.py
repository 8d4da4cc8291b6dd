"""The template as the running parts see it: by type, all of it resolved, nothing unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.errors import TemplateError, UnsupportedError
from local.template.document import load_document, transform_document
from local.template.inert_types import INERT_TYPES
from local.template.parameters import resolve_parameters
from local.template.resolver import Resolver
from local.template.resource_types import RESOURCE_TYPES, Place
from local.template.rules import check_rules

_SECTIONS = {
    *("AWSTemplateFormatVersion", "Conditions", "Description", "Globals", "Mappings", "Metadata"),
    *("Outputs", "Parameters", "Resources", "Rules", "Transform"),
}


@dataclass(frozen=True)
class Resource:
    """`written` are its properties before dynamic references are read: what an update compares."""

    logical_id: str
    type: str
    physical_id: str
    arn: str
    properties: Mapping[str, Any]
    written: Mapping[str, Any]


@dataclass(frozen=True)
class StackTemplate:
    resources: tuple[Resource, ...]
    outputs: Mapping[str, str]
    place: Place
    parameters: Mapping[str, str | list[str]]

    def of_type(self, type_name: str) -> list[Resource]:
        return [resource for resource in self.resources if resource.type == type_name]

    def only(self, type_name: str) -> Resource:
        """The one resource of a type; the local stack runs one API, one site, one identity pool."""
        found = self.of_type(type_name)
        if len(found) != 1:
            count = len(found)
            raise UnsupportedError(f"the local stack runs exactly one {type_name}, not {count}")
        return found[0]

    def inert_types(self) -> list[str]:
        """The types of its resources that change nothing here, sorted."""
        return sorted({resource.type for resource in self.resources} & set(INERT_TYPES))


def load_stack_template(
    path: Path, given: Mapping[str, str], place: Place, *, now: float = 0.0
) -> StackTemplate:
    """Read, transform and resolve a template; refuse by name what would not behave as on AWS.

    `now`, in seconds since 1970, is when it is deployed.
    """
    document = load_document(path)
    if unknown := sorted(set(document) - _SECTIONS):
        raise UnsupportedError(f"the local stack does not model the section {', '.join(unknown)}")
    parameters = resolve_parameters(document.get("Parameters", {}), given)
    texts = {
        name: ",".join(value) if isinstance(value, list) else value
        for name, value in parameters.items()
    }
    transformed = transform_document(document, texts, region=place.region, now=now)
    resolver = Resolver(transformed, parameters, place)
    unread = Resolver(transformed, parameters, place, reads_secrets=False)
    check_rules(document.get("Rules", {}), resolver.resolve)
    resources = tuple(
        _resource(logical_id, definition, resolver, unread)
        for logical_id, definition in transformed["Resources"].items()
        if resolver.exists(definition)
    )
    outputs = {
        name: str(resolver.resolve(output["Value"]))
        for name, output in transformed.get("Outputs", {}).items()
        if resolver.exists(output)
    }
    return StackTemplate(resources, outputs, place, parameters)


def _resource(
    logical_id: str, definition: Mapping[str, Any], resolver: Resolver, unread: Resolver
) -> Resource:
    type_name = definition["Type"]
    physical_id = str(resolver.resolve({"Ref": logical_id}))
    properties, written = resolver.properties(logical_id), unread.properties(logical_id)
    _check_properties(logical_id, type_name, properties)
    has_arn = "Arn" in RESOURCE_TYPES[type_name].attributes
    arn = str(resolver.resolve({"Fn::GetAtt": [logical_id, "Arn"]})) if has_arn else ""
    if not physical_id:
        raise TemplateError(f"{logical_id}: has no name")
    return Resource(logical_id, type_name, physical_id, arn, properties, written)


def _check_properties(logical_id: str, type_name: str, properties: Mapping[str, Any]) -> None:
    if type_name in INERT_TYPES:
        return
    kind = RESOURCE_TYPES[type_name]
    unknown = set(properties) - kind.executed - kind.inert
    if unknown and not kind.checks_own_properties:
        names = ", ".join(sorted(unknown))
        raise _not_modelled(logical_id, f"{names} of {type_name}")


def _not_modelled(logical_id: str, what: str) -> UnsupportedError:
    return UnsupportedError(f"{logical_id}: the local stack does not model {what}")
