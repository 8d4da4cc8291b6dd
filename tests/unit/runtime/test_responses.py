import json

import pytest

from runtime.responses import cors_headers, error_response, json_response

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


def test_an_error_has_the_one_shape() -> None:
    response = error_response(
        429, code="rate_limited", message="Slow.", request_id="r-1", headers={}, retry_after=7
    )
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
