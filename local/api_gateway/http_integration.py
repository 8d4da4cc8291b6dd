"""Custom HTTP integration (type `http`): calls an endpoint with mapped values only.

Nothing of the client's headers, query or path reaches the endpoint unless it is mapped.
https://docs.aws.amazon.com/apigateway/latest/developerguide/setup-http-integrations.html
"""

import asyncio
import re
from urllib.parse import quote, urlencode

import httpx

from local.api_gateway.client_request import MAXIMUM_PAYLOAD
from local.api_gateway.definition import HttpIntegration
from local.api_gateway.errors import GatewayError, configuration_error
from local.api_gateway.integration_request import (
    IntegrationRequest,
    build_integration_request,
    override_headers,
)
from local.api_gateway.integration_response import EndpointResponse, build_method_response
from local.api_gateway.invocation import Invocation, MethodResponse, is_sendable
from local.request_notes import notes

_WITHOUT_BODY = frozenset({"GET", "HEAD", "OPTIONS"})
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


async def run_http_integration(
    integration: HttpIntegration, call: Invocation, *, http: httpx.AsyncClient, api_id: str
) -> MethodResponse:
    """Calls the endpoint and maps its answer.

    Ends in 504 INTEGRATION_TIMEOUT or INTEGRATION_FAILURE when there is no answer. Redirects are
    answers like any other.
    """
    mapped = build_integration_request(integration.request, call)
    outgoing = _build_request(integration, mapped, call, api_id)
    endpoint = await _send(http, outgoing, integration.timeout_seconds)
    return build_method_response(integration.responses, endpoint, call)


def _build_request(
    integration: HttpIntegration, mapped: IntegrationRequest, call: Invocation, api_id: str
) -> httpx.Request:
    has_body = integration.http_method not in _WITHOUT_BODY and bool(mapped.body)
    own = {
        "Accept": "application/json",
        "User-Agent": f"AmazonAPIGateway_{api_id}",
        "X-Amzn-Apigateway-Api-Id": api_id,
        "X-Amzn-Trace-Id": call.request.trace_id,
    }
    if has_body:
        own["Content-Type"] = "application/json"
    headers = override_headers(own, mapped.headers)
    for name, value in headers.items():
        if not is_sendable(name, value):
            raise configuration_error(f"header {name!r} of the integration cannot be sent")
    # httpx.Request, not client.build_request: the client would add headers and cookies of its own.
    try:
        return httpx.Request(
            integration.http_method,
            _build_url(integration.uri, mapped),
            headers=headers,
            content=mapped.body if has_body else None,
            extensions={"timeout": httpx.Timeout(integration.timeout_seconds).as_dict()},
        )
    except (ValueError, httpx.InvalidURL) as error:
        raise configuration_error(f"integration request: {type(error).__name__}") from None


def _build_url(uri: str, mapped: IntegrationRequest) -> str:
    def fill(match: re.Match[str]) -> str:
        value = mapped.path.get(match[1])
        # A dot segment would let a parameter choose another resource of the endpoint.
        if not value or value in (".", ".."):
            raise configuration_error(f"path parameter {match[1]} of the integration has no value")
        return quote(value, safe="")

    url = _PLACEHOLDER.sub(fill, uri)
    if mapped.query:
        url += ("&" if "?" in url else "?") + urlencode(mapped.query, quote_via=quote)
    return url


async def _send(
    http: httpx.AsyncClient, request: httpx.Request, timeout: float
) -> EndpointResponse:
    try:
        async with asyncio.timeout(timeout):
            return await _receive(http, request)
    except (TimeoutError, httpx.TimeoutException):
        raise GatewayError("INTEGRATION_TIMEOUT", reason=request.url.host) from None
    except httpx.RequestError as error:
        reason = f"{type(error).__name__} at {request.url.host}"
        raise GatewayError("INTEGRATION_FAILURE", reason=reason) from None


async def _receive(http: httpx.AsyncClient, request: httpx.Request) -> EndpointResponse:
    response = await http.send(request, stream=True, auth=None, follow_redirects=False)
    body = bytearray()
    try:
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > MAXIMUM_PAYLOAD:
                raise configuration_error("the endpoint's answer is larger than 10 MB")
    finally:
        await response.aclose()
    if response.status_code >= 400:
        notes().add_cause(f"{request.url.host} answered {response.status_code}")
    headers = {name.lower(): value for name, value in response.headers.items()}
    return EndpointResponse(response.status_code, headers, bytes(body))
