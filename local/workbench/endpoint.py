"""`/_local/` on the dApp's port: what the stack has seen, and what a front-end wants to try.

A page for people; the same as JSON for scripts and tests. See local/README.md.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Collection
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from local.cloudfront.api_origin import PREFIX as API_PREFIX
from local.stack import Stack
from local.state import StateNotSavedError
from local.workbench.gate import RefusedError, admit
from local.workbench.page import Shown, render
from local.workbench.recent_requests import RecentRequests, SeenRequest
from local.workbench.wallets import Wallets

type Answer = Callable[[Request], Awaitable[Response]]

PREFIX = "/_local"
_FILES = {"page.css": "text/css", "page.js": "text/javascript"}
_MAX_BODY_BYTES = 4_096
_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


@dataclass(frozen=True)
class Workbench:
    """`stack` gives the one that serves now."""

    stack: Callable[[], Stack]
    recent: RecentRequests
    site_origins: Collection[str]

    def beside(self, site: ASGIApp) -> ASGIApp:
        """The site, with the workbench below PREFIX; what the site passes to the API is seen."""
        app, api = self._app(), self.recent.around("API by the site", site)

        async def chosen(scope: Scope, receive: Receive, send: Send) -> None:
            path = scope["path"]
            if path == PREFIX or path.startswith(f"{PREFIX}/"):
                await app(scope, receive, send)
            else:
                await (api if path.startswith(API_PREFIX) else site)(scope, receive, send)

        return chosen

    def _app(self) -> ASGIApp:
        pages = {
            "": self._to_page,
            "/": self._page,
            "/requests.json": self._requests,
            "/users.json": self._users,
            "/providers.json": self._providers,
            **{f"/{name}": self._file for name in _FILES},
        }
        changes = {
            "/sessions/{id}/expire": self._expire,
            "/providers/{name}": self._turn,
        }
        return Starlette(
            routes=[
                *(Route(PREFIX + path, self._gated(get)) for path, get in pages.items()),
                *(
                    Route(PREFIX + path, self._gated(post), methods=["POST"])
                    for path, post in changes.items()
                ),
                Route(PREFIX + "/{path:path}", self._gated(_not_found), methods=["GET", "POST"]),
            ]
        )

    def _gated(self, answer: Answer) -> Answer:
        async def gated(request: Request) -> Response:
            try:
                admit(request, self.site_origins)
                response = await answer(request)
            except RefusedError as refusal:
                response = _error(403, str(refusal))
            except StateNotSavedError as error:
                response = _error(500, f"nothing was changed: {error}")
            for name, value in _HEADERS.items():
                response.headers[name] = value
            return response

        return gated

    async def _to_page(self, request: Request) -> Response:
        return RedirectResponse(f"{PREFIX}/")

    async def _page(self, request: Request) -> Response:
        shown = Shown(
            requests=self._seen(0),
            users=self._wallets().all(),
            faults=self._faults(),
            choices=self.stack().stand_ins.switches.choices,
            stood_in=self._is_stood_in(),
        )
        return HTMLResponse(render(shown))

    async def _file(self, request: Request) -> Response:
        name = request.url.path.rpartition("/")[2]
        return FileResponse(Path(__file__).with_name(name), media_type=_FILES[name])

    async def _requests(self, request: Request) -> Response:
        """`after=NUMBER`: only newer ones."""
        after = request.query_params.get("after", "0")
        if not after.isascii() or not after.isdecimal():
            return _error(400, "after must be the number of a request")
        return JSONResponse({"requests": [asdict(seen) for seen in self._seen(int(after))]})

    async def _users(self, request: Request) -> Response:
        return JSONResponse({"users": [asdict(user) for user in self._wallets().all()]})

    async def _providers(self, request: Request) -> Response:
        return JSONResponse({"providers": self._told_providers()})

    async def _expire(self, request: Request) -> Response:
        if not self._wallets().expire(request.path_params["id"]):
            return _error(404, "no such session")
        return await self._users(request)

    async def _turn(self, request: Request) -> Response:
        """`{"fault": "429"}`, `{"fault": "slow", "seconds": 3}`, or `{"fault": ""}` for none."""
        name, switches = request.path_params["name"], self.stack().stand_ins.switches
        if name not in switches.all():
            return _error(404, f"no such provider; choose of {', '.join(switches.all())}")
        if name not in self._is_stood_in():
            return _error(409, "a real key is given: the provider itself answers")
        try:
            fault, seconds = _read_switch(await _read_body(request))
            switches.turn(name, fault=fault, seconds=seconds)
        except ValueError as error:
            return _error(400, str(error))
        return await self._providers(request)

    def _seen(self, after: int) -> list[SeenRequest]:
        wallets = self._wallets()
        newest = self.recent.newest_first(after=after)
        return [replace(seen, caller=wallets.name_of(seen.caller)) for seen in newest]

    def _wallets(self) -> Wallets:
        stack = self.stack()
        return Wallets(stack.user_pools, stack.identity_pools)

    def _faults(self) -> dict[str, str]:
        switches = self.stack().stand_ins.switches.all()
        return {name: switch.fault for name, switch in switches.items()}

    def _is_stood_in(self) -> frozenset[str]:
        stack = self.stack()
        keys = stack.stand_ins.accepted
        given = set(map(str, stack.template.parameters.values()))
        return frozenset(name for name, key in keys.items() if key in given)

    def _told_providers(self) -> list[dict[str, object]]:
        stood_in = self._is_stood_in()
        return [
            {"name": name, "is_stood_in": name in stood_in, **asdict(switch)}
            for name, switch in self.stack().stand_ins.switches.all().items()
        ]


async def _not_found(request: Request) -> Response:
    return _error(404, "nothing is here; see local/README.md")


async def _read_body(request: Request) -> object:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MAX_BODY_BYTES:
            raise ValueError("the body is too large")
    return json.loads(body)


def _read_switch(body: object) -> tuple[str, float]:
    if not isinstance(body, dict) or not set(body) <= {"fault", "seconds"}:
        raise ValueError("the body must be an object of fault and, for slow, seconds")
    if not isinstance(body.get("fault"), str):
        raise ValueError("fault must be a text; an empty one is none")
    seconds = body.get("seconds", 5)
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        raise ValueError("seconds must be a number")
    return body["fault"], float(seconds)


def _error(status: int, text: str) -> Response:
    return JSONResponse({"error": text}, status_code=status)
