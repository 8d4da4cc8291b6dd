"""How a function answers its routes: a table, one log line, CORS headers and one error shape.

Why: ARCHITECTURE.md, runtime.
"""

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Self

from aws_lambda_powertools.logging import Logger

from runtime.answer import Answer
from runtime.deadline import Clock, Deadline
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

PUBLIC = "/public"
"""What stands before a route's path where CloudFront asks for everybody. Said in template.yaml."""

type Route[Service] = Callable[[Service, ProxyEvent, Deadline], Answer]
"""Reads the event, asks the service, and says what came of it. Raises RouteError."""

type Routes[Service] = Mapping[str, Route[Service]]
"""By API Gateway's `resource`, such as /chains/{chainId}/contracts/{contractAddress}.

A row answers its public twin too, below PUBLIC: the API's body says which of them there are.
"""


@dataclass(frozen=True)
class Router[Service]:
    """Calls the route of an event. It never raises.

    `clock` gives seconds from any fixed point; `provider` is for the log, where only one is asked.
    `answers_conditions`: whether If-None-Match is heeded. Never behind a stage cache, which would
    show one caller's 304 to the next, who has nothing to keep.
    """

    routes: Routes[Service]
    service: Service
    logger: Logger
    clock: Clock
    timeout_seconds: float
    allowed_origins: Collection[str] = ()
    answers_conditions: bool = False
    provider: str = "none"

    @classmethod
    def from_environment(
        cls,
        routes: Routes[Service],
        service: Service,
        *,
        environment: Mapping[str, str],
        logger: Logger,
        provider: str = "none",
    ) -> Self:
        """Raises SettingError rather than start half-configured."""
        settings = RouteSettings.from_environment(environment)
        return cls(
            routes,
            service,
            logger,
            time.monotonic,
            settings.upstream_timeout_seconds,
            settings.allowed_origins,
            settings.answers_conditions,
            provider,
        )

    def __call__(self, event: ProxyEvent, context: LambdaContext) -> ProxyResponse:
        """The route's answer as a response, or the response its error stands for; one log line."""
        started = self.clock()
        resource = str(event.get("resource"))
        cors = cors_headers(header(event, "origin"), self.allowed_origins)
        outcome: dict[str, object]
        try:
            route = self.routes[resource.removeprefix(PUBLIC)]
            answer = route(self.service, event, self._deadline(started, context))
            if resource.startswith(PUBLIC):
                answer = replace(answer, is_public=True)
            condition = header(event, "if-none-match") if self.answers_conditions else None
            response = answer_response(answer, cors, if_none_match=condition)
            outcome = {"cache": answer.cache, "upstream_status": answer.upstream_status}
            if answer.provider != "none":
                outcome["provider"] = answer.provider
            outcome |= answer.log
        except RouteError as error:
            response = error_response(error, request_id=request_id(event, context), headers=cors)
            outcome = _failure(error, error, error.cause)
        except Exception as error:
            internal = RouteError()
            response = error_response(internal, request_id=request_id(event, context), headers=cors)
            outcome = _failure(internal, error, raised_at(error))
        self._log(event, context, resource, response["statusCode"], started, outcome)
        return response

    def _deadline(self, started: float, context: LambdaContext) -> Deadline:
        remaining = context.get_remaining_time_in_millis() / 1000 - MARGIN_SECONDS
        return Deadline(started + min(self.timeout_seconds, remaining), self.clock)

    def _log(
        self,
        event: ProxyEvent,
        context: LambdaContext,
        resource: str,
        status: int,
        started: float,
        outcome: Mapping[str, object],
    ) -> None:
        log = self.logger.error if status >= 500 else self.logger.info
        line = {
            "request_id": request_id(event, context),
            "function_request_id": context.aws_request_id,
            "route": resource,
            "caller": caller_kind(event),
            "provider": self.provider,
            "cache": "none",
            "status": status,
            "latency_ms": round((self.clock() - started) * 1000),
        }
        log("request", extra={**line, **outcome})


def _failure(response: RouteError, error: Exception, cause: object) -> dict[str, object]:
    """What the log says; the text of an unforeseen error could hold anything, so it stays out."""
    return {
        "upstream_status": response.upstream_status,
        "error_code": response.code,
        "error": type(error).__name__,
        "cause": cause,
    }
