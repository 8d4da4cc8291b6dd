"""An Ethereum node as the local stack has one: JSON-RPC over a table, without a chain.

POST /{chain_id} answers `eth_chainId`, `eth_blockNumber`, `eth_getCode` and `eth_call`, alone or in
a batch. It needs no key. Nothing is mined, and no code is run: `eth_call` says what is answered.

Failures on demand: a name whose label is `fault-500`, or the address that `faults.fault_address`
gives, asks for one; `chain` for the answer of a node that serves another chain.

https://ethereum.org/en/developers/docs/apis/json-rpc/
"""

import json
import re
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from stand_ins.backend import CHAINS
from stand_ins.body import read_body
from stand_ins.chains import block_number
from stand_ins.dialect import Dialect, Sentence
from stand_ins.faults import PREFIX, Faults, fault_by_address
from stand_ins.node.errors import (
    InvalidParamsError,
    InvalidRequestError,
    MethodNotFoundError,
    RpcError,
)
from stand_ins.node.eth_call import contract_at, eth_call, read_address

MAX_BODY_BYTES = 256 * 1024
_BY_NAME = re.compile(PREFIX + "[a-z0-9]+")
_INVALID_OPCODE = "0xfe"
"""Shown as the code of every contract, so that there is some."""


def _error(status: int, sentence: Sentence) -> object:
    return _failed(None, {"code": -32005 if status == 429 else -32603, "message": sentence})


DIALECT = Dialect(
    error=_error,
    sentences={
        400: "invalid request",
        401: "invalid project id",
        403: "access denied",
        404: "no such network",
        429: "project ID request rate exceeded",
        500: "internal error",
        503: "service unavailable",
    },
    quota_status=429,
    quota_sentence="daily request count exceeded, request rate limited",
)


def build_node(*, now: Callable[[], float], slow_seconds: float) -> Starlette:
    """Serves POST /{chain_id} for each chain of the table."""
    faults = Faults(DIALECT, slow_seconds, provider="node")

    async def answer(request: Request) -> Response:
        chain_id = request.path_params["chain_id"]
        if chain_id not in CHAINS:
            return JSONResponse(_error(404, DIALECT.sentences[404]), status_code=404)
        try:
            body = await read_body(request, max_bytes=MAX_BODY_BYTES)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            return JSONResponse(_error(413, "the request is too large"), status_code=413)
        fault = _wanted_fault(body)
        if fault and (failed := await faults.answer(fault, request)):
            return failed
        served = chain_id + 1 if fault == "chain" else chain_id
        text = json.dumps(_answer(body, served, now()))
        return Response(text, media_type="application/json")

    return Starlette(routes=[Route("/{chain_id:int}", answer, methods=["POST"])])


def _wanted_fault(body: bytes) -> str:
    """What a name or an address in the call asks for; a name stands in hex there."""
    text = body.decode("latin-1")
    for digits in re.findall(r"0x([0-9a-fA-F]+)", text):
        named = bytes.fromhex(digits[: len(digits) // 2 * 2]).decode("latin-1")
        if by_name := _BY_NAME.search(named):
            return by_name[0].removeprefix(PREFIX)
        if by_address := fault_by_address(digits, "node") or fault_by_address(named, "node"):
            return by_address
    return ""


def _answer(body: bytes, chain_id: int, now: float) -> object:
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        return _failed(None, {"code": -32700, "message": "the request is not JSON"})
    if isinstance(asked, list) and asked:
        return [_answer_one(one, chain_id, now) for one in asked]
    return _answer_one(asked, chain_id, now)


def _answer_one(asked: object, chain_id: int, now: float) -> dict[str, object]:
    fields = asked if isinstance(asked, dict) else {}
    method, params, request_id = fields.get("method"), fields.get("params", []), fields.get("id")
    if not isinstance(request_id, (str, int)):
        request_id = None
    try:
        if not isinstance(method, str) or not isinstance(params, list):
            raise InvalidRequestError("a request has a method and a list of parameters")
        return {
            "jsonrpc": "2.0",
            "id": request_id,
            "result": _result(method, params, chain_id, now),
        }
    except RpcError as error:
        return _failed(request_id, error.as_json())


def _result(method: str, params: list[object], chain_id: int, now: float) -> str:
    match method:
        case "eth_chainId":
            return hex(chain_id)
        case "eth_blockNumber":
            return hex(block_number(now))
        case "eth_getCode":
            return _code(params, chain_id)
        case "eth_call":
            return eth_call(params, chain_id)
    raise MethodNotFoundError(f"this stand-in does not answer {method}")


def _code(params: list[object], chain_id: int) -> str:
    if not params:
        raise InvalidParamsError("eth_getCode takes an address")
    return _INVALID_OPCODE if contract_at(read_address(params[0]), chain_id) else "0x"


def _failed(request_id: object, error: dict[str, object]) -> dict[str, object]:
    return {"jsonrpc": "2.0", "id": request_id, "error": error}
