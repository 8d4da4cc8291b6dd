"""The Lambda proxy event, payload format 1.0, as a REST API sends it.

https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
"""

import base64
from collections.abc import Mapping

from local.api_gateway.client_request import ClientRequest
from local.api_gateway.invocation import Invocation

_CAPITALISED = {"authorization": "Authorization", "host": "Host", "user-agent": "User-Agent"}
_DROPPED = frozenset({"connection", "content-length", "keep-alive", "transfer-encoding"})
_CONTEXT = (
    "accountId",
    "apiId",
    "domainName",
    "domainPrefix",
    "extendedRequestId",
    "httpMethod",
    "identity",
    "path",
    "protocol",
    "requestId",
    "requestTime",
    "requestTimeEpoch",
    "resourceId",
    "resourcePath",
    "stage",
)


def build_lambda_event(call: Invocation) -> dict[str, object]:
    """The event; empty maps and an empty body are null, as on AWS."""
    request = call.request
    headers = _headers(request)
    body, is_base64 = _body(request.body)
    return {
        "resource": call.context["resourcePath"],
        "path": request.path,
        "httpMethod": request.http_method,
        "headers": _last(headers),
        "multiValueHeaders": _lists(headers),
        "queryStringParameters": _last(request.query),
        "multiValueQueryStringParameters": _lists(request.query),
        "pathParameters": _path_parameters(call) or None,
        "stageVariables": dict(call.stage_variables) or None,
        "requestContext": _request_context(call.context),
        "body": body,
        "isBase64Encoded": is_base64,
    }


def _path_parameters(call: Invocation) -> dict[str, str]:
    """As the client wrote them: a proxy's are not decoded, those of mapping templates are."""
    parts = zip(
        str(call.context["resourcePath"]).split("/"), call.request.path.split("/"), strict=True
    )
    return {name[1:-1]: value for name, value in parts if name.startswith("{")}


def _request_context(context: Mapping[str, object]) -> dict[str, object]:
    event_context = {name: context[name] for name in _CONTEXT}
    if "authorizer" in context:
        event_context["authorizer"] = context["authorizer"]
    return event_context


def _headers(request: ClientRequest) -> dict[str, tuple[str, ...]]:
    headers = {
        _CAPITALISED.get(name, name): values
        for name, values in request.headers.items()
        if name not in _DROPPED and not name.startswith("x-forwarded-")
    }
    headers["X-Amzn-Trace-Id"] = (request.trace_id,)
    headers["X-Forwarded-For"] = (request.source_ip,)
    headers["X-Forwarded-Port"] = ("443",)
    headers["X-Forwarded-Proto"] = ("https",)
    return headers


def _last(values: Mapping[str, tuple[str, ...]]) -> dict[str, str] | None:
    return {name: several[-1] for name, several in values.items()} or None


def _lists(values: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]] | None:
    return {name: list(several) for name, several in values.items()} or None


def _body(body: bytes) -> tuple[str | None, bool]:
    if not body:
        return None, False
    try:
        return body.decode(), False
    except UnicodeDecodeError:
        return base64.b64encode(body).decode(), True
