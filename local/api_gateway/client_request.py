"""The method request as the client sent it, independent of the web framework."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote

from starlette.requests import Request

from local.api_gateway.errors import GatewayError

MAXIMUM_PAYLOAD = 10 * 1024 * 1024
"""Bytes. https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html"""


@dataclass(frozen=True, slots=True)
class ClientRequest:
    """Header names are lower case (ASGI gives no others); query names keep their case."""

    http_method: str
    path: str
    headers: Mapping[str, tuple[str, ...]]
    query: Mapping[str, tuple[str, ...]]
    body: bytes
    host: str
    source_ip: str
    protocol: str
    request_id: str
    received_at: float

    def header(self, name: str) -> str | None:
        """The last value of that header; names compare without case."""
        values = self.headers.get(name.lower())
        return values[-1] if values else None

    def query_value(self, name: str) -> str | None:
        """The last value of that query parameter; names are case-sensitive, as on AWS."""
        values = self.query.get(name)
        return values[-1] if values else None

    @property
    def segments(self) -> tuple[str, ...]:
        """The percent-decoded path segments after the stage."""
        return tuple(unquote(part) for part in self.path.split("/")[1:])

    @property
    def extended_request_id(self) -> str:
        """The value of `x-amz-apigw-id`: short, and the same for the same request."""
        digest = hashlib.sha256(self.request_id.encode()).digest()
        return base64.b64encode(digest[:11]).decode()

    @property
    def trace_id(self) -> str:
        """An X-Ray root such as `Root=1-5e1b4151-5ac6c58f5b5daa8132e5b2c4`."""
        digest = hashlib.sha256(b"trace" + self.request_id.encode()).hexdigest()
        return f"Root=1-{int(self.received_at):08x}-{digest[:24]}"


async def read_client_request(
    request: Request, *, path: str, request_id: str, now: float
) -> ClientRequest:
    """Reads the request, at most one chunk past 10 MB of body."""
    headers: dict[str, tuple[str, ...]] = {}
    for name, value in request.headers.items():
        headers[name.lower()] = (*headers.get(name.lower(), ()), value)
    return ClientRequest(
        http_method=request.method,
        path=path if path.startswith("/") else f"/{path}",
        headers=headers,
        query=_parse_query(request.url.query),
        body=await _read_body(request),
        host=request.headers.get("host", "localhost"),
        source_ip=request.client.host if request.client else "127.0.0.1",
        protocol=f"HTTP/{request.scope.get('http_version', '1.1')}",
        request_id=request_id,
        received_at=now,
    )


def refuse_too_large(request: ClientRequest) -> None:
    """Raises 413 when the body passed the limit (reading stopped one chunk after it)."""
    if len(request.body) > MAXIMUM_PAYLOAD:
        raise GatewayError("REQUEST_TOO_LARGE")


def _parse_query(text: str) -> dict[str, tuple[str, ...]]:
    # API Gateway splits at ";" too, before decoding.
    query: dict[str, tuple[str, ...]] = {}
    for name, value in parse_qsl(text.replace(";", "&"), keep_blank_values=True):
        query[name] = (*query.get(name, ()), value)
    return query


async def _read_body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAXIMUM_PAYLOAD:
            break
    return bytes(body)
