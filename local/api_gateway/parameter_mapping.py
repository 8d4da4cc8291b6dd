"""Parameter mappings: `integration.request.querystring.owner: context.authorizer.claims.wallet`.

https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-parameter-mapping-sources.html
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from local.api_gateway.client_request import ClientRequest
from local.api_gateway.context import KNOWN_VARIABLES, look_up
from local.api_gateway.errors import InvalidDefinitionError, UnsupportedError
from local.api_gateway.java_values import java_string

SourceKind = Literal["static", "path", "querystring", "header", "integration", "context", "stage"]
_EXPRESSION = re.compile(r"[a-zA-Z0-9._$-]+")
_NAME = re.compile(r"[A-Za-z0-9!#$%&*+.^_`|~-]+")
_PREFIXES: tuple[tuple[str, SourceKind], ...] = (
    ("method.request.path.", "path"),
    ("method.request.querystring.", "querystring"),
    ("method.request.header.", "header"),
    ("integration.response.header.", "integration"),
    ("context.", "context"),
    ("stageVariables.", "stage"),
)
REQUEST_SOURCES: frozenset[SourceKind] = frozenset(
    {"static", "path", "querystring", "header", "context", "stage"}
)
RESPONSE_SOURCES: frozenset[SourceKind] = frozenset({"static", "integration", "context", "stage"})
GATEWAY_SOURCES = REQUEST_SOURCES


@dataclass(frozen=True, slots=True)
class ParameterMapping:
    """`location` and `name` say where the value goes, `kind` and `source` where it comes from."""

    location: str
    name: str
    kind: SourceKind
    source: str


@dataclass(frozen=True, slots=True)
class MappingInput:
    """What mapping expressions read. `integration_headers` has lower-case names."""

    request: ClientRequest
    path_parameters: Mapping[str, str]
    context: Mapping[str, object]
    stage_variables: Mapping[str, str]
    integration_headers: Mapping[str, str]


def parse_mapping(
    destination: str,
    expression: str,
    *,
    path: str,
    prefix: str,
    locations: tuple[str, ...],
    sources: frozenset[SourceKind],
) -> ParameterMapping:
    """One entry of requestParameters or responseParameters.

    `prefix` is what the destination starts with, for example `integration.request.`. Raises
    InvalidDefinitionError where AWS refuses the expression, UnsupportedError for bodies and
    multi-value parameters.
    """
    if not destination.startswith(prefix):
        raise InvalidDefinitionError(path, f"the destination must start with {prefix}")
    location, _, name = destination.removeprefix(prefix).partition(".")
    if location not in locations:
        raise UnsupportedError(path, f"destination {prefix}{location} is not modelled")
    if not _NAME.fullmatch(name):
        raise InvalidDefinitionError(path, "the destination has no valid name")
    kind, source = _parse_source(expression, path)
    if kind not in sources:
        raise InvalidDefinitionError(path, f"{expression} is not available here")
    return ParameterMapping(location, name, kind, source)


def map_parameters(
    mappings: Iterable[ParameterMapping], data: MappingInput
) -> dict[str, dict[str, str]]:
    """Values by location and name; a source without a value maps nothing."""
    mapped: dict[str, dict[str, str]] = {"header": {}, "path": {}, "querystring": {}}
    for mapping in mappings:
        value = mapped_value(mapping, data)
        if value is not None:
            mapped[mapping.location][mapping.name] = value
    return mapped


def _parse_source(expression: str, path: str) -> tuple[SourceKind, str]:
    if len(expression) >= 2 and expression[0] == expression[-1] == "'":
        return "static", expression[1:-1]
    if not _EXPRESSION.fullmatch(expression):
        reason = "a mapping expression must match ^[a-zA-Z0-9._$-]+$ or be 'quoted'"
        raise InvalidDefinitionError(path, reason)
    for prefix, kind in _PREFIXES:
        if expression.startswith(prefix) and expression != prefix:
            return kind, _checked(kind, expression.removeprefix(prefix), path)
    if expression.startswith(("method.request.", "integration.response.")):
        raise UnsupportedError(path, f"mapping source {expression} is not modelled")
    raise InvalidDefinitionError(path, "invalid mapping expression")


def _checked(kind: SourceKind, source: str, path: str) -> str:
    if kind == "context" and source.partition(".")[0] not in KNOWN_VARIABLES:
        raise UnsupportedError(path, f"context.{source} is not modelled")
    return source


def mapped_value(mapping: ParameterMapping, data: MappingInput) -> str | None:
    """What the mapping's source holds in this request, or None."""
    match mapping.kind:
        case "static":
            return mapping.source
        case "path":
            return data.path_parameters.get(mapping.source)
        case "querystring":
            return data.request.query_value(mapping.source)
        case "header":
            return data.request.header(mapping.source)
        case "integration":
            return data.integration_headers.get(mapping.source.lower())
        case "stage":
            return data.stage_variables.get(mapping.source)
        case "context":
            value = look_up(data.context, mapping.source)
            return None if value is None else java_string(value)
