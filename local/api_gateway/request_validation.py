"""Request validators: required parameters must be there and not blank.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
"""

from collections.abc import Mapping

from local.api_gateway.client_request import ClientRequest
from local.api_gateway.definition import Method, Parameter
from local.api_gateway.errors import GatewayError


def validate_request(
    method: Method, request: ClientRequest, path_parameters: Mapping[str, str]
) -> None:
    """Raises 400 BAD_REQUEST_PARAMETERS naming every required parameter that is missing."""
    if not method.validates_parameters:
        return
    missing = [
        parameter.name
        for parameter in method.parameters
        if parameter.required and not _value(parameter, request, path_parameters)
    ]
    if missing:
        names = ", ".join(missing)
        raise GatewayError(
            "BAD_REQUEST_PARAMETERS", f"Missing required request parameters: [{names}]"
        )


def _value(
    parameter: Parameter, request: ClientRequest, path_parameters: Mapping[str, str]
) -> str | None:
    match parameter.location:
        case "path":
            return path_parameters.get(parameter.name)
        case "querystring":
            return request.query_value(parameter.name)
        case "header":
            return request.header(parameter.name)
