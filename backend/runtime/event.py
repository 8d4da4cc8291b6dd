"""What a route reads of API Gateway's proxy event and of Lambda's context.

https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
"""

import traceback
from collections.abc import Mapping
from typing import Protocol

type ProxyEvent = Mapping[str, object]


class IdentifiedContext(Protocol):
    @property
    def aws_request_id(self) -> str: ...


class LambdaContext(IdentifiedContext, Protocol):
    def get_remaining_time_in_millis(self) -> int: ...


def request_id(event: ProxyEvent, context: IdentifiedContext) -> str:
    """API Gateway's id, which the caller is told; Lambda's where there is none."""
    request_context = event.get("requestContext")
    value = request_context.get("requestId") if isinstance(request_context, Mapping) else None
    return value if isinstance(value, str) else context.aws_request_id


def header(event: ProxyEvent, name: str) -> str | None:
    """`name` is in lower case; header names arrive as the client wrote them."""
    headers = event.get("headers")
    for key, value in headers.items() if isinstance(headers, Mapping) else ():
        if isinstance(key, str) and key.lower() == name and isinstance(value, str):
            return value
    return None


def path_parameter(event: ProxyEvent, name: str) -> str:
    """One path parameter; empty where it is absent."""
    parameters = event.get("pathParameters")
    value = parameters.get(name) if isinstance(parameters, Mapping) else None
    return value if isinstance(value, str) else ""


def raised_at(error: Exception) -> list[str]:
    """For the log: where it happened. An unforeseen error's text could hold anything."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
