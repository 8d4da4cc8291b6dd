"""Reads parameter mappings and mapping templates, with the checks AWS makes at import."""

from collections.abc import Iterable

from local.api_gateway.definition import Parameter
from local.api_gateway.json_node import JsonNode
from local.api_gateway.mapping_template import MappingTemplate, Side
from local.api_gateway.parameter_mapping import (
    GATEWAY_SOURCES,
    REQUEST_SOURCES,
    RESPONSE_SOURCES,
    ParameterMapping,
    parse_mapping,
)


def read_templates(node: JsonNode | None, side: Side) -> dict[str, MappingTemplate]:
    """The templates by lower-case content type."""
    if node is None:
        return {}
    return {
        media_type.lower(): MappingTemplate.compile(item.text(), path=item.path, side=side)
        for media_type, item in node.entries().items()
    }


def read_request_parameters(
    node: JsonNode | None, parameters: Iterable[Parameter]
) -> tuple[ParameterMapping, ...]:
    """requestParameters; every method parameter they read must be declared."""
    declared = {(parameter.location, parameter.name) for parameter in parameters}
    mappings = []
    for destination, item in node.entries().items() if node else ():
        mapping = parse_mapping(
            destination,
            item.text(),
            path=item.path,
            prefix="integration.request.",
            locations=("header", "path", "querystring"),
            sources=REQUEST_SOURCES,
        )
        reads_method = mapping.kind in ("header", "path", "querystring")
        if reads_method and (mapping.kind, mapping.source) not in declared:
            raise item.invalid(f"{item.text()} is not a declared method parameter")
        mappings.append(mapping)
    return tuple(mappings)


def read_response_parameters(
    node: JsonNode | None, declared_headers: frozenset[str]
) -> tuple[ParameterMapping, ...]:
    """responseParameters; every header they set must be declared by the method response."""
    mappings = []
    for destination, item in node.entries().items() if node else ():
        mapping = parse_mapping(
            destination,
            item.text(),
            path=item.path,
            prefix="method.response.",
            locations=("header",),
            sources=RESPONSE_SOURCES,
        )
        if mapping.name.lower() not in declared_headers:
            raise item.invalid(f"header {mapping.name} is not declared by the method response")
        mappings.append(mapping)
    return tuple(mappings)


def read_gateway_parameters(node: JsonNode | None) -> tuple[ParameterMapping, ...]:
    """responseParameters of a gateway response: headers only."""
    return tuple(
        parse_mapping(
            destination,
            item.text(),
            path=item.path,
            prefix="gatewayresponse.",
            locations=("header",),
            sources=GATEWAY_SOURCES,
        )
        for destination, item in (node.entries().items() if node else ())
    )
