"""Both Lambda routes, each with every upstream failure."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from nft.errors import UpstreamTimeoutError
from nft.providers.http import UpstreamReply
from nft.raw_lookups import RawLookups
from nft.routes import get_nfts_alchemy, get_nfts_moralis
from runtime.deadline import Deadline
from runtime.responses import ProxyResponse
from runtime.traces import NO_TRACES
from tests.fixtures.upstream import ALCHEMY_KEY, CANARIES, MORALIS_KEY, FakeProvider
from tests.unit.nft.conftest import Stage
from tests.unit.nft.gallery_fixtures import Clock

OWNER = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266"
ALCHEMY_PAGE = b'{"ownedNfts":[ {"tokenId":"\\u00e9 1"} ],"totalCount":1,"pageKey":null}\n'
MORALIS_PAGE = b'{"status":"SYNCED","page":1,"cursor":null,"result":[{"token_id":"1"}]}'

Build = Callable[..., Any]


@dataclass(frozen=True)
class Route:
    name: str
    provider: str
    function: Build
    page: bytes
    cursor: str

    def get(
        self,
        event: dict[str, Any],
        lambda_context: Any,
        stage: Stage,
        clock: Callable[[], float] = lambda: 100.0,
    ) -> ProxyResponse:
        lookups = RawLookups(getattr(stage.clients, self.provider), NO_TRACES)
        return stage.answer(
            self.function,
            lookups,
            event,
            lambda_context,
            resource=f"/{self.name}",
            provider=self.provider,
            clock=clock,
        )

    def __str__(self) -> str:
        return self.name


ALCHEMY, MORALIS = ROUTES = [
    Route("getNFTsAlchemyLambda", "alchemy", get_nfts_alchemy.get_nfts, ALCHEMY_PAGE, "pageKey"),
    Route("getNFTsMoralisLambda", "moralis", get_nfts_moralis.get_nfts, MORALIS_PAGE, "cursor"),
]
every_route = pytest.mark.parametrize("route", ROUTES, ids=str)


def error_of(response: ProxyResponse) -> dict[str, str]:
    body = json.loads(response["body"])
    assert list(body) == ["error"]
    error: dict[str, str] = body["error"]
    assert set(error) == {"code", "message", "requestId"}
    return error


def query_of(provider: FakeProvider) -> dict[str, list[str]]:
    return parse_qs(urlsplit(str(provider.requests[-1].url)).query, keep_blank_values=True)


@every_route
def test_answers_with_the_providers_bytes_unchanged(
    route: Route, stage: Build, event: Build, lambda_context: Any
) -> None:
    provider = FakeProvider(body=route.page)
    response = route.get(event(), lambda_context, stage(provider))
    assert response["statusCode"] == 200
    assert response["body"].encode() == route.page
    assert response["isBase64Encoded"] is False
    assert response["headers"] == {
        "Content-Type": "application/json",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Vary": "Origin",
        "Access-Control-Allow-Origin": "https://gallery.example",
        "Access-Control-Expose-Headers": "Retry-After,x-amzn-RequestId",
    }


def test_asks_alchemy_with_the_key_in_the_header_only(
    stage: Build, event: Build, lambda_context: Any
) -> None:
    provider = FakeProvider(body=ALCHEMY_PAGE)
    ALCHEMY.get(event({"pageKey": "a+b/c=="}), lambda_context, stage(provider))
    sent = provider.requests[0]
    assert str(sent.url).startswith("https://eth-mainnet.alchemy.example/nft/v3/getNFTsForOwner?")
    assert query_of(provider) == {
        "owner": [OWNER],
        "withMetadata": ["true"],
        "pageSize": ["100"],
        "pageKey": ["a+b/c=="],
    }
    assert sent.headers["Authorization"] == f"Bearer {ALCHEMY_KEY}"
    assert ALCHEMY_KEY not in str(sent.url)


def test_asks_moralis_with_the_key_in_the_header_only(
    stage: Build, event: Build, lambda_context: Any
) -> None:
    provider = FakeProvider(body=MORALIS_PAGE)
    MORALIS.get(event({"chain": "Polygon Amoy"}), lambda_context, stage(provider))
    sent = provider.requests[0]
    assert str(sent.url).startswith(f"https://moralis.example/api/v2.2/{OWNER}/nft?")
    assert query_of(provider) == {
        "chain": ["0x13882"],
        "format": ["decimal"],
        "normalizeMetadata": ["true"],
        "media_items": ["true"],
        "limit": ["100"],
    }
    assert sent.headers["X-API-Key"] == MORALIS_KEY
    assert MORALIS_KEY not in str(sent.url)


def test_sends_moralis_no_limit_along_with_a_cursor(
    stage: Build, event: Build, lambda_context: Any
) -> None:
    provider = FakeProvider(body=MORALIS_PAGE)
    MORALIS.get(event({"cursor": "eyJ.next"}), lambda_context, stage(provider))
    query = query_of(provider)
    assert query["cursor"] == ["eyJ.next"]
    assert query["chain"] == ["0x1"]
    assert "limit" not in query


@every_route
def test_sends_nothing_of_the_callers_headers_upstream(
    route: Route, stage: Build, event: Build, lambda_context: Any
) -> None:
    provider = FakeProvider(body=route.page)
    request = event()
    request["headers"] |= {"x-forwarded-for": "203.0.113.9", "cookie": "a=b"}
    route.get(request, lambda_context, stage(provider))
    assert set(provider.requests[0].headers) == {
        "User-Agent",
        "Accept-Encoding",
        "Accept",
        "Connection",
        {"alchemy": "Authorization", "moralis": "X-API-Key"}[route.provider],
    }


@every_route
def test_takes_the_owner_from_the_token_whatever_the_query_says(
    route: Route, stage: Build, event: Build, lambda_context: Any
) -> None:
    other = "0x" + "9" * 40
    intruding = {"owner": other, "address": other, "contractAddresses[]": other, "limit": "7"}
    plain, intruded = FakeProvider(body=route.page), FakeProvider(body=route.page)
    route.get(event(), lambda_context, stage(plain))
    route.get(event(intruding), lambda_context, stage(intruded))
    assert intruded.requests[0].url == plain.requests[0].url
    assert OWNER in str(intruded.requests[0].url)


@every_route
@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"cognito:username": None}, "unauthorized"),
        ({"cognito:username": ""}, "unauthorized"),
        ({"cognito:username": OWNER.upper()}, "unauthorized"),
        ({"cognito:username": f"{OWNER}/../x"}, "unauthorized"),
        ({"cognito:username": f"{OWNER}\n"}, "unauthorized"),
        ({"cognito:username": [OWNER]}, "unauthorized"),
    ],
)
def test_refuses_a_caller_whose_token_names_no_wallet(
    route: Route,
    claims: dict[str, object],
    code: str,
    stage: Build,
    event: Build,
    lambda_context: Any,
) -> None:
    provider = FakeProvider(body=route.page)
    response = route.get(event(**claims), lambda_context, stage(provider))
    assert response["statusCode"] == 401
    assert error_of(response)["code"] == code
    assert provider.requests == []


@every_route
@pytest.mark.parametrize("broken", [{}, {"requestContext": None}, {"requestContext": {}}])
def test_refuses_an_event_without_an_authorizer(
    route: Route, broken: dict[str, object], stage: Build, lambda_context: Any
) -> None:
    response = route.get(broken, lambda_context, stage(FakeProvider()))
    assert response["statusCode"] == 401
    assert error_of(response)["requestId"] == "function-request-1"


@every_route
@pytest.mark.parametrize("cursor", ["x" * 2049, "a b", "a\nb", "a\x00", "\u202e", "é"])
def test_refuses_a_cursor_that_cannot_be_one(
    route: Route, cursor: str, stage: Build, event: Build, lambda_context: Any
) -> None:
    provider = FakeProvider(body=route.page)
    response = route.get(event({route.cursor: cursor}), lambda_context, stage(provider))
    assert response["statusCode"] == 400
    assert error_of(response)["code"] == "invalid_cursor"
    assert provider.requests == []


@every_route
def test_passes_a_cursor_of_the_greatest_length_on(
    route: Route, stage: Build, event: Build, lambda_context: Any
) -> None:
    provider = FakeProvider(body=route.page)
    response = route.get(event({route.cursor: "x" * 2048}), lambda_context, stage(provider))
    assert response["statusCode"] == 200
    assert query_of(provider)[route.cursor] == ["x" * 2048]


@every_route
def test_reads_an_empty_cursor_as_the_first_page(
    route: Route, stage: Build, event: Build, lambda_context: Any
) -> None:
    provider = FakeProvider(body=route.page)
    route.get(event({route.cursor: ""}), lambda_context, stage(provider))
    assert route.cursor not in query_of(provider)


def test_refuses_a_chain_that_is_not_on_the_list(
    stage: Build, event: Build, lambda_context: Any
) -> None:
    provider = FakeProvider(body=MORALIS_PAGE)
    response = MORALIS.get(event({"chain": "gnosis"}), lambda_context, stage(provider))
    assert response["statusCode"] == 400
    assert error_of(response)["code"] == "unsupported_chain"
    assert provider.requests == []


FAILURES = [
    (400, {}, b'{"message":"x"}', 400, "bad_request", None),
    (401, {}, b'{"message":"Token is invalid format"}', 502, "upstream_auth", None),
    (403, {}, b"<html>error code: 1020</html>", 502, "upstream_auth", None),
    (404, {}, b"{}", 404, "not_found", None),
    (429, {}, b"{}", 429, "rate_limited", "1"),
    (429, {"Retry-After": "7"}, b"{}", 429, "rate_limited", "7"),
    (429, {"Retry-After": "86400"}, b"{}", 429, "rate_limited", "60"),
    (429, {"Retry-After": "0"}, b"{}", 429, "rate_limited", "1"),
    (429, {"Retry-After": "-5"}, b"{}", 429, "rate_limited", "1"),
    (429, {"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, b"", 429, "rate_limited", "1"),
    (429, {"Retry-After": "7.5"}, b"", 429, "rate_limited", "1"),
    (429, {"Retry-After": "soon"}, b"", 429, "rate_limited", "1"),
    (429, {"Retry-After": ""}, b"", 429, "rate_limited", "1"),
    (500, {}, b"Monthly capacity limit exceeded", 502, "upstream_unavailable", None),
    (500, {}, b"included usage has been consumed", 502, "upstream_unavailable", None),
    (
        200,
        {"Content-Type": "text/html"},
        b'{"ownedNfts":[],"result":[]}',
        502,
        "upstream_unavailable",
        None,
    ),
    (500, {}, b'{"error":"Error fetching nft data"}', 502, "upstream_unavailable", None),
    (503, {}, b"", 502, "upstream_unavailable", None),
    (504, {}, b"Request timed out.", 502, "upstream_unavailable", None),
    (302, {"Location": "https://evil.example/"}, b"", 502, "upstream_unavailable", None),
    (202, {}, b"{}", 502, "upstream_unavailable", None),
    (200, {"Content-Type": "text/html"}, b"<html>", 502, "upstream_unavailable", None),
    (200, {}, b"<html>", 502, "upstream_unavailable", None),
    (200, {}, b'{"ownedNfts":[', 502, "upstream_unavailable", None),
    (200, {}, b'{"error":{"code":429}}', 502, "upstream_unavailable", None),
    (200, {}, b"[]", 502, "upstream_unavailable", None),
    (200, {}, b"null", 502, "upstream_unavailable", None),
    (200, {}, b'{"result":[NaN],"ownedNfts":[]}', 502, "upstream_unavailable", None),
    (200, {}, b"\xff\xfe{}", 502, "upstream_unavailable", None),
    (200, {}, b"[" * 200_000, 502, "upstream_unavailable", None),
]


@every_route
@pytest.mark.parametrize(
    ("upstream", "headers", "body", "status", "code", "retry_after"),
    FAILURES,
    ids=[f"{case[0]}-{case[4]}-{number}" for number, case in enumerate(FAILURES)],
)
def test_maps_every_upstream_failure_without_its_body(
    route: Route,
    upstream: int,
    headers: dict[str, str],
    body: bytes,
    status: int,
    code: str,
    retry_after: str | None,
    stage: Build,
    event: Build,
    lambda_context: Any,
) -> None:
    told = FakeProvider(upstream, body, headers=headers)
    setting = stage(told)
    response = route.get(event(), lambda_context, setting)
    assert (response["statusCode"], error_of(response)["code"]) == (status, code)
    assert error_of(response)["requestId"] == "gateway-request-1"
    assert response["headers"].get("Retry-After") == retry_after
    assert response["headers"]["Access-Control-Allow-Origin"] == "https://gallery.example"
    assert len(told.requests) == 1, "no retry, no redirect followed"
    (line,) = setting.log_lines
    assert (line["upstream_status"], line["error_code"]) == (upstream, code)


def quota_bodies() -> list[tuple[Route, int, bytes]]:
    plan = b'{"message":"Validation service blocked: Your plan: free-plan-daily total included'
    used = b'{"message":"Your plan: free total included usage has been consumed, please upgrade"}'
    monthly = b'{"error":{"message":"Monthly capacity limit exceeded. Visit https://x"}}'
    return [(ROUTES[1], 401, plan), (ROUTES[1], 401, used), (ROUTES[0], 403, monthly)]


@pytest.mark.parametrize(("route", "status", "body"), quota_bodies())
def test_tells_a_plan_that_is_used_up_from_a_key_that_is_refused(
    route: Route, status: int, body: bytes, stage: Build, event: Build, lambda_context: Any
) -> None:
    response = route.get(event(), lambda_context, stage(FakeProvider(status, body)))
    assert (response["statusCode"], error_of(response)["code"]) == (503, "upstream_quota")
    assert response["headers"]["Retry-After"] == "3600"


TRANSPORT_FAILURES = [
    (requests.ConnectTimeout(f"key={ALCHEMY_KEY}"), 504, "upstream_timeout"),
    (requests.ReadTimeout(MORALIS_KEY), 504, "upstream_timeout"),
    (requests.ConnectionError(f"refused {ALCHEMY_KEY} {MORALIS_KEY}"), 502, "upstream_unavailable"),
    (requests.exceptions.ChunkedEncodingError(ALCHEMY_KEY), 502, "upstream_unavailable"),
    (requests.exceptions.ContentDecodingError(MORALIS_KEY), 502, "upstream_unavailable"),
    (requests.exceptions.InvalidHeader(f"Bearer {ALCHEMY_KEY}"), 502, "upstream_unavailable"),
    (OSError(MORALIS_KEY), 502, "upstream_unavailable"),
    (RuntimeError(ALCHEMY_KEY), 502, "upstream_unavailable"),
]


@every_route
@pytest.mark.parametrize(("error", "status", "code"), TRANSPORT_FAILURES, ids=repr)
def test_maps_every_transport_failure(
    route: Route,
    error: Exception,
    status: int,
    code: str,
    stage: Build,
    event: Build,
    lambda_context: Any,
) -> None:
    setting = stage(FakeProvider(error=error))
    response = route.get(event(), lambda_context, setting)
    assert (response["statusCode"], error_of(response)["code"]) == (status, code)
    assert_no_canary(response, setting.log_text)


@every_route
@pytest.mark.parametrize("status", [200, 302, 400, 401, 403, 404, 429, 500, 503])
def test_shows_no_key_and_no_token_in_response_or_log_when_the_provider_echoes_them(
    route: Route, status: int, stage: Build, event: Build, lambda_context: Any
) -> None:
    echo = json.dumps({"error": {"message": " ".join(CANARIES)}}).encode()
    setting = stage(FakeProvider(status, echo, headers={"Location": f"https://x/{ALCHEMY_KEY}"}))
    response = route.get(event(), lambda_context, setting)
    assert response["statusCode"] >= 400
    assert_no_canary(response, setting.log_text)


@every_route
def test_answers_an_unexpected_error_in_the_one_shape_and_logs_where_it_was(
    route: Route, stage: Build, event: Build, lambda_context: Any
) -> None:
    def broken(_request: object, _seconds: float) -> Any:
        raise ZeroDivisionError(f"with {ALCHEMY_KEY}, {MORALIS_KEY} and {CANARIES[2]}")

    setting = stage(None, transport=broken)
    response = route.get(event(), lambda_context, setting)
    assert (response["statusCode"], error_of(response)["code"]) == (500, "internal_error")
    assert_no_canary(response, setting.log_text)
    (line,) = setting.log_lines
    assert line["level"] == "ERROR"
    assert line["error"] == "ZeroDivisionError"
    assert any(frame.endswith(" broken") for frame in line["cause"])


@every_route
def test_writes_one_line_for_a_good_request_and_nothing_of_the_event(
    route: Route, stage: Build, event: Build, lambda_context: Any
) -> None:
    clock = Clock()

    def transport(request: object, deadline: Deadline) -> UpstreamReply:
        clock.advance(0.25)
        return UpstreamReply(200, "application/json", None, route.page)

    setting = stage(None, transport=transport)
    response = route.get(event(), lambda_context, setting, clock)
    (line,) = setting.log_lines
    wanted = {
        "request_id": "gateway-request-1",
        "function_request_id": "function-request-1",
        "route": f"/{route.name}",
        "provider": route.provider,
        "status": 200,
        "upstream_status": 200,
        "latency_ms": 250,
    }
    assert wanted.items() <= line.items()
    assert OWNER not in setting.log_text
    assert_no_canary(response, setting.log_text)


@every_route
@pytest.mark.parametrize(("remaining", "given"), [(10.0, 8.0), (5.0, 4.5), (8.5, 8.0), (1.0, 0.5)])
def test_gives_the_provider_less_time_than_the_function_has_left(
    route: Route, remaining: float, given: float, stage: Build, event: Build, lambda_context: Any
) -> None:
    asked: list[float] = []

    def transport(_request: object, deadline: Deadline) -> Any:
        asked.append(deadline.left())
        raise UpstreamTimeoutError

    lambda_context.remaining = remaining
    route.get(event(), lambda_context, stage(None, transport=transport))
    assert asked == [given]


@every_route
def test_does_not_ask_when_no_time_is_left(
    route: Route, stage: Build, event: Build, lambda_context: Any
) -> None:
    provider = FakeProvider(body=route.page)
    lambda_context.remaining = 0.4
    response = route.get(event(), lambda_context, stage(provider))
    assert (response["statusCode"], provider.requests) == (504, [])


@every_route
def test_echoes_a_listed_origin_only(
    route: Route, stage: Build, event: Build, lambda_context: Any
) -> None:
    request = event()
    request["headers"] = {"Origin": "https://gallery.example.evil.example"}
    headers = route.get(request, lambda_context, stage(FakeProvider(body=route.page)))["headers"]
    assert "Access-Control-Allow-Origin" not in headers
    assert headers["Vary"] == "Origin"


@every_route
@pytest.mark.parametrize("name", ["origin", "Origin", "ORIGIN"])
def test_finds_the_origin_however_the_client_wrote_its_header(
    route: Route, name: str, stage: Build, event: Build, lambda_context: Any
) -> None:
    request = event()
    request["headers"] = {name: "http://localhost:3000"}
    headers = route.get(request, lambda_context, stage(FakeProvider(body=route.page)))["headers"]
    assert headers["Access-Control-Allow-Origin"] == "http://localhost:3000"


def assert_no_canary(response: ProxyResponse, log_text: str) -> None:
    told = json.dumps(response) + log_text
    assert [canary for canary in CANARIES if canary in told] == []
