"""Reads paths and operations of the OpenAPI body."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from local.api_gateway.definition import Authorizer, Method, Parameter, ParameterLocation
from local.api_gateway.json_node import JsonNode
from local.api_gateway.openapi_cache import read_cache_key
from local.api_gateway.openapi_integration import read_integration
from local.api_gateway.openapi_security import Schemes, read_authorizer

INTEGRATION = "x-amazon-apigateway-integration"
VALIDATOR = "x-amazon-apigateway-request-validator"
AUTH = "x-amazon-apigateway-auth"

_VERBS = frozenset({"get", "put", "post", "delete", "options", "head", "patch"})
_OPERATION = frozenset({"parameters", "responses", "security", INTEGRATION, VALIDATOR, AUTH})
_OPERATION_INERT = frozenset({"operationId", "summary", "description", "tags"})
_PARAMETER = frozenset({"name", "in", "required"})
_PARAMETER_INERT = frozenset({"schema", "description", "example"})
_RESPONSE = frozenset({"headers"})
_RESPONSE_INERT = frozenset({"description", "content"})
_LOCATIONS: dict[str, ParameterLocation] = {
    "path": "path",
    "query": "querystring",
    "header": "header",
}
_PATH = re.compile(r"(/|(/([A-Za-z0-9._~:-]+|\{[A-Za-z0-9._:-]+\}))+)")


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the body says for all operations. `validators`: name -> validates parameters."""

    schemes: Schemes
    authorizer: Authorizer | None
    validators: Mapping[str, bool]
    validator: str | None
    stage_variables: Mapping[str, str]


def read_methods(paths: JsonNode, defaults: Defaults) -> Iterator[Method]:
    """Every operation under `paths`."""
    for resource_path, item in paths.entries().items():
        if not _PATH.fullmatch(resource_path):
            raise item.unsupported("only plain segments and {parameters} are modelled")
        item.refuse_unmodelled(_VERBS, frozenset({"summary", "description"}))
        for verb, operation in item.entries().items():
            if verb in _VERBS:
                yield _read_method(verb.upper(), resource_path, operation, defaults)


def _read_method(
    http_method: str, resource_path: str, operation: JsonNode, defaults: Defaults
) -> Method:
    operation.refuse_unmodelled(_OPERATION, _OPERATION_INERT)
    parameters = _read_parameters(operation, resource_path)
    integration = operation.require(INTEGRATION)
    return Method(
        http_method=http_method,
        resource_path=resource_path,
        authorizer=read_authorizer(operation, defaults.schemes, defaults.authorizer),
        parameters=parameters,
        validates_parameters=_read_validator(operation, defaults),
        integration=read_integration(
            integration,
            parameters=parameters,
            method_responses=_read_method_responses(operation),
            stage_variables=defaults.stage_variables,
        ),
        cache_key=read_cache_key(integration, parameters, resource_path),
    )


def _read_parameters(operation: JsonNode, resource_path: str) -> tuple[Parameter, ...]:
    node = operation.get("parameters")
    parameters = tuple(_read_parameter(item) for item in node.items()) if node else ()
    declared = {p.name for p in parameters if p.location == "path"}
    in_path = set(re.findall(r"\{([^{}]+)\}", resource_path))
    if declared - in_path:
        raise operation.invalid(f"path parameters {sorted(declared - in_path)} are not in the path")
    return parameters


def _read_parameter(node: JsonNode) -> Parameter:
    node.refuse_unmodelled(_PARAMETER, _PARAMETER_INERT)
    location = node.require("in")
    if location.text() not in _LOCATIONS:
        raise location.unsupported("only path, query and header are modelled")
    required = node.get("required")
    return Parameter(
        location=_LOCATIONS[location.text()],
        name=node.require("name").text(),
        required=required.flag() if required else False,
    )


def _read_validator(operation: JsonNode, defaults: Defaults) -> bool:
    node = operation.get(VALIDATOR)
    name = node.text() if node else defaults.validator
    if name is None:
        return False
    if name not in defaults.validators:
        raise (node or operation).invalid(f"request validator {name} does not exist")
    return defaults.validators[name]


def _read_method_responses(operation: JsonNode) -> dict[str, frozenset[str]]:
    responses = operation.get("responses")
    declared = {}
    for status, node in responses.entries().items() if responses else ():
        if not re.fullmatch(r"[1-5]\d\d", status):
            raise node.unsupported("only numeric statuses are modelled")
        node.refuse_unmodelled(_RESPONSE, _RESPONSE_INERT)
        headers = node.get("headers")
        names = headers.entries() if headers else {}
        declared[status] = frozenset(name.lower() for name in names)
    return declared
