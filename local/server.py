"""The two origins of the stack on 127.0.0.1: the dApp's site, and the AWS endpoints."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable, Iterator, Mapping

import uvicorn
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from local import dynamodb, request_deadline, secrets_manager
from local.cognito_identity import endpoint as cognito_identity
from local.cognito_idp import endpoint as cognito_idp
from local.cognito_idp.administration import Verify
from local.errors import ConfigurationError
from local.iam.sessions import Session
from local.iam.sigv4 import verify_sigv4
from local.stack import Stack
from local.template.resource_types import Place

_MAX_HEAD_BYTES = 128 * 1024
_CLOUDFRONT_MINIMUM = 1_000
_GZIP_LEVEL = 6  # zlib's own default; 9 takes a third longer and saves 2 %
_VERBS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def site_app(stack: Stack) -> ASGIApp:
    """The dApp and, on this machine only, what stands in for a wallet extension."""
    site = Route("/{path:path}", stack.site.handle, methods=_VERBS)
    app = Starlette(routes=[*stack.stand_ins.site_routes, site])
    return _compressed(app, _CLOUDFRONT_MINIMUM)


type Record = Callable[[str, ASGIApp], ASGIApp]
"""An app, called so for people, that is recorded as well as served."""


def _unrecorded(door: str, app: ASGIApp) -> ASGIApp:
    return app


def api_app(stack: Stack, place: Place, stage: str, *, record: Record = _unrecorded) -> ASGIApp:
    """AWS's regional endpoints, told apart by the first segment of the path."""
    administrators = _administrators(stack, place)
    admit = stack.admit
    return _ByFirstSegment(
        {
            "cognito-idp": record(
                "user pool",
                cognito_idp.build_app(stack.user_pools, administrators, admit=admit.user_pools),
            ),
            "cognito-identity": record(
                "identity pool",
                cognito_identity.build_app(stack.identity_pools, admit=admit.identity_pools),
            ),
            "secretsmanager": secrets_manager.build_app(
                stack.secrets, stack.sessions, place.region, stack.now
            ),
            "dynamodb": dynamodb.build_app(stack.tables, stack.sessions, place.region, stack.now),
            "stand-ins": stack.stand_ins.app,
            stage: record("API", _rest_api_app(stack, stage)),
        }
    )


def _administrators(stack: Stack, place: Place) -> Verify:
    def verify(request: Request, body: bytes) -> Session:
        return verify_sigv4(
            request,
            body,
            sessions=stack.sessions,
            service="cognito-idp",
            region=place.region,
            now=stack.now(),
        )

    return verify


def _rest_api_app(stack: Stack, stage: str) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["raw_path"].decode("ascii").removeprefix(f"/{stage}")
        response = await stack.rest_api.handle(Request(scope, receive), path=path or "/")
        await response(scope, receive, send)

    return _compressed(app, stack.rest_api.minimum_compression_size)


def _compressed(app: ASGIApp, minimum_size: int | None) -> ASGIApp:
    """With gzip, for clients that accept it. CloudFront has Brotli as well, API Gateway deflate.

    https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html
    https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gzip-compression-decompression.html
    """
    if minimum_size is None:
        return app
    return GZipMiddleware(app, minimum_size=minimum_size, compresslevel=_GZIP_LEVEL)


class _ByFirstSegment:
    def __init__(self, apps: Mapping[str, ASGIApp]) -> None:
        self._apps = apps

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        segment, _, rest = scope["path"].removeprefix("/").partition("/")
        app = self._apps.get(segment)
        if app is None:
            # API Gateway's answer for a stage that is not there
            app = JSONResponse({"message": "Forbidden"}, status_code=403)
        below = {**scope, "root_path": f"/{segment}", "path": f"/{segment}/{rest}"}
        await app(below, receive, send)


class _ByPort:
    """One server for both origins, so that they start and stop together.

    `apps` may change: an update of the stack puts others into it.
    """

    def __init__(self, apps: Mapping[int, ASGIApp]) -> None:
        self._apps = apps

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._apps[scope["server"][1]](scope, receive, send)


def swallow_disconnects(app: ASGIApp) -> ASGIApp:
    """A client that goes away in the middle of its body is no failure of the app's."""

    async def quiet(scope: Scope, receive: Receive, send: Send) -> None:
        with contextlib.suppress(ClientDisconnect):
            await app(scope, receive, send)

    return quiet


class _Server(uvicorn.Server):
    """Stops on SIGINT and SIGTERM and then returns, so that the workers can be ended."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop, signals = asyncio.get_running_loop(), (signal.SIGINT, signal.SIGTERM)
        for number in signals:
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in signals:
                loop.remove_signal_handler(number)


def listen(name: str, port: int) -> socket.socket:
    """A listening socket on the loopback interface only."""
    # with the protocol named, asyncio sets TCP_NODELAY; without it each answer waits 40 ms
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError as error:
        raise ConfigurationError(
            f"port {port} is taken; choose another: {name}={port + 10} make start"
        ) from error
    return listener


def build_server(apps: Mapping[int, ASGIApp]) -> uvicorn.Server:
    config = uvicorn.Config(
        swallow_disconnects(_ByPort(apps)),
        access_log=False,
        # the default, 16 KiB, makes the fate of longer headers depend on how they arrive
        h11_max_incomplete_event_size=_MAX_HEAD_BYTES,
        http=request_deadline.protocol(),
        lifespan="off",
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=2,
    )
    return _Server(config)
