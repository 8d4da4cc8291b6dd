"""The stack's API as an origin of the distribution, under `/api` of the site.

As CloudFront's AllViewerExceptHostHeader does, everything of the viewer's request goes on but its
host: a signature must be for the API's host and for the path the API receives. Behind a cache it is
what the cache leaves of the request. Headers of the origin's own replace the viewer's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response

from local.cloudfront.functions import Rewrite

PREFIX = "/api/"


class HandleApiRequest(Protocol):
    """Answers a request to the API; `path` is the percent-encoded path after the stage."""

    async def __call__(self, request: Request, *, path: str) -> Response: ...


@dataclass(frozen=True)
class ApiOrigin:
    """`host` is what the API is called by its own callers; `path` is the OriginPath.

    `headers` are the OriginCustomHeaders, their names in lower case.
    """

    handle_request: HandleApiRequest
    host: str
    path: str
    rewrite: Rewrite
    headers: Mapping[str, str]

    async def handle(self, request: Request) -> Response:
        below = self.rewrite(request.scope["raw_path"].decode("ascii"))
        raw_path = f"{self.path}{below}"
        own = {"host": self.host, **self.headers}
        named = {name.encode(): value.encode() for name, value in own.items()}
        kept = [line for line in request.scope["headers"] if line[0] not in named]
        scope = {
            **request.scope,
            "headers": [*named.items(), *kept],
            "path": raw_path,
            "raw_path": raw_path.encode(),
        }
        return await self.handle_request(Request(scope, request.receive), path=below)
