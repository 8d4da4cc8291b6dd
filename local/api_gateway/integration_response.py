"""From the endpoint's answer to the method response: selection, mappings, template, overrides.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-integration-settings-integration-response.html
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from local.api_gateway.client_request import ClientRequest
from local.api_gateway.definition import IntegrationResponse
from local.api_gateway.errors import MappingTemplateError, configuration_error
from local.api_gateway.integration_request import override_headers
from local.api_gateway.invocation import Invocation, MethodResponse
from local.api_gateway.mapping_template import MappingTemplate
from local.api_gateway.parameter_mapping import map_parameters
from local.api_gateway.template_variables import (
    Input,
    ResponseOverride,
    Util,
    read_only,
    template_context,
)


@dataclass(frozen=True, slots=True)
class EndpointResponse:
    """What the integration's endpoint answered; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def build_method_response(
    responses: Iterable[IntegrationResponse], endpoint: EndpointResponse, call: Invocation
) -> MethodResponse:
    """The method response; 500 when no integration response fits or the template fails."""
    chosen = _select_response(responses, endpoint.status)
    mapped = map_parameters(chosen.parameters, call.mapping_input(endpoint.headers))
    media_type, template = select_by_accept(chosen.templates, call.request)
    override = ResponseOverride()
    body = endpoint.body
    if template is not None:
        body = _render(template, endpoint, call, override).encode()
    headers = override_headers(mapped["header"], override["header"])
    if not any(name.lower() == "content-type" for name in headers):
        headers["Content-Type"] = media_type
    status = _overridden_status(override.get("status"), chosen.status)
    return MethodResponse(status, tuple(headers.items()), body)


def select_by_accept[Template](
    templates: Mapping[str, Template], request: ClientRequest
) -> tuple[str, Template | None]:
    """The template for the Accept header, else application/json, else the first, else none."""
    for media_type in (request.header("accept") or "", "application/json", *templates):
        if media_type in templates:
            return media_type, templates[media_type]
    return "application/json", None


def _select_response(responses: Iterable[IntegrationResponse], status: int) -> IntegrationResponse:
    default = None
    for response in responses:
        if response.selection_pattern is None:
            default = response
        elif response.selection_pattern.fullmatch(str(status)):
            return response
    if default is None:
        raise configuration_error(f"no integration response for status {status}")
    return default


def _render(
    template: MappingTemplate,
    endpoint: EndpointResponse,
    call: Invocation,
    override: ResponseOverride,
) -> str:
    payload = endpoint.body.decode("utf-8", "replace")
    try:
        return template.render(
            {
                "input": Input(payload, call.request, call.path_parameters),
                "util": Util(),
                "context": template_context(call.context, responseOverride=override),
                "stageVariables": read_only(call.stage_variables),
            }
        )
    except MappingTemplateError as error:
        raise configuration_error(f"response template: {error}") from None


def _overridden_status(override: object, status: int) -> int:
    # AWS ignores an override that is not an integer from 100 to 599.
    valid = isinstance(override, int) and not isinstance(override, bool) and 100 <= override <= 599
    return int(override) if valid and isinstance(override, int) else status
