"""A gateway in front of an in-process endpoint, with fakes for its neighbours."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from local.api_gateway.ports import IamRefusedError, TokenExpiredError, TokenRefusedError
from local.api_gateway.rest_api import RestApi

POOL = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_GALLERY"
FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:GetNFTsAlchemy"
ORIGIN = "http://localhost:3000"
WALLET = "0x00000000000000000000000000000000000000aa"


@dataclass
class Endpoint:
    """Stands in for a provider: records requests, gives one answer."""

    status: int = 200
    body: bytes = b'{"ownedNfts":[]}'
    headers: dict[str, str] = field(default_factory=lambda: {"content-type": "application/json"})
    is_silent: bool = False
    failure: Exception | None = None
    requests: list[httpx.Request] = field(default_factory=list)

    async def answer(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        self.requests.append(request)
        if self.is_silent:
            await asyncio.Event().wait()
        if self.failure is not None:
            raise self.failure
        return await self._through_asgi(request)

    async def _through_asgi(self, request: httpx.Request) -> httpx.Response:
        async def respond(_: Request) -> Response:
            return Response(self.body, self.status, self.headers)

        app = Starlette(routes=[Route("/{rest:path}", respond, methods=[request.method])])
        return await httpx.ASGITransport(app).handle_async_request(request)


@dataclass(frozen=True)
class Caller:
    access_key_id: str
    assumed_role_arn: str
    cognito: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Neighbours:
    """Fakes for IAM, the user pool, the functions, the clock."""

    time: float = 1_700_000_000.0
    claims: dict[str, object] = field(
        default_factory=lambda: {
            "sub": "s",
            "aud": "client-1",
            "token_use": "id",
            "cognito:username": WALLET,
            "wallet": WALLET,
            "exp": 1_700_003_600,
            "auth_time": 1_700_000_000,
            "email_verified": True,
        }
    )
    iam_refusal: IamRefusedError | None = None
    allowed: set[str] = field(default_factory=set)
    may_invalidate: set[str] = field(default_factory=set)
    asked: list[tuple[str, str]] = field(default_factory=list)
    function: Callable[[Mapping[str, object]], object] = lambda event: {"statusCode": 200}
    invocations: list[dict[str, Any]] = field(default_factory=list)
    function_is_silent: bool = False

    def verify_iam(self, request: Request, body: bytes) -> Caller:
        if self.iam_refusal is not None:
            raise self.iam_refusal
        arn = "arn:aws:sts::123456789012:assumed-role/Guest/Session"
        return Caller("ASIAEXAMPLE", arn, {"cognitoAuthenticationType": "unauthenticated"})

    def authorize_iam(self, caller: object, *, action: str, resource: str) -> bool:
        self.asked.append((action, resource))
        invalidates = action == "execute-api:InvalidateCache"
        return resource in (self.may_invalidate if invalidates else self.allowed)

    def verify_id_token(self, user_pool_arn: str, token: str) -> dict[str, object]:
        if user_pool_arn != POOL or token not in ("good", "old", "access"):
            raise TokenRefusedError
        if token == "old":
            raise TokenExpiredError
        return self.claims | ({"token_use": "access"} if token == "access" else {})

    async def invoke(
        self, function_arn: str, event: Mapping[str, object], *, principal: str, source_arn: str
    ) -> object:
        self.invocations.append(
            {"arn": function_arn, "event": event, "principal": principal, "source": source_arn}
        )
        if self.function_is_silent:
            await asyncio.Event().wait()
        return self.function(event)


@dataclass
class Gateway:
    """Builds the API on first use and sends requests to it."""

    body: dict[str, Any]
    endpoint: Endpoint
    neighbours: Neighbours
    stage: dict[str, Any] = field(default_factory=dict)
    api_keys: set[str] = field(default_factory=set)
    api: RestApi | None = None

    def build(self) -> RestApi:
        transport = httpx.MockTransport(self.endpoint.answer)
        self.api = RestApi(
            api_id="abcde12345",
            stage_name="prod",
            region="us-east-1",
            account_id="123456789012",
            body=self.body,
            stage_properties=self.stage,
            invoke=self.neighbours.invoke,
            verify_iam=self.neighbours.verify_iam,
            authorize_iam=self.neighbours.authorize_iam,
            verify_id_token=self.neighbours.verify_id_token,
            http=httpx.AsyncClient(transport=transport),
            now=lambda: self.neighbours.time,
            new_request_id=lambda: "11111111-2222-3333-4444-555555555555",
            api_keys=self.api_keys,
        )
        return self.api

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        return asyncio.run(self._send(method, path, **options))

    def get(self, path: str, token: str | None = None, **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if token is not None:
            named["Authorization"] = f"Bearer {token}"
        return self.send("GET", path, headers=named)

    async def _send(self, method: str, path: str, **options: Any) -> httpx.Response:
        api = self.api or self.build()

        async def handle(request: Request) -> Response:
            raw_path = request.scope["raw_path"].decode().removeprefix("/prod")
            return await api.handle(request, path=raw_path)

        verbs = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
        app = Starlette(routes=[Route("/prod/{rest:path}", handle, methods=verbs)])
        base_url = "http://localhost:3001/prod"
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=base_url) as c:
            return await c.request(method, path, **options)

    @property
    def upstream(self) -> httpx.Request:
        """The only request the endpoint got."""
        (request,) = self.endpoint.requests
        return request

    @property
    def integration(self) -> dict[str, Any]:
        """The integration of /getNFTsAlchemy, to be changed before the first request."""
        found: dict[str, Any] = self.body["paths"]["/getNFTsAlchemy"]["get"][
            "x-amazon-apigateway-integration"
        ]
        return found


CORS = (
    f"#set($allowed = [\"{ORIGIN}\"])#set($origin = $input.params('Origin'))"
    "#if($allowed.contains($origin))"
    "#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)#end"
)
ALLOW_ORIGIN = "method.response.header.Access-Control-Allow-Origin"


def error_template(code: str) -> str:
    return CORS + f'{{"error":{{"code":"{code}","requestId":"$context.requestId"}}}}'


def integration_response(status: int, template: str) -> dict[str, Any]:
    return {
        "statusCode": str(status),
        "responseParameters": {ALLOW_ORIGIN: f"'{ORIGIN}'"},
        "responseTemplates": {"application/json": template},
    }


def provider_responses() -> dict[str, Any]:
    override = "#set($context.responseOverride.status = 502)"
    return {
        "200": integration_response(200, CORS + "$input.body"),
        "400": integration_response(400, error_template("bad_request")),
        "401|403": integration_response(401, override + error_template("upstream_auth")),
        "404": integration_response(404, error_template("not_found")),
        "429": integration_response(429, error_template("rate_limited")),
        "default": integration_response(502, error_template("upstream_unavailable")),
    }


def method_responses() -> dict[str, Any]:
    header = {"Access-Control-Allow-Origin": {"schema": {"type": "string"}}}
    statuses = ("200", "204", "400", "401", "404", "429", "502")
    return {status: {"description": status, "headers": header} for status in statuses}


def http_integration(uri: str, template: str, parameters: dict[str, str]) -> dict[str, Any]:
    return {
        "type": "http",
        "httpMethod": "GET",
        "uri": uri,
        "passthroughBehavior": "never",
        "timeoutInMillis": 29_000,
        "requestParameters": parameters,
        "requestTemplates": {"application/json": template},
        "responses": provider_responses(),
    }


def operation(integration: dict[str, Any], **extra: Any) -> dict[str, Any]:
    return {
        "responses": method_responses(),
        "x-amazon-apigateway-integration": integration,
    } | extra


def query(name: str, *, required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": required, "schema": {"type": "string"}}


def mock_integration(status: int, template: str) -> dict[str, Any]:
    return {
        "type": "mock",
        "requestTemplates": {"application/json": f'{{"statusCode": {status}}}'},
        "responses": {"default": integration_response(status, template)},
    }


def collection_operation() -> dict[str, Any]:
    integration = http_integration(
        "https://alchemy.example/nft/v3/getNFTsForContract",
        '#set($context.requestOverride.header.X-API-Key = "provider-key")',
        {
            "integration.request.querystring.contractAddress": (
                "method.request.querystring.contractAddress"
            ),
            "integration.request.querystring.pageKey": "method.request.querystring.pageKey",
            "integration.request.querystring.withMetadata": "'true'",
        },
    )
    return operation(
        integration,
        parameters=[query("contractAddress", required=True), query("pageKey")],
        **{
            "x-amazon-apigateway-auth": {"type": "AWS_IAM"},
            "x-amazon-apigateway-request-validator": "parameters",
        },
    )


def alchemy_operation() -> dict[str, Any]:
    template = (
        "#set($context.requestOverride.querystring.owner ="
        " $context.authorizer.claims['cognito:username'])"
        '#set($context.requestOverride.header.X-API-Key = "provider-key")'
    )
    integration = http_integration(
        "https://alchemy.example/nft/v3/getNFTsForOwner",
        template,
        {"integration.request.querystring.pageKey": "method.request.querystring.pageKey"},
    )
    return operation(integration, parameters=[query("pageKey")], security=[{"Wallet": []}])


def moralis_operation() -> dict[str, Any]:
    template = (
        "#set($context.requestOverride.path.address ="
        " $context.authorizer.claims['cognito:username'])"
        '#set($context.requestOverride.header.X-API-Key = "provider-key")'
    )
    integration = http_integration(
        "https://moralis.example/api/v2.2/{address}/nft",
        template,
        {"integration.request.querystring.chain": "method.request.querystring.chain"},
    )
    return operation(integration, parameters=[query("chain")], security=[{"Wallet": []}])


def lambda_operation() -> dict[str, Any]:
    prefix = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
    integration = {
        "type": "aws_proxy",
        "httpMethod": "POST",
        "uri": f"{prefix}{FUNCTION}/invocations",
        "timeoutInMillis": 29_000,
    }
    return operation(integration, security=[{"Wallet": []}])


@pytest.fixture
def gallery_body() -> dict[str, Any]:
    """The kind of body the product's template resolves to."""
    return {
        "openapi": "3.0.1",
        "info": {"title": "nft-gallery", "version": "1"},
        "paths": {
            "/health": {"get": operation(mock_integration(200, '{"status":"ok"}'))},
            "/getNFTsCollectionAlchemy": {"get": collection_operation()},
            "/getNFTsAlchemy": {
                "get": alchemy_operation(),
                "options": operation(mock_integration(204, CORS)),
            },
            "/getNFTsMoralis": {"get": moralis_operation()},
            "/getNFTsAlchemyLambda": {"get": lambda_operation()},
        },
        "components": {
            "securitySchemes": {
                "Wallet": {
                    "type": "apiKey",
                    "name": "Authorization",
                    "in": "header",
                    "x-amazon-apigateway-authtype": "cognito_user_pools",
                    "x-amazon-apigateway-authorizer": {
                        "type": "cognito_user_pools",
                        "providerARNs": [POOL],
                        "identityValidationExpression": "^client-1$",
                    },
                }
            }
        },
        "x-amazon-apigateway-request-validators": {
            "parameters": {"validateRequestParameters": True, "validateRequestBody": False}
        },
        "x-amazon-apigateway-gateway-responses": {
            "DEFAULT_4XX": {
                "responseParameters": {
                    "gatewayresponse.header.Access-Control-Allow-Origin": f"'{ORIGIN}'"
                }
            },
            "DEFAULT_5XX": {
                "responseParameters": {
                    "gatewayresponse.header.Access-Control-Allow-Origin": f"'{ORIGIN}'"
                }
            },
            "THROTTLED": {
                "responseParameters": {
                    "gatewayresponse.header.Access-Control-Allow-Origin": f"'{ORIGIN}'",
                    "gatewayresponse.header.Retry-After": "'1'",
                },
                "responseTemplates": {
                    "application/json": (
                        '{"error":{"code":"rate_limited","message":$context.error.messageString,'
                        '"requestId":"$context.requestId"}}'
                    )
                },
            },
        },
    }


@pytest.fixture
def endpoint() -> Endpoint:
    return Endpoint()


@pytest.fixture
def neighbours() -> Neighbours:
    return Neighbours()


@pytest.fixture
def gateway(gallery_body: dict[str, Any], endpoint: Endpoint, neighbours: Neighbours) -> Gateway:
    return Gateway(gallery_body, endpoint, neighbours)
