"""Reads x-amazon-apigateway-integration.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
"""

import re
from collections.abc import Mapping

from local.api_gateway.definition import (
    HttpIntegration,
    Integration,
    IntegrationResponse,
    LambdaIntegration,
    MockIntegration,
    Parameter,
    PassthroughBehavior,
    RequestMapping,
)
from local.api_gateway.json_node import JsonNode
from local.api_gateway.openapi_mappings import (
    read_request_parameters,
    read_response_parameters,
    read_templates,
)

MethodResponses = Mapping[str, frozenset[str]]
"""Declared response headers (lower case) by status."""

_COMMON = frozenset({"type", "uri", "httpMethod", "timeoutInMillis", "connectionType"})
_MAPPED = _COMMON | {"requestParameters", "requestTemplates", "passthroughBehavior", "responses"}
# Read by openapi_cache.
_INERT = frozenset({"cacheKeyParameters", "cacheNamespace"})
# A proxy's mapped parameters are for its cache key; whether they reach the event is not documented.
_PROXY_INERT = _INERT | {"passthroughBehavior", "requestParameters"}
_RESPONSE = frozenset({"statusCode", "responseParameters", "responseTemplates"})
_LAMBDA_URI = re.compile(
    r"arn:aws:apigateway:[a-z0-9-]+:lambda:path/2015-03-31/functions/"
    r"(arn:aws:lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9-_:]+)/invocations"
)
_HTTP_URI = re.compile(r"https?://[^\s/{}?#@]+(/[^\s#]*)?")
_HTTP_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
_BEHAVIORS: dict[str, PassthroughBehavior] = {
    "when_no_match": "when_no_match",
    "when_no_templates": "when_no_templates",
    "never": "never",
}


def read_integration(
    node: JsonNode,
    *,
    parameters: tuple[Parameter, ...],
    method_responses: MethodResponses,
    stage_variables: Mapping[str, str],
) -> Integration:
    """The integration; raises UnsupportedError and InvalidDefinitionError."""
    kind = node.require("type")
    match kind.text().lower():
        case "http":
            node.refuse_unmodelled(_MAPPED, _INERT)
            _expect_internet(node)
            return _read_http(node, parameters, method_responses, stage_variables)
        case "mock":
            node.refuse_unmodelled(_MAPPED - {"uri"}, _INERT | {"httpMethod", "timeoutInMillis"})
            return MockIntegration(
                _read_request(node, parameters), _read_responses(node, method_responses)
            )
        case "aws_proxy":
            node.refuse_unmodelled(_COMMON, _PROXY_INERT)
            _expect_internet(node)
            return _read_lambda(node)
        case "http_proxy":
            raise kind.unsupported("HTTP_PROXY would forward the caller's token; use http")
    raise kind.unsupported("is not modelled; use http, mock or aws_proxy")


def _read_http(
    node: JsonNode,
    parameters: tuple[Parameter, ...],
    method_responses: MethodResponses,
    stage_variables: Mapping[str, str],
) -> HttpIntegration:
    request = _read_request(node, parameters)
    uri = _read_uri(node.require("uri"), stage_variables)
    placeholders = set(re.findall(r"\{([^{}]+)\}", uri))
    for mapping in request.parameters:
        if mapping.location == "path" and mapping.name not in placeholders:
            raise node.invalid(f"the uri has no path parameter {{{mapping.name}}}")
    verb = node.require("httpMethod")
    if verb.text().upper() not in _HTTP_METHODS:
        raise verb.unsupported("is not modelled")
    return HttpIntegration(
        uri=uri,
        http_method=verb.text().upper(),
        timeout_seconds=_read_timeout(node),
        request=request,
        responses=_read_responses(node, method_responses),
    )


def _read_lambda(node: JsonNode) -> LambdaIntegration:
    uri = node.require("uri")
    match = _LAMBDA_URI.fullmatch(uri.text())
    if match is None:
        raise uri.unsupported("only a Lambda function's invocation ARN is modelled")
    verb = node.require("httpMethod")
    if verb.text().upper() != "POST":
        raise verb.invalid("a Lambda function is invoked with POST")
    return LambdaIntegration(match[1], _read_timeout(node))


def _read_uri(node: JsonNode, stage_variables: Mapping[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        if match[1] not in stage_variables:
            raise node.invalid(f"stage variable {match[1]} is not set")
        return stage_variables[match[1]]

    uri = re.sub(r"\$\{stageVariables\.(\w+)\}", value, node.text())
    if not _HTTP_URI.fullmatch(uri):
        raise node.invalid("must be an http or https URL without user name and fragment")
    return uri


def _read_request(node: JsonNode, parameters: tuple[Parameter, ...]) -> RequestMapping:
    behavior = node.get("passthroughBehavior")
    name = behavior.text().lower() if behavior else "when_no_match"
    if behavior is not None and name not in _BEHAVIORS:
        raise behavior.invalid("must be when_no_match, when_no_templates or never")
    return RequestMapping(
        parameters=read_request_parameters(node.get("requestParameters"), parameters),
        templates=read_templates(node.get("requestTemplates"), "requestOverride"),
        passthrough=_BEHAVIORS[name],
    )


def _read_responses(
    node: JsonNode, method_responses: MethodResponses
) -> tuple[IntegrationResponse, ...]:
    responses = node.get("responses")
    if responses is None:
        return ()
    read = []
    statuses: set[int] = set()
    for pattern, item in responses.entries().items():
        response = _read_response(pattern, item, method_responses)
        # AWS keys integration responses by status: of two with one status, one is lost.
        if response.status in statuses:
            raise item.invalid(f"two integration responses have statusCode {response.status}")
        statuses.add(response.status)
        read.append(response)
    _refuse_overlaps(responses, read)
    return tuple(read)


def _read_response(
    pattern: str, node: JsonNode, method_responses: MethodResponses
) -> IntegrationResponse:
    node.refuse_unmodelled(_RESPONSE)
    status = node.require("statusCode")
    declared = method_responses.get(status.text())
    if declared is None:
        raise status.invalid(f"status {status.text()} is not declared in responses")
    try:
        compiled = None if pattern == "default" else re.compile(pattern)
    except re.error as error:
        raise node.invalid("the selection pattern is not a regex") from error
    return IntegrationResponse(
        selection_pattern=compiled,
        status=status.status(),
        parameters=read_response_parameters(node.get("responseParameters"), declared),
        templates=read_templates(node.get("responseTemplates"), "responseOverride"),
    )


def _refuse_overlaps(node: JsonNode, responses: list[IntegrationResponse]) -> None:
    patterns = [r.selection_pattern for r in responses if r.selection_pattern]
    for status in range(100, 600):
        if sum(1 for pattern in patterns if pattern.fullmatch(str(status))) > 1:
            raise node.unsupported(f"two selection patterns match {status}; AWS orders them freely")


def _read_timeout(node: JsonNode) -> float:
    timeout = node.get("timeoutInMillis")
    if timeout is None:
        return 29.0
    if not 50 <= timeout.number() <= 29_000:
        raise timeout.invalid("must be from 50 to 29000")
    return timeout.number() / 1000


def _expect_internet(node: JsonNode) -> None:
    connection = node.get("connectionType")
    if connection is not None and connection.text() != "INTERNET":
        raise connection.unsupported("only INTERNET is modelled")
