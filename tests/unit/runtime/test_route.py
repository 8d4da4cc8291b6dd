"""One line, one shape, whatever a route's work comes to; and whom the line calls a caller."""

import io
import itertools
import json
from typing import Any

import pytest

from runtime.answer import Answer
from runtime.errors import RouteError
from runtime.event import caller_kind
from runtime.logging import build_logger
from runtime.responses import ProxyResponse
from runtime.route import RouteEdge
from runtime.settings import RouteSettings
from tests.unit.nft.conftest import Context

ANSWER = Answer("{}", provider="alchemy", cache="hit", upstream_status=200, max_age=30)
ENVIRONMENT = {"ALLOWED_ORIGINS": "https://gallery.example", "PROVIDER_KEYS_SECRET_ARN": "arn"}
_loggers = itertools.count()


class BusyError(RouteError):
    code, status, message = "busy", 503, "Come back."


def answered(
    outcome: Answer | Exception, event: dict[str, Any], **options: Any
) -> tuple[ProxyResponse, dict[str, Any]]:
    def work() -> Answer:
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    stream = io.StringIO()
    logger = build_logger(f"route-{next(_loggers)}", stream=stream)
    edge = RouteEdge((), 8.0, logger, itertools.count(1.0, 0.25).__next__, **options)
    response = edge.answer(event, Context(), route="getNft", work=work)
    return response, json.loads(stream.getvalue())


def test_a_line_says_who_was_asked_and_what_memory_did() -> None:
    _, line = answered(ANSWER, {"requestContext": {"requestId": "r-1"}})
    wanted = {
        "request_id": "r-1",
        "route": "getNft",
        "caller": "anyone",
        "provider": "alchemy",
        "cache": "hit",
        "upstream_status": 200,
        "status": 200,
        "latency_ms": 250,
    }
    assert wanted.items() <= line.items()


def test_an_error_of_any_room_becomes_its_response() -> None:
    error = BusyError("ours", upstream_status=429, retry_after=7)
    response, line = answered(error, {"requestContext": {"requestId": "r-1"}})
    body = {"error": {"code": "busy", "message": "Come back.", "requestId": "r-1"}}
    assert (response["statusCode"], json.loads(response["body"])) == (503, body)
    assert response["headers"]["Retry-After"] == "7"
    assert response["headers"]["Cache-Control"] == "no-store"
    told = {"upstream_status": 429, "error_code": "busy", "error": "BusyError", "cause": "ours"}
    assert told.items() <= line.items()


def test_an_unforeseen_error_keeps_its_words_to_itself() -> None:
    response, line = answered(ValueError("canary"), {})
    assert response["statusCode"] == 500
    assert "canary" not in json.dumps([response, line])
    assert (line["error"], line["error_code"]) == ("ValueError", "internal_error")


@pytest.mark.parametrize(("stage_cache", "status"), [("off", 304), ("on", 200), ("", 200)])
def test_a_condition_is_heeded_only_where_no_stage_cache_could_keep_the_answer(
    stage_cache: str, status: int
) -> None:
    settings = RouteSettings.from_environment({**ENVIRONMENT, "STAGE_CACHE": stage_cache})
    response, line = answered(
        ANSWER,
        {"headers": {"If-None-Match": "*"}},
        answers_conditions=settings.answers_conditions,
    )
    assert (response["statusCode"], line["status"]) == (status, status)


def signed_by(kind: str | None, caller: str | None) -> dict[str, object]:
    return {"identity": {"cognitoAuthenticationType": kind, "caller": caller}}


@pytest.mark.parametrize(
    ("context", "caller"),
    [
        ({"authorizer": {"claims": {"sub": "1"}}}, "wallet"),
        (
            {"identity": {"cognitoAuthenticationType": "authenticated", "caller": "AROA:x"}},
            "wallet",
        ),
        ({"identity": {"cognitoAuthenticationType": "unauthenticated", "caller": "AROA"}}, "guest"),
        ({"identity": {"cognitoAuthenticationType": None, "caller": "AIDA"}}, "role"),
        ({"identity": {"cognitoAuthenticationType": None, "caller": None}}, "anyone"),
        ({}, "anyone"),
        (None, "anyone"),
    ],
)
def test_a_caller_is_a_kind_and_nobody_in_particular(context: object, caller: str) -> None:
    assert caller_kind({"requestContext": context}) == caller
