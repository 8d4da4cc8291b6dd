"""Who may call which route, and AWS's texts when they may not."""

import base64
import hashlib
from typing import Any

import pytest

from local.api_gateway.errors import UnsupportedError
from local.api_gateway.ports import IamRefusedError

RESOURCE = "arn:aws:execute-api:us-east-1:123456789012:abcde12345/prod/GET/getNFTsCollectionAlchemy"
COLLECTION = "/getNFTsCollectionAlchemy?contractAddress=0x1"
SIGNED = "AWS4-HMAC-SHA256 Credential=ASIA/20260101/us-east-1/execute-api/aws4_request"


def test_an_unsigned_request_misses_a_token(gateway: Any) -> None:
    response = gateway.get(COLLECTION)
    assert response.status_code == 403
    assert response.json() == {"message": "Missing Authentication Token"}
    assert response.headers["x-amzn-errortype"] == "MissingAuthenticationTokenException"


def test_a_jwt_is_an_incomplete_signature_and_is_not_echoed(gateway: Any) -> None:
    response = gateway.get(COLLECTION, "secret-token")
    assert response.status_code == 403
    assert response.headers["x-amzn-errortype"] == "IncompleteSignatureException"
    digest = base64.b64encode(hashlib.sha256(b"Bearer secret-token").digest()).decode()
    assert response.json() == {
        "message": "Authorization header requires 'Credential' parameter. "
        "Authorization header requires 'Signature' parameter. "
        "Authorization header requires 'SignedHeaders' parameter. "
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
        f"(Hashed with SHA-256 and encoded with Base64) Authorization={digest}"
    }


@pytest.mark.parametrize(
    ("error_type", "message"),
    [
        ("InvalidSignatureException", "Signature expired: 20260101T000000Z is now earlier than"),
        ("ExpiredTokenException", "The security token included in the request is expired"),
        ("UnrecognizedClientException", "The security token included in the request is invalid."),
    ],
)
def test_a_refused_signature_keeps_its_type_and_text(
    gateway: Any, error_type: Any, message: Any
) -> None:
    gateway.neighbours.iam_refusal = IamRefusedError(error_type, message)
    response = gateway.get(COLLECTION, Authorization=SIGNED)
    assert response.status_code == 403
    assert response.headers["x-amzn-errortype"] == error_type
    assert response.json() == {"message": message}
    assert response.headers["access-control-allow-origin"] == "http://localhost:3000"


def test_a_caller_without_permission_is_denied_with_a_capital_message(gateway: Any) -> None:
    response = gateway.get(COLLECTION, Authorization=SIGNED)
    assert response.status_code == 403
    assert response.headers["x-amzn-errortype"] == "AccessDeniedException"
    assert response.json() == {
        "Message": "User: arn:aws:sts::123456789012:assumed-role/Guest/Session is not authorized "
        "to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:"
        "********9012:abcde12345/prod/GET/getNFTsCollectionAlchemy because no identity-based "
        "policy allows the execute-api:Invoke action"
    }
    assert gateway.neighbours.asked == [("execute-api:Invoke", RESOURCE)]
    assert gateway.endpoint.requests == []


def test_an_allowed_caller_passes_and_is_in_the_context(gateway: Any) -> None:
    gateway.neighbours.allowed = {RESOURCE}
    operation = gateway.body["paths"]["/getNFTsCollectionAlchemy"]["get"]
    integration = operation["x-amazon-apigateway-integration"]
    integration["requestParameters"] |= {
        "integration.request.header.X-Caller": "context.identity.userArn",
        "integration.request.header.X-Kind": "context.identity.cognitoAuthenticationType",
    }
    assert gateway.get(COLLECTION, Authorization=SIGNED).status_code == 200
    arn = "arn:aws:sts::123456789012:assumed-role/Guest/Session"
    assert gateway.upstream.headers["x-caller"] == arn
    assert gateway.upstream.headers["x-kind"] == "unauthenticated"


def test_an_encoded_slash_stays_encoded_in_the_resource(gateway: Any) -> None:
    gateway.body["paths"]["/tokens/{id}"] = {
        "get": gateway.body["paths"]["/health"]["get"]
        | {"x-amazon-apigateway-auth": {"type": "AWS_IAM"}}
    }
    gateway.get("/tokens/a%2Fb", Authorization=SIGNED)
    assert gateway.neighbours.asked[0][1].endswith("/prod/GET/tokens/a%2Fb")


