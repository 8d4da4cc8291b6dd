"""Failures on demand: a page key, cursor or start token of `fault-...` asks for one.

Where cursors are our own API's, an address asks: 0xfa, `a` for Alchemy's failure, `b` for
Moralis's, `c` for both or `d` for the node's, zeros, and as the last three digits a status or a
code of _CODES.

Every error body repeats the URL and the headers of the request, key included, so that a test
for leaks has something to find. Real providers name apps and plans there.
"""

import asyncio
import json
import re
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from stand_ins.dialect import Dialect, Endpoint

PARAMETERS = ("pageKey", "startToken", "cursor")
PREFIX = "fault-"
_BY_ADDRESS = re.compile(r"fa(?P<whose>[abcd])0{34}(?P<what>[0-9a-f]{3})", re.IGNORECASE)
_WHOSE = {"alchemy": "ac", "moralis": "bc", "node": "d"}
_CODES = {
    "001": "html",
    "002": "truncated",
    "003": "redirect",
    "004": "slow",
    "005": "quota",
    "006": "chain",
}
_HTML = "<!DOCTYPE html><html><body>error code: 1020 {told}</body></html>"


def fault_address(whose: str, what: str) -> str:
    """Of `alchemy`, `moralis`, `both` or `node`; `what` as after the prefix of a page key."""
    letter = {"alchemy": "a", "moralis": "b", "both": "c", "node": "d"}[whose]
    code = next((code for code, fault in _CODES.items() if fault == what), what)
    return f"0xfa{letter}{code:0>37}"


def _wanted(request: Request, provider: str) -> str:
    values = [request.query_params.get(name, "") for name in PARAMETERS]
    if by_page := next((value for value in values if value.startswith(PREFIX)), ""):
        return by_page.removeprefix(PREFIX)
    given = (*request.query_params.values(), *request.path_params.values())
    return next(filter(None, (fault_by_address(str(value), provider) for value in given)), "")


def fault_by_address(text: str, provider: str) -> str:
    """What the first address in the text asks of the provider; empty for nothing."""
    match = _BY_ADDRESS.search(text)
    if match is None or match["whose"].lower() not in _WHOSE[provider]:
        return ""
    return _CODES.get(match["what"], match["what"])


@dataclass(frozen=True)
class Faults:
    """`provider` is alchemy, moralis or node."""

    dialect: Dialect
    slow_seconds: float
    provider: str

    def around(self, endpoint: Endpoint) -> Endpoint:
        async def faulty(request: Request) -> Response:
            wanted = _wanted(request, self.provider)
            answer = await self.answer(wanted, request) if wanted else None
            return answer or await endpoint(request)

        return faulty

    async def answer(self, fault: str, request: Request) -> Response | None:
        """None for a fault that is not known here."""
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
