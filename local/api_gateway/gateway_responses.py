"""Gateway responses: what a client gets when the gateway itself ends a request.

https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from local.api_gateway.context import look_up
from local.api_gateway.definition import GatewayResponse
from local.api_gateway.errors import GatewayError
from local.api_gateway.integration_response import select_by_accept
from local.api_gateway.invocation import Invocation, MethodResponse, is_sendable
from local.api_gateway.java_values import java_string
from local.api_gateway.parameter_mapping import map_parameters


@dataclass(frozen=True, slots=True)
class _Default:
    status: int
    error_type: str
    message: str


_SERVER_ERROR = "InternalServerErrorException"
DEFAULTS: dict[str, _Default] = {
    "ACCESS_DENIED": _Default(403, "AccessDeniedException", "Forbidden"),
    "API_CONFIGURATION_ERROR": _Default(500, _SERVER_ERROR, "Internal server error"),
    "AUTHORIZER_CONFIGURATION_ERROR": _Default(500, _SERVER_ERROR, "Internal server error"),
    "AUTHORIZER_FAILURE": _Default(500, _SERVER_ERROR, "Internal server error"),
    "BAD_REQUEST_BODY": _Default(400, "BadRequestException", "Invalid request body"),
    "BAD_REQUEST_PARAMETERS": _Default(400, "BadRequestException", "Bad Request"),
    "DEFAULT_4XX": _Default(400, "BadRequestException", "Bad Request"),
    "DEFAULT_5XX": _Default(500, _SERVER_ERROR, "Internal server error"),
    "EXPIRED_TOKEN": _Default(
        403, "ExpiredTokenException", "The security token included in the request is expired"
    ),
    "INTEGRATION_FAILURE": _Default(
        504, _SERVER_ERROR, "Network error communicating with endpoint"
    ),
    "INTEGRATION_TIMEOUT": _Default(504, _SERVER_ERROR, "Endpoint request timed out"),
    "INVALID_API_KEY": _Default(403, "ForbiddenException", "Forbidden"),
    "INVALID_SIGNATURE": _Default(
        403,
        "InvalidSignatureException",
        "The request signature we calculated does not match the signature you provided.",
    ),
    "MISSING_AUTHENTICATION_TOKEN": _Default(
        403, "MissingAuthenticationTokenException", "Missing Authentication Token"
    ),
    "QUOTA_EXCEEDED": _Default(429, "LimitExceededException", "Limit Exceeded"),
    "REQUEST_TOO_LARGE": _Default(413, "RequestTooLargeException", "Request Too Long"),
    "RESOURCE_NOT_FOUND": _Default(404, "NotFoundException", "Not Found"),
    "THROTTLED": _Default(429, "TooManyRequestsException", "Too Many Requests"),
    "UNAUTHORIZED": _Default(401, "UnauthorizedException", "Unauthorized"),
    "UNSUPPORTED_MEDIA_TYPE": _Default(415, "BadRequestException", "Unsupported Media Type"),
    "WAF_FILTERED": _Default(403, "ForbiddenException", "Forbidden"),
}
NOT_CUSTOMISABLE = frozenset({"REQUEST_TOO_LARGE"})

TEMPLATE_VARIABLE = re.compile(r"\$(context|stageVariables)\.(\w+(?:\.\w+)*)")


def build_gateway_response(
    error: GatewayError, custom: Mapping[str, GatewayResponse], call: Invocation
) -> MethodResponse:
    """The response for `error`: the API's own entry, its DEFAULT_4XX/5XX, or AWS's default."""
    default = DEFAULTS[error.response_type]
    entry = _select_entry(error, default, custom)
    call = _with_error(call, error, default)
    mapped = map_parameters(entry.parameters, call.mapping_input())["header"]
    headers = {name: value for name, value in mapped.items() if is_sendable(name, value)}
    headers["x-amzn-ErrorType"] = error.error_type or default.error_type
    media_type, template = select_by_accept(entry.templates, call.request)
    headers.setdefault("Content-Type", media_type)
    if template is None:
        template = f'{{"{error.message_key}":$context.error.messageString}}'
    body = _substitute(template, call)
    status = entry.status or error.status or default.status
    return MethodResponse(status, tuple(headers.items()), body.encode())


def _select_entry(
    error: GatewayError, default: _Default, custom: Mapping[str, GatewayResponse]
) -> GatewayResponse:
    if error.response_type in NOT_CUSTOMISABLE:
        return GatewayResponse()
    # A type with an entry of its own inherits nothing from DEFAULT_4XX or DEFAULT_5XX.
    fallback = "DEFAULT_5XX" if (error.status or default.status) >= 500 else "DEFAULT_4XX"
    return custom.get(error.response_type) or custom.get(fallback) or GatewayResponse()


def _with_error(call: Invocation, error: GatewayError, default: _Default) -> Invocation:
    message = error.message or default.message
    variables = {
        "message": message,
        "messageString": json.dumps(message, ensure_ascii=False),
        "responseType": error.response_type,
    }
    context = {**call.context, "error": variables}
    return Invocation(call.request, call.path_parameters, context, call.stage_variables)


def _substitute(template: str, call: Invocation) -> str:
    """Simple variable substitution: directives such as #set and #if stay as they are."""

    def value(match: re.Match[str]) -> str:
        source = call.context if match[1] == "context" else call.stage_variables
        found = look_up(source, match[2])
        return "" if found is None else java_string(found)

    return TEMPLATE_VARIABLE.sub(value, template)
