"""The stack's API as an origin of the distribution, under `/api` of the site.

As CloudFront's AllViewerExceptHostHeader does, everything of the viewer's request goes on but its
host: a signature must be for the API's host and for the path the API receives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from local.cloudfront.functions import Rewrite

PREFIX = "/api/"


class HandleApiRequest(Protocol):
    """Answers a request to the API; `path` is the percent-encoded path after the stage."""

    async def __call__(self, request: Request, *, path: str) -> Response: ...


@dataclass(frozen=True)
class ApiOrigin:
    """`host` is what the API is called by its own callers; `path` is the OriginPath."""

    handle_request: HandleApiRequest
    host: str
    path: str
    methods: Sequence[str]
    rewrite: Rewrite

    async def handle(self, request: Request) -> Response:
        if request.method not in self.methods:
            return PlainTextResponse("Method not allowed by this distribution", 403)
        below = self.rewrite(request.scope["raw_path"].decode("ascii"))
        raw_path = f"{self.path}{below}"
        kept = [(name, value) for name, value in request.scope["headers"] if name != b"host"]
        scope = {
            **request.scope,
            "headers": [(b"host", self.host.encode()), *kept],
            "path": raw_path,
            "raw_path": raw_path.encode(),
        }
        return await self.handle_request(Request(scope, request.receive), path=below)
