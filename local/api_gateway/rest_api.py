"""One REST API stage as plain async Python over Starlette's request and response.

The order of a request: size, route, authorizer, throttle, validator, cache, integration.
"""

import logging
import re
from collections.abc import Collection, Mapping
from dataclasses import replace

import httpx
from starlette.requests import Request
from starlette.responses import Response

from local.api_gateway.authorizers import (
    IamAccess,
    authorize_with_cognito,
    authorize_with_iam,
    iam_identity,
)
from local.api_gateway.client_request import ClientRequest, read_client_request, refuse_too_large
from local.api_gateway.context import build_context
from local.api_gateway.definition import (
    CognitoAuthorizer,
    HttpIntegration,
    IamAuthorizer,
    KeyAuthorizer,
    LambdaIntegration,
    Method,
    MockIntegration,
)
from local.api_gateway.errors import GatewayError, configuration_error
from local.api_gateway.gateway_responses import build_gateway_response
from local.api_gateway.http_integration import run_http_integration
from local.api_gateway.invocation import Invocation, MethodResponse, is_sendable
from local.api_gateway.lambda_integration import run_lambda_integration
from local.api_gateway.mock_integration import run_mock_integration
from local.api_gateway.openapi_body import read_api
from local.api_gateway.ports import (
    AuthorizeIam,
    Invoke,
    NewRequestId,
    Now,
    VerifyIam,
    VerifyIdToken,
)
from local.api_gateway.request_validation import validate_request
from local.api_gateway.routing import Match, Router
from local.api_gateway.stage import read_stage
from local.api_gateway.stage_cache import INVALIDATE, StageCache
from local.api_gateway.throttling import Throttle
from local.request_notes import notes

LOG = logging.getLogger(__name__)
_WITHOUT_BODY = frozenset({*range(100, 200), 204, 304})


class RestApi:
    """Executes one resolved OpenAPI body.

    `body` and `stage_properties` hold no CloudFormation intrinsics any more. `verify_iam` and
    `verify_id_token` raise the errors of `ports`; `now` gives epoch seconds. Construction raises
    UnsupportedError or InvalidDefinitionError for what cannot be served. Whoever serves responses
    compresses those of `minimum_compression_size` bytes and more; None is never. `api_keys` are
    those of the stage's usage plans.
    """

    def __init__(
        self,
        *,
        api_id: str,
        stage_name: str,
        region: str,
        account_id: str,
        body: Mapping[str, object],
        minimum_compression_size: int | None = None,
        stage_properties: Mapping[str, object],
        invoke: Invoke,
        verify_iam: VerifyIam,
        authorize_iam: AuthorizeIam,
        verify_id_token: VerifyIdToken,
        http: httpx.AsyncClient,
        now: Now,
        new_request_id: NewRequestId,
        api_keys: Collection[str] = (),
    ) -> None:
        self._api_keys = api_keys
        self.minimum_compression_size = minimum_compression_size
        self._stage = read_stage(stage_name, stage_properties)
        self._api = read_api(body, self._stage.variables)
        self._router = Router(self._api.methods)
        self._throttle = Throttle(self._stage, now)
        self._cache = StageCache(now)
        self._iam = IamAccess(verify_iam, authorize_iam)
        self._verify_id_token = verify_id_token
        self._invoke = invoke
        self._http = http
        self._now = now
        self._new_request_id = new_request_id
        self._api_id = api_id
        self._account_id = account_id
        self._arn = f"arn:aws:execute-api:{region}:{account_id}:{api_id}/{stage_name}"

    async def handle(self, request: Request, *, path: str) -> Response:
        """Answers one request; `path` is the percent-encoded path after the stage."""
        client = await read_client_request(
            request, path=path, request_id=self._new_request_id(), now=self._now()
        )
        call = self._start(client, None)
        try:
            refuse_too_large(client)
            match = self._router.match(client.http_method, client.segments)
            notes().route = match.method.resource_path
            call = self._start(client, match)
            call = self._authorize(match.method, request, call)
            self._throttle.admit(match.method)
            validate_request(match.method, client, call.path_parameters)
            return _response(await self._answer(match.method, call), client)
        except GatewayError as error:
            LOG.info("%s %s ended with %s", client.http_method, client.request_id, error)
            notes().add_cause(
                error.response_type, error.reason or error.error_type or error.message or ""
            )
            return _response(
                build_gateway_response(error, self._api.gateway_responses, call), client
            )

    def _start(self, client: ClientRequest, match: Match | None) -> Invocation:
        context = build_context(
            client,
            resource_path=match.method.resource_path if match else None,
            api_id=self._api_id,
            stage=self._stage.name,
            account_id=self._account_id,
        )
        parameters = match.path_parameters if match else {}
        return Invocation(client, parameters, context, self._stage.variables)

    def _authorize(self, method: Method, request: Request, call: Invocation) -> Invocation:
        context = dict(call.context)
        caller = None
        match method.authorizer:
            case IamAuthorizer():
                resource = self._resource(method, call)
                caller = authorize_with_iam(self._iam, request, call.request, resource=resource)
                identity = context["identity"]
                known = identity if isinstance(identity, dict) else {}
                context["identity"] = known | iam_identity(caller)
            case KeyAuthorizer() if call.request.header("x-api-key") not in self._api_keys:
                raise GatewayError("INVALID_API_KEY")
            case CognitoAuthorizer() as authorizer:
                claims = authorize_with_cognito(authorizer, call.request, self._verify_id_token)
                context["authorizer"] = {"claims": claims}
        return replace(call, context=context, iam_caller=caller)

    def _resource(self, method: Method, call: Invocation) -> str:
        # As received: a decoded %2F could reach into what another policy line allows.
        return f"{self._arn}/{method.http_method}{call.request.path}"

    async def _answer(self, method: Method, call: Invocation) -> MethodResponse:
        ttl_seconds = self._stage.cache_ttl_seconds(method.resource_path, method.http_method)
        if not ttl_seconds:
            return await self._integrate(method, call)

        def may_invalidate() -> bool:
            # Asked of IAM, so it takes a signed request: no token gives this permission.
            caller, resource = call.iam_caller, self._resource(method, call)
            return caller is not None and self._iam.authorize(
                caller, action=INVALIDATE, resource=resource
            )

        return await self._cache.answer(
            call,
            method.cache_key,
            lambda: self._integrate(method, call),
            ttl_seconds=ttl_seconds,
            may_invalidate=may_invalidate,
        )

    async def _integrate(self, method: Method, call: Invocation) -> MethodResponse:
        match method.integration:
            case MockIntegration() as mock:
                return run_mock_integration(mock, call)
            case HttpIntegration() as http:
                return await run_http_integration(http, call, http=self._http, api_id=self._api_id)
            case LambdaIntegration() as function:
                resource = re.sub(r"\{[^{}]+\}", "*", method.resource_path)
                source_arn = f"{self._arn}/{method.http_method}{resource}"
                return await run_lambda_integration(
                    function, call, invoke=self._invoke, source_arn=source_arn
                )


def _response(answer: MethodResponse, client: ClientRequest) -> Response:
    for name, value in answer.headers:
        if not is_sendable(name, value):
            raise configuration_error(f"header {name!r} cannot be sent")
    # A template may render a blank line where HTTP allows no body.
    body = b"" if answer.status in _WITHOUT_BODY else answer.body
    response = Response(body, answer.status)
    for name, value in answer.headers:
        response.headers.append(name, value)
    response.headers["x-amzn-RequestId"] = client.request_id
    response.headers["x-amz-apigw-id"] = client.extended_request_id
    return response
