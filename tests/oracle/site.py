"""The site's own origin: passes each request to the emulator's CloudFront by its host name.

`*.cloudfront.net` leads to AWS, and `*.localhost` resolves on some machines only.
"""

from __future__ import annotations

from collections.abc import Iterable

import httpx
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

_OF_ONE_HOP = {"connection", "content-length", "content-encoding", "transfer-encoding", "host"}


class Site:
    """An ASGI app, which answers once both are set."""

    endpoint = ""
    """The emulator's."""
    distribution = ""
    """The host name that CloudFront gave."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._pass_on(Request(scope, receive))
        await response(scope, receive, send)

    async def _pass_on(self, request: Request) -> Response:
        # a visitor of the real one comes by https; over http CloudFront sends them there
        headers = {**_kept(request.headers.items()), "x-forwarded-proto": "https"}
        async with httpx.AsyncClient(timeout=40) as http:
            answer = await http.request(
                request.method,
                f"{self.endpoint}{request.url.path}",
                params=str(request.url.query),
                content=await request.body(),
                headers={**headers, "host": self.distribution},
            )
        return Response(answer.content, answer.status_code, _kept(answer.headers.items()))


def _kept(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name: value for name, value in headers if name not in _OF_ONE_HOP}
