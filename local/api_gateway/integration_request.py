"""From the method request to the integration request: mappings, then template, then overrides.

https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html
"""

from collections.abc import Mapping
from dataclasses import dataclass

from local.api_gateway.definition import RequestMapping
from local.api_gateway.errors import GatewayError, MappingTemplateError, configuration_error
from local.api_gateway.invocation import Invocation
from local.api_gateway.mapping_template import MappingTemplate
from local.api_gateway.parameter_mapping import map_parameters
from local.api_gateway.template_variables import (
    Input,
    ReadOnlyMap,
    Util,
    read_only,
    template_context,
)
from local.api_gateway.template_variables import request_override as new_request_override


@dataclass(frozen=True, slots=True)
class IntegrationRequest:
    """Only what mappings and the template put there; nothing else of the client's request."""

    headers: Mapping[str, str]
    query: Mapping[str, str]
    path: Mapping[str, str]
    body: bytes


def build_integration_request(mapping: RequestMapping, call: Invocation) -> IntegrationRequest:
    """The integration request; 415 when no template fits, 500 when the template fails."""
    template = _select_template(mapping, call)
    mapped = map_parameters(mapping.parameters, call.mapping_input())
    if template is None:
        return IntegrationRequest(
            mapped["header"], mapped["querystring"], mapped["path"], call.request.body
        )
    override = new_request_override()
    text = _render(template, call, override)
    return IntegrationRequest(
        headers=override_headers(mapped["header"], override["header"]),
        query=_override(mapped["querystring"], override["querystring"]),
        path=_override(mapped["path"], override["path"]),
        body=text.encode(),
    )


def override_headers(mapped: Mapping[str, str], override: object) -> dict[str, str]:
    """`mapped` with the overrides in place; header names compare without case."""
    if not isinstance(override, Mapping):
        return dict(mapped)
    replaced = {str(name).lower() for name in override}
    kept = {name: value for name, value in mapped.items() if name.lower() not in replaced}
    return kept | {str(name): str(value) for name, value in override.items()}


def _override(mapped: Mapping[str, str], override: object) -> dict[str, str]:
    return dict(mapped) | (dict(override) if isinstance(override, Mapping) else {})


def _select_template(mapping: RequestMapping, call: Invocation) -> MappingTemplate | None:
    header = call.request.header("content-type") or "application/json"
    media_type = header.partition(";")[0].strip().lower()
    template = mapping.templates.get(media_type)
    if template is not None or mapping.passthrough == "when_no_match":
        return template
    if mapping.passthrough == "when_no_templates" and not mapping.templates:
        return None
    raise GatewayError("UNSUPPORTED_MEDIA_TYPE")


def _render(template: MappingTemplate, call: Invocation, override: ReadOnlyMap) -> str:
    payload = call.request.body.decode("utf-8", "replace")
    try:
        return template.render(
            {
                "input": Input(payload, call.request, call.path_parameters),
                "util": Util(),
                "context": template_context(call.context, requestOverride=override),
                "stageVariables": read_only(call.stage_variables),
            }
        )
    except MappingTemplateError as error:
        raise configuration_error(f"request template: {error}") from None
