"""How endpoints' answers, and their absence, become method responses."""

from typing import Any

import httpx
import pytest

ORIGIN = "http://localhost:3000"


@pytest.mark.parametrize(
    ("upstream", "status", "code"),
    [
        (400, 400, "bad_request"),
        (401, 502, "upstream_auth"),
        (403, 502, "upstream_auth"),
        (404, 404, "not_found"),
        (429, 429, "rate_limited"),
        (302, 502, "upstream_unavailable"),
        (500, 502, "upstream_unavailable"),
        (503, 502, "upstream_unavailable"),
    ],
)
def test_the_upstream_status_selects_the_response(
    gateway: Any, upstream: Any, status: Any, code: Any
) -> None:
    gateway.endpoint.status = upstream
    gateway.endpoint.body = b"<html>provider-key</html>"
    gateway.endpoint.headers = {"location": "https://elsewhere.example/", "set-cookie": "a=b"}
    response = gateway.get("/getNFTsAlchemy", "good", Origin=ORIGIN)
    assert response.status_code == status
    assert response.json()["error"]["code"] == code
    assert response.json()["error"]["requestId"] == response.headers["x-amzn-requestid"]
    assert response.headers["access-control-allow-origin"] == ORIGIN
    assert "location" not in response.headers
    assert "set-cookie" not in response.headers
    assert len(gateway.endpoint.requests) == 1


def test_a_selection_pattern_must_match_the_whole_status(gateway: Any) -> None:
    gateway.integration["responses"] = {
        "20": gateway.integration["responses"]["200"],
        "default": gateway.integration["responses"]["default"],
    }
    assert gateway.get("/getNFTsAlchemy", "good").status_code == 502


def test_without_a_matching_response_it_is_an_internal_server_error(gateway: Any) -> None:
    del gateway.integration["responses"]["default"]
    gateway.endpoint.status = 500
    response = gateway.get("/getNFTsAlchemy", "good")
    assert response.status_code == 500
    assert response.json() == {"message": "Internal server error"}
    assert response.headers["x-amzn-errortype"] == "InternalServerErrorException"
    assert response.headers["access-control-allow-origin"] == ORIGIN


def test_without_a_selection_pattern_every_status_becomes_the_default(gateway: Any) -> None:
    gateway.integration["responses"] = {"default": gateway.integration["responses"]["200"]}
    gateway.endpoint.status = 400
    assert gateway.get("/getNFTsAlchemy", "good").status_code == 200


def test_a_slow_endpoint_times_out(gateway: Any) -> None:
    gateway.endpoint.is_silent = True
    gateway.integration["timeoutInMillis"] = 50
    response = gateway.get("/getNFTsAlchemy", "good")
    assert response.status_code == 504
    assert response.json() == {"message": "Endpoint request timed out"}
    assert response.headers["x-amzn-errortype"] == "InternalServerErrorException"
    assert response.headers["access-control-allow-origin"] == ORIGIN


@pytest.mark.parametrize("failure", [httpx.ConnectTimeout("x"), httpx.ReadTimeout("x")])
def test_a_timeout_of_the_client_is_a_timeout(gateway: Any, failure: Any) -> None:
    gateway.endpoint.failure = failure
    assert gateway.get("/getNFTsAlchemy", "good").status_code == 504


@pytest.mark.parametrize(
    "failure", [httpx.ConnectError("refused provider-key"), httpx.RemoteProtocolError("x")]
)
def test_an_unreachable_endpoint_is_a_network_error(gateway: Any, failure: Any) -> None:
    gateway.endpoint.failure = failure
    response = gateway.get("/getNFTsAlchemy", "good")
    assert response.status_code == 504
    assert response.json() == {"message": "Network error communicating with endpoint"}


def test_a_real_refused_connection_is_a_network_error(gateway: Any, free_tcp_port: Any) -> None:
    gateway.integration["uri"] = f"http://127.0.0.1:{free_tcp_port}/nft"
    api = gateway.build()
    api._http = httpx.AsyncClient()
    response = gateway.get("/getNFTsAlchemy", "good")
    assert response.json() == {"message": "Network error communicating with endpoint"}


def test_an_answer_over_ten_megabytes_is_refused(gateway: Any) -> None:
    gateway.endpoint.body = b"x" * (10 * 1024 * 1024 + 1)
    response = gateway.get("/getNFTsAlchemy", "good")
    assert response.status_code == 500
    assert response.json() == {"message": "Internal server error"}


@pytest.mark.parametrize("behavior", ["never", "when_no_templates"])
@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "application/jsonx"])
def test_a_wrong_content_type_cannot_skip_the_template(
    gateway: Any, behavior: Any, content_type: Any
) -> None:
    gateway.integration["passthroughBehavior"] = behavior
    response = gateway.get("/getNFTsAlchemy", "good", Content_Type=content_type)
    assert response.status_code == 415
    assert response.json() == {"message": "Unsupported Media Type"}
    assert gateway.endpoint.requests == []


def test_when_no_match_lets_a_wrong_content_type_skip_the_template_as_on_aws(gateway: Any) -> None:
    gateway.integration["passthroughBehavior"] = "when_no_match"
    assert gateway.get("/getNFTsAlchemy", "good", Content_Type="text/plain").status_code == 200
    assert "owner" not in gateway.upstream.url.params


