"""One cache behaviour beside the site's own: which paths it is for, and what answers there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from local.cloudfront.security_headers import ResponseHeaders


@dataclass(frozen=True)
class Behaviour:
    """For paths that begin with `prefix`; other methods are the distribution's 403."""

    prefix: str
    methods: Sequence[str]
    headers: ResponseHeaders
    ask: Callable[[Request], Awaitable[Response]]

    async def handle(self, request: Request) -> Response:
        response = await self._answer(request)
        self.headers.put(response, request.headers.get("origin"))
        return response

    async def _answer(self, request: Request) -> Response:
        if request.method not in self.methods:
            return refused_method()
        return await self.ask(request)


def refused_method() -> Response:
    return PlainTextResponse("Method not allowed by this distribution", 403)
