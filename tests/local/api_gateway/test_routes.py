"""The gallery's routes end to end, against an in-process endpoint."""

import json
from typing import Any

ORIGIN = "http://localhost:3000"
WALLET = "0x00000000000000000000000000000000000000aa"


def test_health_is_answered_by_the_mock(gateway: Any) -> None:
    response = gateway.get("/health")
    assert response.status_code == 200
    assert response.json() == {"status": "ok"}
    assert response.headers["content-type"] == "application/json"


def test_every_response_names_the_request(gateway: Any) -> None:
    for path in ("/health", "/nowhere"):
        response = gateway.get(path)
        assert response.headers["x-amzn-requestid"] == "11111111-2222-3333-4444-555555555555"
        assert response.headers["x-amz-apigw-id"]


def test_an_unknown_path_misses_a_token(gateway: Any) -> None:
    response = gateway.get("/nowhere")
    assert response.status_code == 403
    assert response.json() == {"message": "Missing Authentication Token"}
    assert response.headers["x-amzn-errortype"] == "MissingAuthenticationTokenException"


def test_an_unknown_verb_misses_a_token(gateway: Any) -> None:
    assert gateway.send("POST", "/health").status_code == 403
    assert gateway.send("OPTIONS", "/health").status_code == 403


def test_a_trailing_slash_is_another_path(gateway: Any) -> None:
    assert gateway.get("/health/").status_code == 403


def test_the_wallet_of_the_token_becomes_the_owner_in_the_query(gateway: Any) -> None:
    response = gateway.get("/getNFTsAlchemy?pageKey=abc", "good")
    assert response.status_code == 200
    assert response.json() == {"ownedNfts": []}
    assert dict(gateway.upstream.url.params) == {"pageKey": "abc", "owner": WALLET}
    assert gateway.upstream.url.path == "/nft/v3/getNFTsForOwner"
    assert gateway.upstream.headers["x-api-key"] == "provider-key"


def test_the_wallet_of_the_token_becomes_the_address_in_the_path(gateway: Any) -> None:
    assert gateway.get("/getNFTsMoralis?chain=eth", "good").status_code == 200
    assert gateway.upstream.url.path == f"/api/v2.2/{WALLET}/nft"
    assert dict(gateway.upstream.url.params) == {"chain": "eth"}


def test_an_owner_or_address_from_the_client_has_no_effect(gateway: Any) -> None:
    gateway.get("/getNFTsAlchemy?owner=0xbb&address=0xbb&Owner=0xbb", "good")
    assert gateway.upstream.url.params.multi_items() == [("owner", WALLET)]


def test_an_owner_inside_a_mapped_value_stays_inside_that_value(gateway: Any) -> None:
    gateway.get("/getNFTsAlchemy?pageKey=a%26owner%3D0xbb", "good")
    assert gateway.upstream.url.params.multi_items() == [
        ("pageKey", "a&owner=0xbb"),
        ("owner", WALLET),
    ]


def test_a_semicolon_separates_query_parameters_as_on_aws(gateway: Any) -> None:
    gateway.get("/getNFTsAlchemy?pageKey=a;owner=0xbb", "good")
    assert gateway.upstream.url.params.multi_items() == [("pageKey", "a"), ("owner", WALLET)]


def test_nothing_of_the_clients_headers_goes_upstream(gateway: Any) -> None:
    canaries = {
        "Authorization": "Bearer good",
        "Cookie": "session=canary",
        "X-Api-Key": "canary",
        "X-Amz-Security-Token": "canary",
        "User-Agent": "canary",
        "Accept": "canary/*",
        "Accept-Encoding": "gzip",
        "Origin": ORIGIN,
        "X-Forwarded-For": "canary",
    }
    gateway.send("GET", "/getNFTsAlchemy", headers=canaries)
    sent = dict(gateway.upstream.headers)
    trace = sent.pop("x-amzn-trace-id")
    assert trace.startswith("Root=1-")
    assert sent == {
        "host": "alchemy.example",
        "accept": "application/json",
        "user-agent": "AmazonAPIGateway_abcde12345",
        "x-amzn-apigateway-api-id": "abcde12345",
        "x-api-key": "provider-key",
    }


def test_the_body_of_the_client_does_not_go_upstream_with_get(gateway: Any) -> None:
    gateway.send(
        "GET", "/getNFTsAlchemy", headers={"Authorization": "Bearer good"}, content=b'{"a":1}'
    )
    assert gateway.upstream.content == b""


def test_a_listed_origin_is_echoed_on_success_and_on_preflight(gateway: Any) -> None:
    allowed = gateway.get("/getNFTsAlchemy", "good", Origin=ORIGIN)
    assert allowed.headers["access-control-allow-origin"] == ORIGIN
    preflight = gateway.send("OPTIONS", "/getNFTsAlchemy", headers={"Origin": ORIGIN})
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-origin"] == ORIGIN


def test_a_204_has_no_body_even_when_its_template_renders_a_line(gateway: Any) -> None:
    options = gateway.body["paths"]["/getNFTsAlchemy"]["options"]
    default = options["x-amazon-apigateway-integration"]["responses"]["default"]
    default["responseTemplates"]["application/json"] = "$context.stage"
    response = gateway.send("OPTIONS", "/getNFTsAlchemy")
    assert response.status_code == 204
    assert response.content == b""


