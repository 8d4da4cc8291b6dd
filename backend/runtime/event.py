"""What a route reads of API Gateway's proxy event and of Lambda's context.

https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
"""

import traceback
from collections.abc import Mapping
from typing import Literal, Protocol

type ProxyEvent = Mapping[str, object]
type CallerKind = Literal["wallet", "guest", "role", "anyone"]


class IdentifiedContext(Protocol):
    @property
    def aws_request_id(self) -> str: ...


class LambdaContext(IdentifiedContext, Protocol):
    def get_remaining_time_in_millis(self) -> int: ...


def request_id(event: ProxyEvent, context: IdentifiedContext) -> str:
    """API Gateway's id, which the caller is told; Lambda's where there is none."""
    value = in_context(event, "requestId")
    return value if isinstance(value, str) else context.aws_request_id


def caller_kind(event: ProxyEvent) -> CallerKind:
    """How API Gateway let the caller in, without saying who it is.

    A wallet by its ID token or its identity's credentials, a guest by a guest identity's, a role
    by other AWS credentials, anyone where the route has no authorization.
    https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
    """
    if isinstance(in_context(event, "authorizer", "claims"), Mapping):
        return "wallet"
    kind = in_context(event, "identity", "cognitoAuthenticationType")
    if kind is not None:
        return "wallet" if kind == "authenticated" else "guest"
    return "anyone" if in_context(event, "identity", "caller") is None else "role"


def in_context(event: ProxyEvent, *names: str) -> object:
    """What stands at those names below `requestContext`; None where nothing does."""
    value: object = event
    for name in ("requestContext", *names):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


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


def query_parameter(event: ProxyEvent, name: str) -> str | None:
    """One query parameter; absent and empty are both None."""
    parameters = event.get("queryStringParameters")
    value = parameters.get(name) if isinstance(parameters, Mapping) else None
    return value if isinstance(value, str) and value else None


def raised_at(error: Exception) -> list[str]:
    """For the log: where it happened. An unforeseen error's text could hold anything."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
