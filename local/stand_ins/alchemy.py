"""Alchemy NFT API v3, the two list methods: getNFTsForOwner and getNFTsForContract."""

import base64
import hashlib
import hmac
from collections.abc import Callable
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.stand_ins.addresses import is_address
from local.stand_ins.alchemy_shape import nft, owned_nft, without_metadata
from local.stand_ins.catalogue import Token, collection_at, tokens_from
from local.stand_ins.faults import Dialect, Endpoint, Faults
from local.stand_ins.holdings import tokens_of

MAX_PAGE_SIZE = 100
_GENESIS = 1_438_269_973  # block 0; about one block every 14 seconds since


def _error(_status: int, sentence: str) -> object:
    return {"error": {"message": sentence}}


DIALECT = Dialect(
    error=_error,
    sentences={
        400: "Invalid 1st argument",
        401: "Must be authenticated!",
        403: "App is inactive.",
        404: "Not found",
        429: "Your app has exceeded its compute units per second capacity.",
        500: "Error fetching nft data",
        503: "Unable to complete request at this time.",
    },
    quota_status=403,
    quota_sentence="Monthly capacity limit exceeded.",
)


class _RefusedError(Exception):
    pass


def build_alchemy(*, key: str, now: Callable[[], float], slow_seconds: float) -> Starlette:
    """Serves /nft/v3/...; `key` is what Authorization: Bearer must carry."""
    faults = Faults(DIALECT, slow_seconds)

    async def for_owner(request: Request) -> Response:
        return JSONResponse(_nfts_for_owner(request, now()))

    async def for_contract(request: Request) -> Response:
        return JSONResponse(_nfts_for_contract(request))

    def guarded(endpoint: Endpoint) -> Endpoint:
        return _authenticated(key, faults.around(_refusing(endpoint)))

    return Starlette(
        routes=[
            Route("/nft/v3/getNFTsForOwner", guarded(for_owner), methods=["GET"]),
            Route("/nft/v3/getNFTsForContract", guarded(for_contract), methods=["GET"]),
        ]
    )


def _authenticated(key: str, endpoint: Endpoint) -> Endpoint:
    async def checked(request: Request) -> Response:
        given = request.headers.get("authorization", "")
        if hmac.compare_digest(given.encode(), f"Bearer {key}".encode()):
            return await endpoint(request)
        return JSONResponse(_error(401, "Must be authenticated!"), status_code=401)

    return checked


def _refusing(endpoint: Endpoint) -> Endpoint:
    async def refusing(request: Request) -> Response:
        try:
            return await endpoint(request)
        except _RefusedError as refusal:
            return JSONResponse(_error(400, str(refusal)), status_code=400)

    return refusing


def _nfts_for_owner(request: Request, now: float) -> dict[str, object]:
    tokens = tokens_of(_address(request, "owner"))
    start, size = _position(request, tokens), _size(request, "pageSize")
    page, rest = tokens[start : start + size], tokens[start + size :]
    full = request.query_params.get("withMetadata", "true") == "true"
    return {
        "ownedNfts": [_owned(token, full) for token in page],
        "totalCount": len(tokens),
        "validAt": _valid_at(now),
        "pageKey": _page_key(page[-1]) if rest else None,
    }


def _owned(token: Token, full: bool) -> dict[str, object]:
    if full:
        return owned_nft(token)
    return {**without_metadata(token), "balance": str(token.balance)}


def _nfts_for_contract(request: Request) -> dict[str, object]:
    collection = collection_at(_address(request, "contractAddress"))
    size = _size(request, "limit")
    start = _start_token(request)
    if collection is None:
        return {"nfts": []}
    tokens = list(tokens_from(collection, start, size + 1))
    write = nft if request.query_params.get("withMetadata", "true") == "true" else without_metadata
    page: dict[str, object] = {"nfts": [write(token) for token in tokens[:size]]}
    if len(tokens) > size:
        page["pageKey"] = f"0x{tokens[size].token_id:064x}"
    return page


def _address(request: Request, name: str) -> str:
    address = request.query_params.get(name, "")
    if not is_address(address):
        raise _RefusedError(f"{name} is not a valid address")
    return address


def _size(request: Request, name: str) -> int:
    text = request.query_params.get(name, str(MAX_PAGE_SIZE))
    if not text.isdecimal() or not 1 <= int(text) <= MAX_PAGE_SIZE:
        raise _RefusedError(f"{name} must be between 1 and {MAX_PAGE_SIZE}")
    return int(text)


def _start_token(request: Request) -> int:
    text = request.query_params.get("startToken") or "0"
    try:
        number = int(text, 16) if text.startswith("0x") else int(text)
    except ValueError:
        raise _RefusedError("startToken is not a token id") from None
    if not 0 <= number < 2**256:
        raise _RefusedError("startToken is not a token id")
    return number


def _page_key(last: Token) -> str:
    """As observed: base64 of the last token seen; opaque to every client."""
    text = f"{last.collection.address.lower()}:0x{last.token_id:064x}:false"
    return base64.b64encode(text.encode()).decode()


def _position(request: Request, tokens: tuple[Token, ...]) -> int:
    page_key = request.query_params.get("pageKey")
    if not page_key:
        return 0
    for index, token in enumerate(tokens):
        if _page_key(token) == page_key:
            return index + 1
    raise _RefusedError("pageKey is not valid")


def _valid_at(now: float) -> dict[str, object]:
    number = int(now - _GENESIS) // 14
    return {
        "blockNumber": number,
        "blockHash": f"0x{hashlib.sha256(str(number).encode()).hexdigest()}",
        "blockTimestamp": datetime.fromtimestamp(int(now), UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
