"""The Lambda proxy event and what a function may answer."""

import base64
from typing import Any

import pytest

from local.api_gateway.ports import InvokeDeniedError

PATH = "/getNFTsAlchemyLambda"


def call(gateway: Any, answer: Any, **headers: Any) -> Any:
    gateway.neighbours.function = lambda event: answer
    return gateway.get(PATH, "good", **headers)


def test_the_function_is_invoked_as_api_gateway_for_this_method(gateway: Any) -> None:
    call(gateway, {"statusCode": 200})
    (invocation,) = gateway.neighbours.invocations
    assert invocation["arn"] == "arn:aws:lambda:us-east-1:123456789012:function:GetNFTsAlchemy"
    assert invocation["principal"] == "apigateway.amazonaws.com"
    assert invocation["source"] == (
        "arn:aws:execute-api:us-east-1:123456789012:abcde12345/prod/GET/getNFTsAlchemyLambda"
    )


def test_the_event_has_the_rest_api_shape(gateway: Any) -> None:
    gateway.get(f"{PATH}?pageKey=a&pageKey=b%26c", "good", X_Custom="1")
    event = gateway.neighbours.invocations[0]["event"]
    assert event["resource"] == event["path"] == PATH
    assert event["httpMethod"] == "GET"
    assert event["queryStringParameters"] == {"pageKey": "b&c"}
    assert event["multiValueQueryStringParameters"] == {"pageKey": ["a", "b&c"]}
    assert event["headers"]["Authorization"] == "Bearer good"
    assert event["multiValueHeaders"]["x-custom"] == ["1"]
    assert event["headers"]["X-Forwarded-For"] == "127.0.0.1"
    for empty in ("pathParameters", "stageVariables", "body"):
        assert event[empty] is None
    assert event["isBase64Encoded"] is False


@pytest.mark.parametrize("written", ["don%27t.eth", "a%2Bb", "a%2Fb", "%E2%9C%93.eth", "plain"])
def test_path_parameters_reach_a_function_as_the_client_wrote_them(
    gateway: Any, written: str
) -> None:
    gateway.body["paths"]["/names/{name}/x"] = gateway.body["paths"][PATH]
    gateway.get(f"/names/{written}/x", "good")
    event = gateway.neighbours.invocations[0]["event"]
    assert event["pathParameters"] == {"name": written}
    assert event["path"] == f"/names/{written}/x"


def test_the_event_context_holds_claims_as_strings(gateway: Any) -> None:
    gateway.neighbours.claims["cognito:groups"] = ["a", "b"]
    call(gateway, {"statusCode": 200})
    context = gateway.neighbours.invocations[0]["event"]["requestContext"]
    claims = context["authorizer"]["claims"]
    assert claims["cognito:username"].startswith("0x")
    assert claims["email_verified"] == "true"
    assert claims["auth_time"] == "1700000000"
    assert claims["exp"] == "Tue Nov 14 23:13:20 UTC 2023"
    assert claims["cognito:groups"] == "a,b"
    assert context["path"] == f"/prod{PATH}"
    assert context["resourcePath"] == PATH
    assert context["stage"] == "prod"
    assert context["requestTimeEpoch"] == 1_700_000_000_000
    assert context["requestTime"] == "14/Nov/2023:22:13:20 +0000"
    assert context["identity"]["sourceIp"] == "127.0.0.1"
    assert context["identity"]["userArn"] is None


def test_an_empty_query_is_null(gateway: Any) -> None:
    call(gateway, {"statusCode": 200})
    event = gateway.neighbours.invocations[0]["event"]
    assert event["queryStringParameters"] is None
    assert event["multiValueQueryStringParameters"] is None


def test_a_body_is_text_or_base64(gateway: Any) -> None:
    for body in (b"text", b"\xff\xfe"):
        gateway.send("GET", PATH, headers={"Authorization": "good"}, content=body)
    first, second = (i["event"] for i in gateway.neighbours.invocations)
    assert (first["body"], first["isBase64Encoded"]) == ("text", False)
    assert (base64.b64decode(second["body"]), second["isBase64Encoded"]) == (b"\xff\xfe", True)


