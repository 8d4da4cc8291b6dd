"""boto3 reads the answers of both endpoints; nothing leaves the process."""

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import boto3
import httpx
import pytest
from botocore import UNSIGNED
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.config import Config
from starlette.applications import Starlette
from starlette.routing import Route

from local.cognito_identity import endpoint as identity_endpoint
from local.cognito_identity.identity_pools import IdentityPools
from local.cognito_idp import endpoint as idp_endpoint
from local.cognito_idp.user_pools import UserPools
from tests.local.cognito_identity.pools import IDENTITY_POOL_ID, PROVIDER
from tests.local.cognito_idp.fakes import CLIENT_ID, PASSWORD, WALLET, nobody_signs

type NewClient = Callable[[str], Any]


class _Raw:
    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self) -> list[bytes]:
        return [self._content]


@pytest.fixture
def new_client(user_pools: UserPools, pools: IdentityPools) -> NewClient:
    apps = {
        "/cognito-idp": idp_endpoint.build_app(user_pools, nobody_signs),
        "/cognito-identity": identity_endpoint.build_app(pools),
    }
    app = Starlette(routes=[Route(path, served) for path, served in apps.items()])

    async def post(path: str, content: Any, headers: dict[str, str]) -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as http:
            return await http.post(path, content=content, headers=headers)

    def send(request: AWSPreparedRequest, **_: object) -> AWSResponse:
        headers = {
            name: value.decode() if isinstance(value, bytes) else str(value)
            for name, value in request.headers.items()
        }
        path = urlsplit(request.url).path
        response = asyncio.run(post(path, request.body, headers))
        raw: Any = _Raw(response.content)
        received: Any = response.headers
        return AWSResponse(request.url, response.status_code, received, raw)

    def build(service: str) -> Any:
        client = boto3.client(
            service,  # type: ignore[call-overload]
            region_name="us-east-1",
            endpoint_url=f"http://localhost:3001/{service}",
            config=Config(signature_version=UNSIGNED, retries={"total_max_attempts": 1}),
        )
        client.meta.events.register("before-send", send)
        return client

    return build


def test_boto3_signs_a_wallet_up_and_in_and_gets_credentials(new_client: NewClient) -> None:
    idp = new_client("cognito-idp")
    identity = new_client("cognito-identity")
    guest = identity.get_id(IdentityPoolId=IDENTITY_POOL_ID)["IdentityId"]
    identity.get_credentials_for_identity(IdentityId=guest)
    idp.sign_up(ClientId=CLIENT_ID, Username=WALLET, Password=PASSWORD)
    challenge = idp.initiate_auth(
        ClientId=CLIENT_ID, AuthFlow="CUSTOM_AUTH", AuthParameters={"USERNAME": WALLET}
    )
    tokens = idp.respond_to_auth_challenge(
        ClientId=CLIENT_ID,
        ChallengeName="CUSTOM_CHALLENGE",
        Session=challenge["Session"],
        ChallengeResponses={"USERNAME": WALLET, "ANSWER": "open sesame"},
    )["AuthenticationResult"]

    logins = {PROVIDER: tokens["IdToken"]}
    answer = identity.get_credentials_for_identity(IdentityId=guest, Logins=logins)

    assert answer["IdentityId"] == guest
    assert answer["Credentials"]["Expiration"].isoformat() == "2027-01-15T09:00:00+00:00"
    assert idp.get_user(AccessToken=tokens["AccessToken"])["Username"] == WALLET


def test_boto3_knows_every_error_by_its_class(new_client: NewClient) -> None:
    idp = new_client("cognito-idp")
    identity = new_client("cognito-identity")
    with pytest.raises(idp.exceptions.NotAuthorizedException, match="Invalid Access Token"):
        idp.get_user(AccessToken="nonsense")
    with pytest.raises(idp.exceptions.ResourceNotFoundException):
        idp.sign_up(ClientId="nobody", Username=WALLET, Password=PASSWORD)
    with pytest.raises(identity.exceptions.ResourceNotFoundException):
        identity.get_id(IdentityPoolId="us-east-1:nowhere")
