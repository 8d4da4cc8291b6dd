"""How a route answers: one log line, CORS headers, and one error shape. It never raises."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Self

from aws_lambda_powertools.logging import Logger

from runtime.answer import Answer
from runtime.errors import RouteError
from runtime.event import (
    LambdaContext,
    ProxyEvent,
    caller_kind,
    header,
    raised_at,
    request_id,
)
from runtime.responses import ProxyResponse, answer_response, cors_headers, error_response
from runtime.route_settings import RouteSettings

MARGIN_SECONDS = 0.5
"""Kept back from the work, to answer before Lambda ends the function."""

type Told = dict[str, object]
"""Fields of the log line."""


@dataclass(frozen=True)
class RouteEdge:
    """`clock` gives seconds from any fixed point.

    `answers_conditions`: whether If-None-Match is heeded. Never behind a stage cache, which would
    show one caller's 304 to the next, who has nothing to keep.
    """

    allowed_origins: Collection[str]
    timeout_seconds: float
    logger: Logger
    clock: Callable[[], float]
    answers_conditions: bool = False

    @classmethod
    def of(cls, settings: RouteSettings, logger: Logger, clock: Callable[[], float]) -> Self:
        return cls(
            settings.allowed_origins,
            settings.upstream_timeout_seconds,
            logger,
            clock,
            settings.answers_conditions,
        )

    def seconds_left(self, context: LambdaContext) -> float:
        """What the work may take in all, from now."""
        remaining = context.get_remaining_time_in_millis() / 1000 - MARGIN_SECONDS
        return min(self.timeout_seconds, remaining)

    def answer(
        self,
        event: ProxyEvent,
        context: LambdaContext,
        *,
        route: str,
        work: Callable[[], Answer],
        provider: str = "none",
    ) -> ProxyResponse:
        """What `work` returns as a response, or the response its error stands for.

        `provider` is for the log, where only one is ever asked.
        """
        started = self.clock()
        response, outcome = self._respond(event, context, work)
        log = self.logger.error if response["statusCode"] >= 500 else self.logger.info
        line = {
            "request_id": request_id(event, context),
            "function_request_id": context.aws_request_id,
            "route": route,
            "caller": caller_kind(event),
            "provider": provider,
            "cache": "none",
            "status": response["statusCode"],
            "latency_ms": round((self.clock() - started) * 1000),
        }
        log("request", extra={**line, **outcome})
        return response

    def _respond(
        self, event: ProxyEvent, context: LambdaContext, work: Callable[[], Answer]
    ) -> tuple[ProxyResponse, Told]:
        """The response, and what the log says about how it came to be."""
        cors = cors_headers(header(event, "origin"), self.allowed_origins)
        condition = header(event, "if-none-match") if self.answers_conditions else None
        try:
            answer = work()
            return answer_response(answer, cors, if_none_match=condition), _told(answer)
        except RouteError as error:
            told, cause = error, _of(error, error.cause)
        except Exception as error:
            told, cause = RouteError(), _of(error, raised_at(error))
        response = error_response(told, request_id=request_id(event, context), headers=cors)
        failure = {"upstream_status": told.upstream_status, "error_code": told.code}
        return response, {**failure, **cause}


def _told(answer: Answer) -> Told:
    told: Told = {"cache": answer.cache, "upstream_status": answer.upstream_status}
    return told if answer.provider == "none" else {**told, "provider": answer.provider}


def _of(error: Exception, cause: object) -> Mapping[str, object]:
    """Its kind and our own words on it; the text of an unforeseen error could hold anything."""
    return {"error": type(error).__name__, "cause": cause}
