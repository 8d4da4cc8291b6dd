import json
import re

import pytest

from runtime.answer import Answer
from runtime.errors import RouteError
from runtime.responses import (
    ProxyResponse,
    answer_response,
    cors_headers,
    error_response,
    json_response,
)

ORIGINS = ("https://gallery.example", "http://localhost:3000")


@pytest.mark.parametrize("origin", ORIGINS)
def test_echoes_a_listed_origin(origin: str) -> None:
    assert cors_headers(origin, ORIGINS)["Access-Control-Allow-Origin"] == origin


@pytest.mark.parametrize(
    "origin",
    [None, "", "null", "*", "https://gallery.example/", "http://gallery.example",
     "HTTPS://GALLERY.EXAMPLE", "https://gallery.example:443", "https://x.gallery.example"],
)  # fmt: skip
def test_lets_no_other_origin_read_but_varies_by_it(origin: str | None) -> None:
    assert cors_headers(origin, ORIGINS) == {"Vary": "Origin"}


class TooFastError(RouteError):
    code, status, message = "rate_limited", 429, "Slow."


def test_an_error_has_the_one_shape() -> None:
    response = error_response(TooFastError(retry_after=7), request_id="r-1", headers={})
    assert response["statusCode"] == 429
    assert json.loads(response["body"]) == {
        "error": {"code": "rate_limited", "message": "Slow.", "requestId": "r-1"}
    }
    assert response["headers"]["Retry-After"] == "7"


def test_every_response_is_json_that_is_not_sniffed_and_not_stored() -> None:
    headers = json_response(200, "{}", {"Vary": "Origin"})["headers"]
    assert headers == {
        "Content-Type": "application/json",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Vary": "Origin",
    }


def kept(answer: Answer, if_none_match: str | None = None) -> ProxyResponse:
    return answer_response(answer, {"Vary": "Origin"}, if_none_match=if_none_match)


def test_what_may_be_kept_says_for_how_long_and_has_a_tag_of_its_body() -> None:
    headers = kept(Answer('{"a":1}', max_age=30))["headers"]
    assert headers["Cache-Control"] == "private, max-age=30"
    assert re.fullmatch(r'"[0-9a-f]{32}"', headers["ETag"])
    assert headers["ETag"] == kept(Answer('{"a":1}', max_age=5, cache="hit"))["headers"]["ETag"]
    assert headers["ETag"] != kept(Answer('{"a":2}', max_age=30))["headers"]["ETag"]


def test_only_what_needs_no_authorization_is_for_all_caches() -> None:
    headers = kept(Answer("{}", max_age=300, is_public=True))["headers"]
    assert headers["Cache-Control"] == "public, max-age=300, stale-if-error=3600"


def test_what_may_not_be_kept_has_no_tag_and_no_condition() -> None:
    response = kept(Answer("{}"), "*")
    assert (response["statusCode"], response["body"]) == (200, "{}")
    assert response["headers"]["Cache-Control"] == "no-store"
    assert "ETag" not in response["headers"]


ETAG = kept(Answer("{}", max_age=30))["headers"]["ETag"]


@pytest.mark.parametrize(
    "condition", [ETAG, f"W/{ETAG}", f'"x", {ETAG}', f'W/"a,b",W/{ETAG}', "*", " * "]
)
def test_who_has_the_body_already_gets_none(condition: str) -> None:
    response = kept(Answer("{}", max_age=30), condition)
    assert (response["statusCode"], response["body"]) == (304, "")
    assert response["headers"]["ETag"] == ETAG
    assert response["headers"]["Cache-Control"] == "private, max-age=30"
    assert response["headers"]["Vary"] == "Origin"


@pytest.mark.parametrize(
    "condition", [None, "", '""', '"x"', ETAG.strip('"'), ETAG[:-2], f'"{ETAG}', "**", "W/*"]
)
def test_any_other_condition_gets_the_body(condition: str | None) -> None:
    response = kept(Answer("{}", max_age=30), condition)
    assert (response["statusCode"], response["body"]) == (200, "{}")
