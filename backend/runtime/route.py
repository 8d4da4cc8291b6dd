"""How a route answers: one log line, CORS headers, and one error shape. It never raises."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from aws_lambda_powertools.logging import Logger

from runtime.errors import RouteError
from runtime.event import LambdaContext, ProxyEvent, header, raised_at, request_id
from runtime.responses import ProxyResponse, cors_headers, error_response, json_response

MARGIN_SECONDS = 0.5
"""Kept back from the work, to answer before Lambda ends the function."""


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
        identifier = request_id(event, context)
        cors = cors_headers(header(event, "origin"), self.allowed_origins)
        response, outcome = _outcome(work, identifier, cors)
        log = self.logger.error if response["statusCode"] >= 500 else self.logger.info
        line = {
            "request_id": identifier,
            "function_request_id": context.aws_request_id,
            "route": route,
            "status": response["statusCode"],
            "latency_ms": round((self.clock() - started) * 1000),
        }
        log("request", extra={**line, **outcome})
        return response


def _outcome(
    work: Callable[[], str], identifier: str, cors: Mapping[str, str]
) -> tuple[ProxyResponse, dict[str, object]]:
    """The response, and what the log says about how it came to be."""
    try:
        return json_response(200, work(), cors), {}
    except RouteError as error:
        return _failed(error, identifier, cors, error.cause, error)
    except Exception as error:
        return _failed(RouteError(), identifier, cors, raised_at(error), error)


def _failed(
    told: RouteError, identifier: str, cors: Mapping[str, str], cause: object, error: Exception
) -> tuple[ProxyResponse, dict[str, object]]:
    response = error_response(
        told.status, code=told.code, message=told.message, request_id=identifier, headers=cors
    )
    return response, {"error_code": told.code, "error": type(error).__name__, "cause": cause}
