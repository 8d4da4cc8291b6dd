"""One line, one shape, whatever a route's work comes to; and whom the line calls a caller."""

import json

import pytest

from runtime.answer import Answer
from runtime.errors import RouteError
from runtime.event import caller_kind
from runtime.route import PUBLIC
from runtime.route_settings import RouteSettings
from tests.fixtures.answered_route import RESOURCE, answered

ANSWER = Answer("{}", provider="alchemy", cache="hit", upstream_status=200, max_age=30)
ENVIRONMENT = {"ALLOWED_ORIGINS": "https://gallery.example"}


class BusyError(RouteError):
    code, status, message = "busy", 503, "Come back."


def test_a_line_says_who_was_asked_and_what_memory_did() -> None:
    _, log = answered(ANSWER, {"requestContext": {"requestId": "r-1"}})
    line = json.loads(log)
    wanted = {
        "request_id": "r-1",
        "route": RESOURCE,
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
    response, log = answered(error, {"requestContext": {"requestId": "r-1"}})
    line = json.loads(log)
    body = {"error": {"code": "busy", "message": "Come back.", "requestId": "r-1"}}
    assert (response["statusCode"], json.loads(response["body"])) == (503, body)
    assert response["headers"]["Retry-After"] == "7"
    assert response["headers"]["Cache-Control"] == "no-store"
    told = {"upstream_status": 429, "error_code": "busy", "error": "BusyError", "cause": "ours"}
    assert told.items() <= line.items()


def test_an_unforeseen_error_keeps_its_words_to_itself() -> None:
    response, log = answered(ValueError("canary"), {})
    line = json.loads(log)
    assert response["statusCode"] == 500
    assert "canary" not in json.dumps([response, line])
    assert (line["error"], line["error_code"]) == ("ValueError", "internal_error")


@pytest.mark.parametrize(("stage_cache", "status"), [("off", 304), ("on", 200), ("", 200)])
def test_a_condition_is_heeded_only_where_no_stage_cache_could_keep_the_answer(
    stage_cache: str, status: int
) -> None:
    settings = RouteSettings.from_environment({**ENVIRONMENT, "STAGE_CACHE": stage_cache})
    response, log = answered(
        ANSWER,
        {"headers": {"If-None-Match": "*"}},
        answers_conditions=settings.answers_conditions,
    )
    line = json.loads(log)
    assert (response["statusCode"], line["status"]) == (status, status)


def signed_by(kind: str | None, caller: str | None) -> dict[str, object]:
    return {"identity": {"cognitoAuthenticationType": kind, "caller": caller}}


@pytest.mark.parametrize(
    ("request_context", "caller"),
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
def test_a_caller_is_a_kind_and_nobody_in_particular(request_context: object, caller: str) -> None:
    assert caller_kind({"requestContext": request_context}) == caller


def test_a_row_answers_its_public_twin_too_and_for_all_caches() -> None:
    for resource, scope in ((RESOURCE, "private, "), (f"{PUBLIC}{RESOURCE}", "public, ")):
        response, log = answered(ANSWER, {"resource": resource})
        assert response["headers"]["Cache-Control"].startswith(f"{scope}max-age=30")
        assert json.loads(log)["route"] == resource


def test_an_answer_that_is_not_fresh_is_for_no_cache_there_either() -> None:
    response, _ = answered(Answer("{}"), {"resource": f"{PUBLIC}{RESOURCE}"})
    assert response["headers"]["Cache-Control"] == "no-store"