def test_the_answer_becomes_the_response(gateway: Any) -> None:
    answer = {
        "statusCode": 404,
        "headers": {"Retry-After": "1", "X-Flag": True, "Content-Length": "3"},
        "multiValueHeaders": {"Set-Cookie": ["a=1", "b=2"]},
        "body": '{"é":1}',
        "isBase64Encoded": False,
    }
    response = call(gateway, answer)
    assert response.status_code == 404
    assert response.json() == {"é": 1}
    assert response.headers["retry-after"] == "1"
    assert response.headers["x-flag"] == "true"
    assert response.headers.get_list("set-cookie") == ["a=1", "b=2"]
    assert response.headers["content-type"] == "application/json"


def test_reserved_headers_are_remapped(gateway: Any) -> None:
    response = call(gateway, {"statusCode": 200, "headers": {"x-amzn-RequestId": "mine"}})
    assert response.headers["x-amzn-requestid"].startswith("1111")
    assert response.headers["x-amzn-remapped-x-amzn-requestid"] == "mine"


@pytest.mark.parametrize(
    ("answer", "status"), [({}, 200), ({"statusCode": "201"}, 201), ({"body": None}, 200)]
)
def test_every_field_of_the_answer_is_optional(gateway: Any, answer: Any, status: Any) -> None:
    assert call(gateway, answer).status_code == status


@pytest.mark.parametrize(
    "answer",
    [
        None,
        "text",
        [],
        {"message": "hello"},
        {"statusCode": "x"},
        {"statusCode": True},
        {"statusCode": 99},
        {"statusCode": 200, "body": {"a": 1}},
        {"statusCode": 200, "headers": {"a": 1}},
        {"statusCode": 200, "headers": []},
        {"statusCode": 200, "multiValueHeaders": {"a": "b"}},
        {"statusCode": 200, "cookies": []},
    ],
)
def test_a_malformed_answer_is_a_bad_gateway(gateway: Any, answer: Any) -> None:
    response = call(gateway, answer)
    assert response.status_code == 502
    assert response.json() == {"message": "Internal server error"}
    assert response.headers["x-amzn-errortype"] == "InternalServerErrorException"
    assert response.headers["access-control-allow-origin"] == "http://localhost:3000"


def failing(error: Any) -> Any:
    def function(event: Any) -> None:
        raise error

    return function


class FunctionError(Exception):
    """The shape of the error that local.aws_lambda raises."""


@pytest.mark.parametrize("error", [FunctionError("secret"), TimeoutError("function timed out")])
def test_a_function_that_failed_is_a_bad_gateway(gateway: Any, error: Any) -> None:
    gateway.neighbours.function = failing(error)
    response = gateway.get(PATH, "good")
    assert response.status_code == 502
    assert response.json() == {"message": "Internal server error"}


def test_a_function_without_permission_is_a_server_error(gateway: Any) -> None:
    gateway.neighbours.function = failing(InvokeDeniedError())
    assert gateway.get(PATH, "good").status_code == 500


def test_a_function_past_the_integration_timeout_is_a_gateway_timeout(gateway: Any) -> None:
    gateway.neighbours.function_is_silent = True
    operation = gateway.body["paths"][PATH]["get"]
    operation["x-amazon-apigateway-integration"]["timeoutInMillis"] = 50
    response = gateway.get(PATH, "good")
    assert response.status_code == 504
    assert response.json() == {"message": "Endpoint request timed out"}


def test_a_header_that_cannot_be_sent_is_a_server_error(gateway: Any) -> None:
    response = call(gateway, {"statusCode": 200, "headers": {"X-A": "a\r\nX-B: c"}})
    assert response.status_code == 500
    assert "x-b" not in response.headers
