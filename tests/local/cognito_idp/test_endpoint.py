import json
import logging
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount, Route

from local.cognito_idp.endpoint import build_app
from local.cognito_idp.user_pools import UserPools
from tests.local.cognito_idp.fakes import (
    CLIENT_ID,
    PASSWORD,
    POOL_ARN,
    POOL_ID,
    WALLET,
    FakeTriggers,
    nobody_signs,
)

pytestmark = pytest.mark.anyio
ORIGIN = "http://localhost:3000"
AMPLIFY_HEADERS = (
    "amz-sdk-invocation-id,amz-sdk-request,cache-control,content-type,x-amz-target,x-amz-user-agent"
)


@pytest.fixture
async def client(pools: UserPools) -> AsyncIterator[httpx.AsyncClient]:
    served = build_app(pools, nobody_signs)
    app = Starlette(routes=[Route("/cognito-idp", served), Mount("/cognito-idp", served)])
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://localhost:3001/cognito-idp"
    ) as client:
        yield client


async def _call(
    client: httpx.AsyncClient, operation: str, body: Any, **headers: str
) -> httpx.Response:
    return await client.post(
        "/",
        content=body if isinstance(body, str) else json.dumps(body),
        headers={
            "content-type": "application/x-amz-json-1.1",
            "x-amz-target": f"AWSCognitoIdentityProviderService.{operation}",
            "origin": ORIGIN,
            **headers,
        },
    )


async def test_a_wallet_signs_up_in_and_out_over_http(
    client: httpx.AsyncClient, pools: UserPools
) -> None:
    signed_up = await _call(
        client, "SignUp", {"Username": WALLET, "Password": PASSWORD, "ClientId": CLIENT_ID}
    )
    assert signed_up.json()["UserConfirmed"] is True
    challenge = await _call(
        client,
        "InitiateAuth",
        {
            "AuthFlow": "CUSTOM_AUTH",
            "AuthParameters": {"USERNAME": WALLET},
            "ClientId": CLIENT_ID,
        },
    )
    answer = await _call(
        client,
        "RespondToAuthChallenge",
        {
            "ChallengeName": "CUSTOM_CHALLENGE",
            "ChallengeResponses": {"USERNAME": WALLET, "ANSWER": "open sesame"},
            "Session": challenge.json()["Session"],
            "ClientId": CLIENT_ID,
        },
    )
    tokens = answer.json()["AuthenticationResult"]
    assert pools.verify_id_token(POOL_ARN, tokens["IdToken"])["cognito:username"] == WALLET
    me = await _call(client, "GetUser", {"AccessToken": tokens["AccessToken"]})
    assert me.json()["Username"] == WALLET
    refreshed = await _call(
        client,
        "GetTokensFromRefreshToken",
        {"ClientId": CLIENT_ID, "RefreshToken": tokens["RefreshToken"]},
    )
    access_token = refreshed.json()["AuthenticationResult"]["AccessToken"]
    revoked = await _call(
        client, "RevokeToken", {"ClientId": CLIENT_ID, "Token": tokens["RefreshToken"]}
    )
    assert (revoked.status_code, revoked.json()) == (200, {})
    refused = await _call(client, "GlobalSignOut", {"AccessToken": access_token})
    assert refused.json()["message"] == "Access Token has been revoked"


async def test_answers_errors_in_the_protocols_shape(client: httpx.AsyncClient) -> None:
    response = await _call(client, "GetUser", {"AccessToken": "nonsense"})
    assert response.status_code == 400
    assert response.headers["x-amzn-errortype"] == "NotAuthorizedException"
    assert response.headers["content-type"] == "application/x-amz-json-1.1"
    assert response.headers["access-control-allow-origin"] == "*"
    assert "x-amzn-ErrorType" in response.headers["access-control-expose-headers"]
    assert response.json() == {
        "__type": "NotAuthorizedException",
        "message": "Invalid Access Token",
    }


@pytest.mark.parametrize("path", ["http://localhost:3001/cognito-idp", "/"])
async def test_answers_amplifys_preflight_for_any_origin(
    client: httpx.AsyncClient, path: str
) -> None:
    response = await client.options(
        path,
        headers={
            "origin": "https://anywhere.example",
            "access-control-request-method": "POST",
            "access-control-request-headers": AMPLIFY_HEADERS,
        },
    )
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == "*"
    allowed = response.headers["access-control-allow-headers"].lower().replace(" ", "").split(",")
    assert set(AMPLIFY_HEADERS.split(",")) <= set(allowed)


@pytest.mark.parametrize("operation", ["AdminCreateUser", "", "sign_up"])
async def test_refuses_by_name_an_operation_it_does_not_model(
    client: httpx.AsyncClient, operation: str
) -> None:
    response = await _call(client, operation, {})
    assert response.status_code == 400
    assert response.json()["__type"] == "UnknownOperationException"
    assert f"AWSCognitoIdentityProviderService.{operation}" in response.json()["message"]


@pytest.mark.parametrize(
    "headers",
    [
        {"content-type": "application/json"},
        {"x-amz-target": "AWSCognitoIdentityService.GetUser"},
        {"x-amz-target": ""},
    ],
)
async def test_refuses_another_protocol_or_service(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    response = await _call(client, "GetUser", {"AccessToken": "x"}, **headers)
    assert response.json()["__type"] == "UnknownOperationException"


@pytest.mark.parametrize("body", ["", "{", "[]", '"x"', '{"AccessToken": 1}'])
async def test_refuses_a_body_of_the_wrong_shape(client: httpx.AsyncClient, body: str) -> None:
    response = await _call(client, "GetUser", body)
    assert (response.status_code, response.json()["__type"]) == (400, "SerializationException")


async def test_refuses_a_missing_member(client: httpx.AsyncClient) -> None:
    response = await _call(client, "GetUser", {})
    assert response.json() == {
        "__type": "InvalidParameterException",
        "message": "1 validation error detected: Value null at 'accessToken' failed to satisfy "
        "constraint: Member must not be null",
    }


async def test_an_unexpected_failure_tells_the_log_and_not_the_caller(
    client: httpx.AsyncClient, triggers: FakeTriggers, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(event: dict[str, Any]) -> object:
        raise RuntimeError("wires crossed")

    triggers.overrides["PreSignUp"] = break_down
    body = {"Username": WALLET, "Password": PASSWORD, "ClientId": CLIENT_ID}
    with caplog.at_level(logging.ERROR):
        response = await _call(client, "SignUp", body)
    assert response.status_code == 500
    assert response.json() == {
        "__type": "InternalErrorException",
        "message": "Something went wrong",
    }
    assert response.headers["access-control-allow-origin"] == "*"
    assert "wires crossed" in caplog.text
    assert PASSWORD not in caplog.text


async def test_serves_the_public_keys_and_nothing_private(
    client: httpx.AsyncClient, pools: UserPools
) -> None:
    response = await client.get(f"/{POOL_ID}/.well-known/jwks.json")
    assert response.json() == pools.jwks(POOL_ID)
    assert all("d" not in key for key in response.json()["keys"])
    missing = await client.get("/us-east-1_Nowhere/.well-known/jwks.json")
    assert missing.status_code == 404
