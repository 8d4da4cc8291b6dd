"""Failures on demand: a page key, cursor or start token of `fault-...` asks for one.

Every error body repeats the URL and the headers of the request, key included, so that a test
for leaks has something to find. Real providers name apps and plans there.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

PARAMETERS = ("pageKey", "startToken", "cursor")
PREFIX = "fault-"
_HTML = "<!DOCTYPE html><html><body>error code: 1020 {told}</body></html>"

type Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Dialect:
    """How one provider words its errors: `error` wraps a sentence into its body."""

    error: Callable[[int, str], object]
    sentences: dict[int, str]
    quota_status: int
    quota_sentence: str


def _wanted(request: Request) -> str:
    values = [request.query_params.get(name, "") for name in PARAMETERS]
    return next((value for value in values if value.startswith(PREFIX)), "")


@dataclass(frozen=True)
class Faults:
    dialect: Dialect
    slow_seconds: float

    def around(self, endpoint: Endpoint) -> Endpoint:
        async def faulty(request: Request) -> Response:
            wanted = _wanted(request)
            answer = await self._answer(wanted.removeprefix(PREFIX), request) if wanted else None
            return answer or await endpoint(request)

        return faulty

    async def _answer(self, fault: str, request: Request) -> Response | None:
        told = f"{request.url} {dict(request.headers)}"
        if fault.isdecimal() and int(fault) in self.dialect.sentences:
            return self._status(int(fault), self.dialect.sentences[int(fault)], told)
        if fault == "quota":
            return self._status(self.dialect.quota_status, self.dialect.quota_sentence, told)
        if fault == "html":
            return HTMLResponse(_HTML.format(told=told))
        if fault == "truncated":
            return Response(json.dumps({"result": told})[:-2], media_type="application/json")
        if fault == "redirect":
            return RedirectResponse(f"{request.url.path}?moved={told}")
        if fault == "slow":
            await asyncio.sleep(self.slow_seconds)
            return JSONResponse({"told": told})
        return None

    def _status(self, status: int, sentence: str, told: str) -> Response:
        headers = {"Retry-After": "2"} if status == 429 else {}
        body = self.dialect.error(status, f"{sentence} {told}")
        return JSONResponse(body, status_code=status, headers=headers)
