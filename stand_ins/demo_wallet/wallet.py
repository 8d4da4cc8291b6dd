"""The demo wallet on the local site: POST /demo-wallet signs, GET /demo-wallet.js announces it.

For the site's own pages only: a request must name an allowed Origin, and a browser must not
call it anything but same-origin. Asking the person is the script's part; these keys are public.
"""

import json
from collections.abc import Collection
from pathlib import Path
from typing import Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from stand_ins.body import read_body
from stand_ins.demo_wallet.accounts import ACCOUNTS
from stand_ins.demo_wallet.rpc import DemoWalletError, InvalidParamsError, answer

MAX_BODY_BYTES: Final = 16 * 1024
SCRIPT_TAG: Final = '<script src="./demo-wallet.js"></script>'
_SCRIPT = Path(__file__).with_name("demo-wallet.js")


def demo_wallet_routes(*, allowed_origins: Collection[str], chain_id: int = 1) -> list[Route]:
    """Routes for the site's app; origins as browsers write them, http://localhost:3000."""

    async def call(request: Request) -> Response:
        if not _is_own_page(request, allowed_origins):
            return _error(403, 4100, "Only the gallery's own page may use the demo wallet.")
        try:
            body = await read_body(request, max_bytes=MAX_BODY_BYTES)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            return _error(413, -32600, "The request is too large.")
        return _answer(body, chain_id)

    async def script(_request: Request) -> Response:
        return Response(
            _SCRIPT.read_bytes(),
            media_type="text/javascript",
            headers={"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"},
        )

    return [
        Route("/demo-wallet", call, methods=["POST"]),
        Route("/demo-wallet.js", script, methods=["GET"]),
    ]


def _is_own_page(request: Request, allowed_origins: Collection[str]) -> bool:
    same_origin = request.headers.get("sec-fetch-site", "same-origin") == "same-origin"
    json_body = request.headers.get("content-type", "").partition(";")[0] == "application/json"
    return request.headers.get("origin") in allowed_origins and same_origin and json_body


def _answer(body: bytes, chain_id: int) -> Response:
    try:
        call = json.loads(body)
    except (ValueError, RecursionError):
        return _error(400, -32700, "The request is not JSON.")
    try:
        index, method, params = _call(call)
        result = answer(ACCOUNTS[index], method, params, chain_id=chain_id)
    except DemoWalletError as error:
        return _error(200, error.code, str(error))
    return JSONResponse({"result": result})


def _call(call: object) -> tuple[int, str, list[object]]:
    """{"account": index, "method": str, "params": [...]}. Raises InvalidParamsError."""
    fields = call if isinstance(call, dict) else {}
    index, method, params = fields.get("account"), fields.get("method"), fields.get("params", [])
    if type(index) is not int or not 0 <= index < len(ACCOUNTS):
        raise InvalidParamsError("There is no such account.")
    if not isinstance(method, str) or not isinstance(params, list):
        raise InvalidParamsError("A call has a method and a list of parameters.")
    return index, method, params


def _error(status: int, code: int, message: str) -> Response:
    return JSONResponse({"error": {"code": code, "message": message}}, status_code=status)
