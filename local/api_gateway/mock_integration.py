"""MOCK integration: the request template renders `{"statusCode": 200}`, nothing is called.

https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
"""

import json

from local.api_gateway.definition import MockIntegration
from local.api_gateway.errors import configuration_error
from local.api_gateway.integration_request import build_integration_request
from local.api_gateway.integration_response import EndpointResponse, build_method_response
from local.api_gateway.invocation import Invocation, MethodResponse


def run_mock_integration(integration: MockIntegration, call: Invocation) -> MethodResponse:
    """The method response; 500 when the template gives no integer statusCode."""
    status = _status_code(build_integration_request(integration.request, call).body)
    return build_method_response(integration.responses, EndpointResponse(status, {}, b""), call)


def _status_code(body: bytes) -> int:
    try:
        document = json.loads(body)
    except ValueError:
        raise configuration_error("mock: the request template is not JSON") from None
    status = document.get("statusCode") if isinstance(document, dict) else None
    if not isinstance(status, int) or isinstance(status, bool):
        raise configuration_error("mock: the request template has no integer statusCode")
    return status
