"""Default and customised gateway responses."""

from typing import Any

import httpx
import pytest

RESPONSES = "x-amazon-apigateway-gateway-responses"


def test_without_customising_the_default_body_and_no_cors(gateway: Any) -> None:
    del gateway.body[RESPONSES]
    response = gateway.get("/getNFTsAlchemy")
    assert response.json() == {"message": "Unauthorized"}
    assert response.headers["content-type"] == "application/json"
    assert "access-control-allow-origin" not in response.headers


def test_a_type_inherits_from_default_4xx_only_without_an_own_entry(gateway: Any) -> None:
    gateway.body[RESPONSES]["UNAUTHORIZED"] = {"statusCode": 418}
    response = gateway.get("/getNFTsAlchemy")
    assert response.status_code == 418
    assert response.json() == {"message": "Unauthorized"}
    assert "access-control-allow-origin" not in response.headers
    assert "access-control-allow-origin" in gateway.get("/nowhere").headers


def test_message_string_is_quoted_and_message_is_not(gateway: Any) -> None:
    template = (
        '{"a":$context.error.messageString,"b":"$context.error.message",'
        '"c":"$context.error.responseType","d":"$context.extendedRequestId","e":"$context.error.no"}'
    )
    gateway.body[RESPONSES]["UNAUTHORIZED"] = {"responseTemplates": {"application/json": template}}
    response = gateway.get("/getNFTsAlchemy")
    assert response.json() == {
        "a": "Unauthorized",
        "b": "Unauthorized",
        "c": "UNAUTHORIZED",
        "d": response.headers["x-amz-apigw-id"],
        "e": "",
    }


def test_a_gateway_response_template_is_not_velocity(gateway: Any) -> None:
    template = "#set($x = 1)$context.error.message."
    gateway.body[RESPONSES]["UNAUTHORIZED"] = {"responseTemplates": {"text/plain": template}}
    response = gateway.get("/getNFTsAlchemy")
    assert response.text == "#set($x = 1)Unauthorized."
    assert response.headers["content-type"].startswith("text/plain")


def test_headers_come_from_the_request_the_context_or_a_constant(gateway: Any) -> None:
    gateway.body[RESPONSES]["UNAUTHORIZED"] = {
        "responseParameters": {
            "gatewayresponse.header.X-Origin": "method.request.header.Origin",
            "gatewayresponse.header.X-Type": "context.error.responseType",
            "gatewayresponse.header.X-Page": "method.request.querystring.pageKey",
            "gatewayresponse.header.X-Constant": "'constant'",
        }
    }
    response = gateway.get("/getNFTsAlchemy?pageKey=7", Origin="http://o.example")
    assert response.headers["x-origin"] == "http://o.example"
    assert response.headers["x-type"] == "UNAUTHORIZED"
    assert response.headers["x-page"] == "7"
    assert response.headers["x-constant"] == "constant"


def test_a_request_value_that_no_header_can_carry_is_left_out(gateway: Any) -> None:
    gateway.body[RESPONSES]["UNAUTHORIZED"] = {
        "responseParameters": {
            "gatewayresponse.header.X-Page": "method.request.querystring.pageKey"
        }
    }
    response = gateway.get("/getNFTsAlchemy?pageKey=a%0d%0aX-Evil:%201")
    assert response.status_code == 401
    assert "x-page" not in response.headers
    assert "x-evil" not in response.headers


def test_a_denial_keeps_its_capital_message_unless_a_template_replaces_it(gateway: Any) -> None:
    signed = {"Authorization": "AWS4-HMAC-SHA256 x"}
    path = "/getNFTsCollectionAlchemy?contractAddress=1"
    assert list(gateway.send("GET", path, headers=signed).json()) == ["Message"]
    gateway.api = None
    template = '{"error":$context.error.messageString}'
    gateway.body[RESPONSES]["ACCESS_DENIED"] = {"responseTemplates": {"application/json": template}}
    assert list(gateway.send("GET", path, headers=signed).json()) == ["error"]


def test_a_default_5xx_status_replaces_the_status_of_every_server_error(gateway: Any) -> None:
    gateway.body[RESPONSES]["DEFAULT_5XX"] = {"statusCode": "503"}
    gateway.endpoint.failure = httpx.ReadTimeout("x")
    assert gateway.get("/getNFTsAlchemy", "good").status_code == 503


@pytest.mark.parametrize("name", ["NOT_A_TYPE", "REQUEST_TOO_LARGE"])
def test_refuses_a_type_that_cannot_be_customised(gateway: Any, name: Any) -> None:
    gateway.body[RESPONSES][name] = {}
    with pytest.raises(Exception, match=name):
        gateway.build()
