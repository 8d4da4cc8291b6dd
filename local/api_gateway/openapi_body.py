"""Reads the OpenAPI 3 body of one REST API: everything in it is modelled, inert, or refused.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
"""

from collections.abc import Mapping

from local.api_gateway.context import KNOWN_VARIABLES
from local.api_gateway.definition import Api, GatewayResponse
from local.api_gateway.gateway_responses import DEFAULTS, NOT_CUSTOMISABLE, TEMPLATE_VARIABLE
from local.api_gateway.json_node import JsonNode
from local.api_gateway.openapi_mappings import read_gateway_parameters
from local.api_gateway.openapi_operation import VALIDATOR, Defaults, read_methods
from local.api_gateway.openapi_security import read_requirement, read_security_schemes

GATEWAY_RESPONSES = "x-amazon-apigateway-gateway-responses"
VALIDATORS = "x-amazon-apigateway-request-validators"

_BODY = frozenset(
    {
        *("openapi", "paths", "components", "security", "servers"),
        *(GATEWAY_RESPONSES, VALIDATORS, VALIDATOR),
    }
)
_INERT = frozenset({"info", "tags", "x-amazon-apigateway-importexport-version"})
_ENDPOINT = "x-amazon-apigateway-endpoint-configuration"
_VALIDATOR = frozenset({"validateRequestParameters", "validateRequestBody"})
_RESPONSE = frozenset({"statusCode", "responseParameters", "responseTemplates"})


def read_api(body: Mapping[str, object], stage_variables: Mapping[str, str]) -> Api:
    """The API; raises UnsupportedError and InvalidDefinitionError naming the JSON path."""
    root = JsonNode("$", body)
    root.refuse_unmodelled(_BODY, _INERT)
    version = root.require("openapi")
    if not version.text().startswith("3.0"):
        raise version.unsupported("only OpenAPI 3.0 is modelled")
    _check_servers(root.get("servers"))
    methods = tuple(read_methods(root.require("paths"), _read_defaults(root, stage_variables)))
    return Api(methods, _read_gateway_responses(root.get(GATEWAY_RESPONSES)))


def _check_servers(node: JsonNode | None) -> None:
    """One address serves here, whichever is switched off on AWS; other settings are refused."""
    for server in node.items() if node else ():
        server.refuse_unmodelled(frozenset({_ENDPOINT}))
        endpoint = server.require(_ENDPOINT)
        endpoint.refuse_unmodelled(frozenset({"disableExecuteApiEndpoint"}))
        endpoint.require("disableExecuteApiEndpoint").flag()


def _read_defaults(root: JsonNode, stage_variables: Mapping[str, str]) -> Defaults:
    schemes = read_security_schemes(root)
    security = root.get("security")
    validator = root.get(VALIDATOR)
    return Defaults(
        schemes=schemes,
        authorizer=read_requirement(security, schemes) if security else None,
        validators=_read_validators(root.get(VALIDATORS)),
        validator=validator.text() if validator else None,
        stage_variables=stage_variables,
    )


def _read_validators(node: JsonNode | None) -> dict[str, bool]:
    validators = {}
    for name, item in node.entries().items() if node else ():
        item.refuse_unmodelled(_VALIDATOR)
        body = item.get("validateRequestBody")
        if body is not None and body.flag():
            raise body.unsupported("body validation is not modelled")
        parameters = item.get("validateRequestParameters")
        validators[name] = parameters.flag() if parameters else False
    return validators


def _read_gateway_responses(node: JsonNode | None) -> dict[str, GatewayResponse]:
    responses = {}
    for name, item in node.entries().items() if node else ():
        if name not in DEFAULTS:
            raise item.unsupported("is not a gateway response type")
        if name in NOT_CUSTOMISABLE:
            raise item.invalid("AWS does not let this type be customised")
        responses[name] = _read_gateway_response(item)
    return responses


def _read_gateway_response(node: JsonNode) -> GatewayResponse:
    node.refuse_unmodelled(_RESPONSE)
    status = node.get("statusCode")
    return GatewayResponse(
        status=status.status() if status else None,
        parameters=read_gateway_parameters(node.get("responseParameters")),
        templates=_read_gateway_templates(node.get("responseTemplates")),
    )


def _read_gateway_templates(node: JsonNode | None) -> dict[str, str]:
    templates = {}
    for media_type, item in node.entries().items() if node else ():
        for root, name in TEMPLATE_VARIABLE.findall(item.text()):
            if root == "context" and name.partition(".")[0] not in KNOWN_VARIABLES:
                raise item.unsupported(f"$context.{name} is not modelled")
        templates[media_type.lower()] = item.text()
    return templates
