"""Lambda proxy integration (type `aws_proxy`).

https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
"""

import asyncio
from collections.abc import Mapping

from local.api_gateway.definition import LambdaIntegration
from local.api_gateway.errors import GatewayError, configuration_error
from local.api_gateway.invocation import Invocation, MethodResponse
from local.api_gateway.lambda_event import build_lambda_event
from local.api_gateway.ports import Invoke, InvokeDeniedError

PRINCIPAL = "apigateway.amazonaws.com"
_FIELDS = frozenset({"statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"})
_DROPPED = frozenset({"connection", "content-length", "keep-alive", "transfer-encoding"})
_REMAPPED = frozenset({"date", "server", "www-authenticate", "x-amzn-requestid"})

Headers = dict[str, list[str]]


async def run_lambda_integration(
    integration: LambdaIntegration, call: Invocation, *, invoke: Invoke, source_arn: str
) -> MethodResponse:
    """Invokes the function and turns its answer into the method response.

    504 when the integration's time is over, 500 without permission, 502 when the function
    failed or its answer has another shape than Lambda proxy asks for.
    """
    answer = await _invoke(integration, build_lambda_event(call), invoke, source_arn)
    if not isinstance(answer, Mapping) or not _FIELDS.issuperset(answer):
        raise _malformed("not an object of the proxy fields")
    headers = _headers(answer)
    headers.setdefault("content-type", ["application/json"])
    flat = tuple((name, value) for name, values in headers.items() for value in values)
    return MethodResponse(_status(answer), flat, _body(answer))


async def _invoke(
    integration: LambdaIntegration, event: Mapping[str, object], invoke: Invoke, source_arn: str
) -> object:
    arn = integration.function_arn
    deadline = asyncio.timeout(integration.timeout_seconds)
    try:
        async with deadline:
            return await invoke(arn, event, principal=PRINCIPAL, source_arn=source_arn)
    except InvokeDeniedError:
        raise configuration_error(f"no permission to invoke {arn}") from None
    except Exception as error:
        if deadline.expired():
            raise GatewayError("INTEGRATION_TIMEOUT", reason=arn) from None
        # Whatever stopped the function, the client learns nothing about it.
        raise _bad_gateway(f"{type(error).__name__} from {arn}") from None


def _status(answer: Mapping[str, object]) -> int:
    status = answer.get("statusCode", 200)
    if isinstance(status, str) and status.isdecimal():
        status = int(status)
    if not isinstance(status, int) or isinstance(status, bool) or not 100 <= status <= 599:
        raise _malformed("statusCode")
    return status


def _body(answer: Mapping[str, object]) -> bytes:
    # Without binary media types AWS hands a base64 body on as it is.
    body = answer.get("body")
    if body is not None and not isinstance(body, str):
        raise _malformed("body")
    return (body or "").encode()


def _headers(answer: Mapping[str, object]) -> Headers:
    headers: Headers = {}
    for name, value in _entries(answer, "headers"):
        headers[_renamed(name)] = [_text(value)]
    for name, values in _entries(answer, "multiValueHeaders"):
        if not isinstance(values, list):
            raise _malformed("multiValueHeaders")
        headers[_renamed(name)] = [_text(value) for value in values]
    return {name: values for name, values in headers.items() if name not in _DROPPED}


def _entries(answer: Mapping[str, object], field: str) -> list[tuple[str, object]]:
    entries = answer.get(field)
    if entries is None:
        return []
    if not isinstance(entries, Mapping):
        raise _malformed(field)
    return [(str(name).lower(), value) for name, value in entries.items()]


def _renamed(name: str) -> str:
    return f"x-amzn-remapped-{name}" if name in _REMAPPED else name


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        raise _malformed("a header value is not a string")
    return value


def _malformed(what: str) -> GatewayError:
    return _bad_gateway(f"malformed Lambda proxy response: {what}")


def _bad_gateway(reason: str) -> GatewayError:
    return GatewayError("DEFAULT_5XX", status=502, reason=reason)