def test_an_unlisted_origin_gets_the_default_origin(gateway: Any) -> None:
    response = gateway.get("/getNFTsAlchemy", "good", Origin="https://evil.example")
    assert response.headers["access-control-allow-origin"] == ORIGIN


def test_gateway_errors_carry_the_cors_header(gateway: Any) -> None:
    assert gateway.get("/getNFTsAlchemy").headers["access-control-allow-origin"] == ORIGIN


def test_a_missing_required_parameter_is_named(gateway: Any) -> None:
    resource = "arn:aws:execute-api:us-east-1:123456789012:abcde12345/prod/GET"
    gateway.neighbours.allowed = {f"{resource}/getNFTsCollectionAlchemy"}
    signed = {"Authorization": "AWS4-HMAC-SHA256 Credential=x"}
    for query in ("", "?contractAddress=", "?ContractAddress=0x1"):
        response = gateway.send("GET", f"/getNFTsCollectionAlchemy{query}", headers=signed)
        assert response.status_code == 400
        assert response.json() == {
            "message": "Missing required request parameters: [contractAddress]"
        }
        assert response.headers["x-amzn-errortype"] == "BadRequestException"
    assert gateway.endpoint.requests == []


def test_a_signed_collection_lookup_passes_with_its_static_parameter(gateway: Any) -> None:
    resource = "arn:aws:execute-api:us-east-1:123456789012:abcde12345/prod/GET"
    gateway.neighbours.allowed = {f"{resource}/getNFTsCollectionAlchemy"}
    signed = {"Authorization": "AWS4-HMAC-SHA256 Credential=x"}
    response = gateway.send("GET", "/getNFTsCollectionAlchemy?contractAddress=0x1", headers=signed)
    assert response.status_code == 200
    assert dict(gateway.upstream.url.params) == {"contractAddress": "0x1", "withMetadata": "true"}


def test_a_request_over_ten_megabytes_is_too_long(gateway: Any) -> None:
    response = gateway.send("POST", "/health", content=b"x" * (10 * 1024 * 1024 + 1))
    assert response.status_code == 413
    assert response.json() == {"message": "Request Too Long"}


def test_path_parameters_are_decoded_and_static_segments_win(gateway: Any) -> None:
    integration = gateway.body["paths"]["/health"]["get"]["x-amazon-apigateway-integration"]
    template = '{"id":"$input.params(\'id\')","path":"$context.resourcePath"}'
    integration["responses"]["default"]["responseTemplates"]["application/json"] = template
    gateway.body["paths"]["/tokens/{id}"] = {"get": gateway.body["paths"]["/health"]["get"]}
    gateway.body["paths"]["/tokens/all"] = {"get": gateway.body["paths"]["/health"]["get"]}
    assert gateway.get("/tokens/a%20b%2Fc").json() == {"id": "a b/c", "path": "/tokens/{id}"}
    assert gateway.get("/tokens/all").json() == {"id": "", "path": "/tokens/all"}
    assert gateway.get("/tokens/").status_code == 403


def test_a_static_path_without_the_verb_does_not_fall_back_to_a_parameter(gateway: Any) -> None:
    health = gateway.body["paths"]["/health"]["get"]
    gateway.body["paths"]["/{any}"] = {"post": health}
    assert gateway.send("POST", "/health").status_code == 403
    assert gateway.send("POST", "/other").status_code == 200


def test_hostile_claims_stay_values(gateway: Any) -> None:
    for claim in (
        "a&owner=b",
        'x"}#set($context.requestOverride.header.E="1")',
        "$input.body",
        "ü☃",
    ):
        gateway.endpoint.requests.clear()
        gateway.neighbours.claims["cognito:username"] = claim
        assert gateway.get("/getNFTsAlchemy", "good").status_code == 200
        assert gateway.upstream.url.params.multi_items() == [("owner", claim)]
        assert "e" not in gateway.upstream.headers


def test_a_hostile_claim_cannot_leave_its_path_segment(gateway: Any) -> None:
    gateway.neighbours.claims["cognito:username"] = "../admin?x=#"
    gateway.get("/getNFTsMoralis", "good")
    assert gateway.upstream.url.raw_path == b"/api/v2.2/..%2Fadmin%3Fx%3D%23/nft"
    for claim in ("..", ".", ""):
        gateway.neighbours.claims["cognito:username"] = claim
        assert gateway.get("/getNFTsMoralis", "good").status_code == 500
    assert len(gateway.endpoint.requests) == 1


def test_a_missing_claim_never_calls_the_path_endpoint(gateway: Any) -> None:
    del gateway.neighbours.claims["cognito:username"]
    response = gateway.get("/getNFTsMoralis", "good")
    assert response.status_code == 500
    assert response.json() == {"message": "Internal server error"}
    assert gateway.endpoint.requests == []


def test_the_provider_key_is_in_no_answer(gateway: Any) -> None:
    answers = [gateway.get("/getNFTsAlchemy", token) for token in ("good", "bad", "old")]
    for status in (400, 401, 404, 429, 500):
        gateway.endpoint.status = status
        answers.append(gateway.get("/getNFTsAlchemy", "good"))
    for answer in answers:
        assert "provider-key" not in answer.text + json.dumps(dict(answer.headers))