def test_iam_can_be_declared_by_a_security_scheme(gateway: Any) -> None:
    gateway.body["components"]["securitySchemes"]["Signed"] = {
        "type": "apiKey",
        "name": "Authorization",
        "in": "header",
        "x-amazon-apigateway-authtype": "awsSigv4",
    }
    gateway.body["paths"]["/health"]["get"]["security"] = [{"Signed": []}]
    assert gateway.get("/health").json() == {"message": "Missing Authentication Token"}


@pytest.mark.parametrize("header", ["good", "Bearer good", "bearer good"])
def test_an_id_token_passes_raw_or_as_bearer(gateway: Any, header: Any) -> None:
    assert gateway.get("/getNFTsAlchemy", Authorization=header).status_code == 200


@pytest.mark.parametrize("header", [None, "", "Bearer ", "garbage", "access", SIGNED, "Basic good"])
def test_anything_but_an_id_token_is_unauthorized(gateway: Any, header: Any) -> None:
    headers = {} if header is None else {"Authorization": header}
    response = gateway.send("GET", "/getNFTsAlchemy", headers=headers)
    assert response.status_code == 401
    assert response.json() == {"message": "Unauthorized"}
    assert response.headers["x-amzn-errortype"] == "UnauthorizedException"
    assert gateway.endpoint.requests == []


def test_an_expired_id_token_says_so(gateway: Any) -> None:
    response = gateway.get("/getNFTsAlchemy", "old")
    assert response.status_code == 401
    assert response.json() == {"message": "The incoming token has expired"}
    assert response.headers["x-amzn-errortype"] == "UnauthorizedException"


@pytest.mark.parametrize("audience", ["client-2", "client-11", "xclient-1", ""])
def test_an_id_token_of_another_client_is_unauthorized(gateway: Any, audience: Any) -> None:
    gateway.neighbours.claims["aud"] = audience
    assert gateway.get("/getNFTsAlchemy", "good").status_code == 401


def test_an_id_token_of_another_pool_is_unauthorized(gateway: Any) -> None:
    scheme = gateway.body["components"]["securitySchemes"]["Wallet"]
    scheme["x-amazon-apigateway-authorizer"]["providerARNs"] = ["arn:other-pool"]
    assert gateway.get("/getNFTsAlchemy", "good").status_code == 401


def test_security_of_the_body_holds_for_operations_without_their_own(gateway: Any) -> None:
    gateway.body["security"] = [{"Wallet": []}]
    del gateway.body["paths"]["/getNFTsCollectionAlchemy"]
    gateway.body["paths"]["/getNFTsAlchemy"]["options"]["security"] = []
    assert gateway.get("/health").status_code == 401
    assert gateway.send("OPTIONS", "/getNFTsAlchemy").status_code == 204


def test_refuses_two_different_authorizers_for_one_operation(gateway: Any) -> None:
    gateway.body["paths"]["/getNFTsCollectionAlchemy"]["get"]["security"] = [{"Wallet": []}]
    with pytest.raises(UnsupportedError, match="different authorizers"):
        gateway.build()


def test_no_log_line_holds_a_token(gateway: Any, caplog: Any) -> None:
    caplog.set_level("DEBUG")
    gateway.get("/getNFTsAlchemy", "secret-token")
    gateway.get(COLLECTION, "secret-token")
    assert "UNAUTHORIZED" in caplog.text
    assert "secret-token" not in caplog.text


def behind_a_key(gateway: Any) -> None:
    """The collection's route without an authorizer, and with an API key required."""
    gateway.body["components"]["securitySchemes"]["Key"] = {
        "type": "apiKey",
        "name": "x-api-key",
        "in": "header",
    }
    operation = gateway.body["paths"]["/getNFTsCollectionAlchemy"]["get"]
    del operation["x-amazon-apigateway-auth"]
    operation["security"] = [{"Key": []}]
    gateway.api_keys = {"right"}


@pytest.mark.parametrize("headers", [{}, {"x_api_key": "wrong"}, {"x_api_key": ""}])
def test_a_route_behind_an_api_key_is_forbidden_without_it(gateway: Any, headers: Any) -> None:
    behind_a_key(gateway)
    response = gateway.get(COLLECTION, **headers)
    assert (response.status_code, response.json()) == (403, {"message": "Forbidden"})
    assert response.headers["x-amzn-errortype"] == "ForbiddenException"


def test_an_api_key_of_the_stage_opens_it(gateway: Any) -> None:
    behind_a_key(gateway)
    assert gateway.get(COLLECTION, x_api_key="right").status_code == 200


def test_another_header_for_api_keys_is_refused(gateway: Any) -> None:
    behind_a_key(gateway)
    gateway.body["components"]["securitySchemes"]["Key"]["name"] = "x-other"
    with pytest.raises(UnsupportedError, match="x-api-key"):
        gateway.build()
