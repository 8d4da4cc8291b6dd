"""How a route answers: one log line, CORS headers, and one error shape. It never raises."""

import traceback
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from aws_lambda_powertools.logging import Logger

from runtime.errors import RouteError
from runtime.responses import ProxyResponse, cors_headers, error_response, json_response

MARGIN_SECONDS = 0.5
"""Kept back from the work, to answer before Lambda ends the function."""

type ProxyEvent = Mapping[str, object]


class LambdaContext(Protocol):
    @property
    def aws_request_id(self) -> str: ...
    def get_remaining_time_in_millis(self) -> int: ...


@dataclass(frozen=True)
class RouteEdge:
    """`clock` gives seconds from any fixed point."""

    allowed_origins: Collection[str]
    timeout_seconds: float
    logger: Logger
    clock: Callable[[], float]

    def seconds_left(self, context: LambdaContext) -> float:
        """What the work may take in all, from now."""
        remaining = context.get_remaining_time_in_millis() / 1000 - MARGIN_SECONDS
        return min(self.timeout_seconds, remaining)

    def answer(
        self, event: ProxyEvent, context: LambdaContext, *, route: str, work: Callable[[], str]
    ) -> ProxyResponse:
        """200 with the JSON text `work` returns, or the response its error stands for."""
        started = self.clock()
        request_id = _request_id(event, context)
        cors = cors_headers(_header(event, "origin"), self.allowed_origins)
        response, outcome = _outcome(work, request_id, cors)
        log = self.logger.error if response["statusCode"] >= 500 else self.logger.info
        line = {
            "request_id": request_id,
            "function_request_id": context.aws_request_id,
            "route": route,
            "status": response["statusCode"],
            "latency_ms": round((self.clock() - started) * 1000),
        }
        log("request", extra={**line, **outcome})
        return response


def path_parameter(event: ProxyEvent, name: str) -> str:
    """One path parameter of an API Gateway event; empty where it is absent."""
    parameters = event.get("pathParameters")
    value = parameters.get(name) if isinstance(parameters, Mapping) else None
    return value if isinstance(value, str) else ""


def _outcome(
    work: Callable[[], str], request_id: str, cors: Mapping[str, str]
) -> tuple[ProxyResponse, dict[str, object]]:
    """The response, and what the log says about how it came to be."""
    try:
        return json_response(200, work(), cors), {}
    except RouteError as error:
        return _failed(error, request_id, cors, error.cause, error)
    except Exception as error:  # its text could hold anything, so it stays out
        frames = traceback.extract_tb(error.__traceback__)
        where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        return _failed(RouteError(), request_id, cors, where, error)


def _failed(
    told: RouteError, request_id: str, cors: Mapping[str, str], cause: object, error: Exception
) -> tuple[ProxyResponse, dict[str, object]]:
    response = error_response(
        told.status, code=told.code, message=told.message, request_id=request_id, headers=cors
    )
    return response, {"error_code": told.code, "error": type(error).__name__, "cause": cause}


def _request_id(event: ProxyEvent, context: LambdaContext) -> str:
    request_context = event.get("requestContext")
    value = request_context.get("requestId") if isinstance(request_context, Mapping) else None
    return value if isinstance(value, str) else context.aws_request_id


def _header(event: ProxyEvent, name: str) -> str | None:
    """Header names arrive as the client wrote them."""
    headers = event.get("headers")
    for key, value in headers.items() if isinstance(headers, Mapping) else ():
        if isinstance(key, str) and key.lower() == name and isinstance(value, str):
            return value
    return None
