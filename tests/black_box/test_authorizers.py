"""Who may call each route of the API's document, and in what words the others are refused.

Error types are AWS's own: https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
"""

from __future__ import annotations

import httpx
import pytest
from botocore.credentials import Credentials

from tests.black_box.routes import OPEN, OWN, ROUTES, SIGNED, Route, path_of
from tests.black_box.visitor import Visitor

MISSING = "MissingAuthenticationTokenException"
ON_CHAIN = ("/names/", "/addresses/", "/me/name", "/metadata")
NOTHING_THERE = {"no_node", "unsupported_chain", "not_found"}
"""What routes on chain answer where the target has no node, or its node knows nothing."""


def each(routes: list[Route]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("route", routes, ids=path_of)


def assert_refused(answer: httpx.Response, status: int, error_type: str, message: str) -> None:
    found = answer.headers.get("x-amzn-errortype", "").partition(":")[0]
    assert (answer.status_code, found, answer.text) == (
        status,
        error_type,
        f'{{"message":"{message}"}}',
    )


def assert_answered(answer: httpx.Response, route: Route) -> None:
    if answer.status_code not in route.statuses:
        assert [part for part in ON_CHAIN if part in route.path], answer.text
        assert answer.json()["error"]["code"] in NOTHING_THERE


def test_every_route_of_the_document_has_one_of_three_authorizers() -> None:
    assert len(OPEN) + len(OWN) + len(SIGNED) == len(ROUTES)
    assert OPEN
    assert OWN
    assert SIGNED


@each(OPEN)
def test_an_open_route_answers_anybody_whatever_they_show(client: Visitor, route: Route) -> None:
    for token in ("", "garbage"):
        assert client.get(route.example, token=token).status_code in route.statuses


@each(OWN)
def test_a_wallets_own_route_answers_its_id_token(
    client: Visitor, tokens: dict[str, str], route: Route
) -> None:
    assert_answered(
        client.get(route.example, token=tokens["IdToken"], params=route.parameters), route
    )


@each(OWN)
def test_a_wallets_own_route_wants_an_id_token_and_nothing_else(
    client: Visitor, guest: Credentials, tokens: dict[str, str], route: Route
) -> None:
    for wrong in ("", "garbage", tokens["AccessToken"], tokens["IdToken"] + "x"):
        answer = client.get(route.example, token=wrong)
        assert_refused(answer, 401, "UnauthorizedException", "Unauthorized")
    signed = client.signed_get(route.example, guest, route.parameters)
    assert_refused(signed, 401, "UnauthorizedException", "Unauthorized")


@each(SIGNED)
def test_a_signed_route_answers_guests_and_wallets(
    client: Visitor, guest: Credentials, wallet: Credentials, route: Route
) -> None:
    for credentials in (guest, wallet):
        assert_answered(client.signed_get(route.example, credentials, route.parameters), route)


@each(SIGNED)
def test_a_signed_route_wants_a_signature_and_no_token_stands_for_it(
    client: Visitor, tokens: dict[str, str], route: Route
) -> None:
    unsigned = client.get(route.example, params=route.parameters)
    assert_refused(unsigned, 403, MISSING, "Missing Authentication Token")
    answer = client.get(route.example, token=tokens["IdToken"], params=route.parameters)
    assert answer.status_code == 403
    assert tokens["IdToken"] not in answer.text


@each(SIGNED)
def test_a_signature_of_another_secret_is_refused(
    client: Visitor, guest: Credentials, route: Route
) -> None:
    other = Credentials(guest.access_key, "x" * 40, guest.token)
    answer = client.signed_get(route.example, other, route.parameters)
    assert answer.status_code == 403
    assert answer.headers["x-amzn-errortype"].startswith("InvalidSignatureException")
    assert "does not match the signature you provided" in answer.json()["message"]


def test_credentials_of_nobody_are_refused(client: Visitor, guest: Credentials) -> None:
    route = SIGNED[0]
    for nobody in (
        Credentials("ASIAAAAAAAAAAAAAAAAA", guest.secret_key, guest.token),
        Credentials(guest.access_key, guest.secret_key, "nobody's"),
    ):
        answer = client.signed_get(route.example, nobody, route.parameters)
        assert_refused(
            answer,
            403,
            "UnrecognizedClientException",
            "The security token included in the request is invalid.",
        )


def test_what_is_no_route_is_refused_as_a_missing_token(client: Visitor) -> None:
    assert_refused(client.get("getSecrets"), 403, MISSING, "Missing Authentication Token")


@each([route for route in ROUTES if route.path != "/health"])  # no page asks how the API is
def test_preflights_follow_the_allow_list(client: Visitor, route: Route) -> None:
    header = {"Access-Control-Request-Headers": "authorization"}
    ours = client.preflight(route.example, client.site, **header)
    assert ours.headers["access-control-allow-origin"] == client.site
    if route.scheme:
        assert "authorization" in ours.headers["access-control-allow-headers"].lower()
    assert ours.status_code == 204
    for stranger in (f"{client.site}.evil.example", "https://evil.example"):
        theirs = client.preflight(route.example, stranger, **header)
        assert "access-control-allow-origin" not in theirs.headers
        assert theirs.status_code == 204


def test_every_page_can_read_an_error_of_the_gateway_itself(client: Visitor) -> None:
    answer = client.get(OWN[0].example, headers={"Origin": "https://other.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