def test_a_charset_does_not_change_the_content_type(gateway: Any) -> None:
    response = gateway.get("/getNFTsAlchemy", "good", Content_Type="application/JSON; charset=x")
    assert response.status_code == 200


def test_never_without_a_template_refuses_everything(gateway: Any) -> None:
    del gateway.integration["requestTemplates"]
    assert gateway.get("/getNFTsAlchemy", "good").status_code == 415


def test_an_override_set_twice_is_a_server_error(gateway: Any) -> None:
    template = gateway.integration["requestTemplates"]["application/json"]
    gateway.integration["requestTemplates"]["application/json"] = (
        template + "#set($context.requestOverride.querystring.owner = 'x')"
    )
    response = gateway.get("/getNFTsAlchemy", "good")
    assert response.status_code == 500
    assert gateway.endpoint.requests == []


def test_an_override_is_final_over_a_mapping(gateway: Any) -> None:
    mapping = {"integration.request.querystring.owner": "method.request.querystring.pageKey"}
    gateway.integration["requestParameters"] = mapping
    gateway.get("/getNFTsAlchemy?pageKey=0xbb", "good")
    assert gateway.upstream.url.params["owner"].endswith("aa")


def test_a_template_that_fails_calls_nobody(gateway: Any) -> None:
    gateway.integration["requestTemplates"]["application/json"] = "$input.json('$.a')"
    response = gateway.send(
        "GET", "/getNFTsAlchemy", headers={"Authorization": "good"}, content=b"not json"
    )
    assert response.status_code == 500
    assert gateway.endpoint.requests == []


def test_a_rendered_body_goes_upstream_with_post(gateway: Any) -> None:
    gateway.integration["httpMethod"] = "POST"
    gateway.integration["requestTemplates"]["application/json"] = "{\"q\":$input.json('$.q')}"
    gateway.send(
        "GET", "/getNFTsAlchemy", headers={"Authorization": "good"}, content=b'{"q":[1,"\xc3\xa9"]}'
    )
    assert gateway.upstream.content.decode() == '{"q":[1, "é"]}'
    assert gateway.upstream.headers["content-type"] == "application/json"


def test_mapped_response_headers_come_from_the_endpoint(gateway: Any) -> None:
    responses = gateway.body["paths"]["/getNFTsAlchemy"]["get"]["responses"]
    for name in ("Retry-After", "X-Request"):
        responses["429"]["headers"][name] = {"schema": {"type": "string"}}
    gateway.integration["responses"]["429"]["responseParameters"] |= {
        "method.response.header.Retry-After": "integration.response.header.Retry-After",
        "method.response.header.X-Request": "context.requestId",
    }
    gateway.endpoint.status = 429
    gateway.endpoint.headers = {"retry-after": "7", "x-other": "no"}
    response = gateway.get("/getNFTsAlchemy", "good")
    assert response.headers["retry-after"] == "7"
    assert response.headers["x-request"] == response.headers["x-amzn-requestid"]
    assert "x-other" not in response.headers


def test_a_response_header_that_the_endpoint_does_not_send_maps_nothing(gateway: Any) -> None:
    responses = gateway.body["paths"]["/getNFTsAlchemy"]["get"]["responses"]
    responses["429"]["headers"]["Retry-After"] = {"schema": {"type": "string"}}
    gateway.integration["responses"]["429"]["responseParameters"] |= {
        "method.response.header.Retry-After": "integration.response.header.Retry-After"
    }
    gateway.endpoint.status = 429
    assert "retry-after" not in gateway.get("/getNFTsAlchemy", "good").headers


def test_a_header_value_that_http_cannot_carry_is_a_server_error(gateway: Any) -> None:
    key = "integration.request.header.X-Wallet"
    gateway.integration["requestParameters"][key] = "context.authorizer.claims.wallet"
    for wallet in ("a\r\nX-Evil: 1", "☃"):
        gateway.neighbours.claims["wallet"] = wallet
        assert gateway.get("/getNFTsAlchemy", "good").status_code == 500
    assert gateway.endpoint.requests == []


def test_an_answer_without_templates_passes_through(gateway: Any) -> None:
    del gateway.integration["responses"]["200"]["responseTemplates"]
    gateway.endpoint.body = b"\xff\x00raw"
    gateway.endpoint.headers = {"content-type": "text/html"}
    response = gateway.get("/getNFTsAlchemy", "good")
    assert response.content == b"\xff\x00raw"
    assert response.headers["content-type"] == "application/json"


def test_stage_variables_fill_the_uri(gateway: Any) -> None:
    gateway.integration["uri"] = "https://${stageVariables.host}/nft"
    gateway.stage = {"Variables": {"host": "other.example"}}
    gateway.get("/getNFTsAlchemy", "good")
    assert gateway.upstream.url.host == "other.example"


def test_a_mapped_header_replaces_the_gateways_own(gateway: Any) -> None:
    gateway.integration["requestParameters"]["integration.request.header.accept"] = "'text/plain'"
    gateway.get("/getNFTsAlchemy", "good")
    assert gateway.upstream.headers.get_list("accept") == ["text/plain"]
