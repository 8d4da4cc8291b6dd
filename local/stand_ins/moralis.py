"""Moralis Web3 Data API v2.2, NFTs of a wallet: GET /api/v2.2/{address}/nft."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass

import jwt
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.stand_ins.addresses import is_address
from local.stand_ins.catalogue import Token
from local.stand_ins.faults import Dialect, Faults
from local.stand_ins.holdings import tokens_of
from local.stand_ins.moralis_shape import owned_nft

MAX_LIMIT = 100
# Opaque to clients and worth nothing: it only makes a changed cursor recognisable.
_CURSOR_KEY = "stand-in for Moralis, signs cursors on this machine only"
ETHEREUM = "0x1"
CHAINS = {
    "eth": ETHEREUM, "sepolia": "0xaa36a7", "polygon": "0x89", "polygon amoy": "0x13882",
    "bsc": "0x38", "bsc testnet": "0x61", "avalanche": "0xa86a", "fantom": "0xfa",
    "cronos": "0x19", "arbitrum": "0xa4b1", "base": "0x2105", "base sepolia": "0x14a34",
    "optimism": "0xa", "linea": "0xe708", "linea sepolia": "0xe705", "moonbeam": "0x504",
}  # fmt: skip


def _error(status: int, sentence: str) -> object:
    return {"message": sentence, "statusCode": status} if status >= 500 else {"message": sentence}


DIALECT = Dialect(
    error=_error,
    sentences={
        400: "cursor is not valid",
        401: "Token is invalid format",
        403: "Forbidden",
        404: "Not found",
        429: "Rate limit exceeded. Please check the x-rate-limit headers",
        500: "Internal Server Error",
        503: "Service Unavailable",
    },
    quota_status=401,
    quota_sentence="Validation service blocked: Your plan: free-plan-daily total included usage "
    "has been consumed, please upgrade your plan here, https://moralis.io/pricing",
)


class _RefusedError(Exception):
    def __init__(self, message: str | list[str]) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class _Page:
    number: int
    offset: int
    limit: int


def build_moralis(*, key: str, now: Callable[[], float], slow_seconds: float) -> Starlette:
    """Serves /api/v2.2/...; `key` is what X-API-Key must carry."""

    async def wallet_nfts(request: Request) -> Response:
        try:
            return JSONResponse(_wallet_nfts(request, now()))
        except _RefusedError as refusal:
            return JSONResponse({"message": refusal.message}, status_code=400)

    answer = Faults(DIALECT, slow_seconds).around(wallet_nfts)

    async def authenticated(request: Request) -> Response:
        given = request.headers.get("x-api-key", "")
        if hmac.compare_digest(given.encode(), key.encode()):
            return await answer(request)
        return JSONResponse({"message": "Token is invalid format"}, status_code=401)

    return Starlette(routes=[Route("/api/v2.2/{address}/nft", authenticated, methods=["GET"])])


def _wallet_nfts(request: Request, now: float) -> dict[str, object]:
    owner = request.path_params["address"]
    if not is_address(owner):
        raise _RefusedError("address is not a valid hex address")
    chain = _chain(request)
    page = _page(request, owner.lower(), chain)
    tokens = _tokens(request, owner, chain)
    end = page.offset + page.limit
    following = _Page(page.number + 1, end, page.limit)
    more = end < len(tokens)
    return {
        "status": "SYNCED",
        "page": page.number,
        "page_size": page.limit,
        "cursor": _cursor(following, owner.lower(), chain, now) if more else None,
        "result": [_item(request, token, owner) for token in tokens[page.offset : end]],
    }


def _tokens(request: Request, owner: str, chain: str) -> tuple[Token, ...]:
    """Everything here is on Ethereum; the other chains are known and empty."""
    tokens = tokens_of(owner) if chain == ETHEREUM else ()
    if request.query_params.get("exclude_spam") == "true":
        return tuple(token for token in tokens if not token.collection.is_spam)
    return tokens


def _item(request: Request, token: Token, owner: str) -> dict[str, object]:
    query = request.query_params
    return owned_nft(
        token,
        owner,
        normalize=query.get("normalizeMetadata") == "true",
        media=query.get("media_items") == "true",
        hexadecimal=query.get("format") == "hex",
    )


def _chain(request: Request) -> str:
    wanted = request.query_params.get("chain", "eth").lower()
    if wanted in CHAINS.values():
        return wanted
    if wanted not in CHAINS:
        raise _RefusedError(["chain must be a valid enum value"])
    return CHAINS[wanted]


def _page(request: Request, owner: str, chain: str) -> _Page:
    cursor = request.query_params.get("cursor")
    if not cursor:
        return _Page(1, 0, _limit(request))
    try:
        query = jwt.decode(cursor, _CURSOR_KEY, algorithms=["HS256"], options={"verify_iat": False})
        asked = query["customParams"]["walletAddress"], query["chain"]
        page = _Page(query["page"], query["offset"], query["limit"])
    except (jwt.PyJWTError, KeyError, TypeError):
        raise _RefusedError("cursor is not valid") from None
    if asked != (owner, chain):
        raise _RefusedError("cursor is not valid")
    return page


def _limit(request: Request) -> int:
    text = request.query_params.get("limit", str(MAX_LIMIT))
    if not text.lstrip("-").isdecimal():
        raise _RefusedError(["limit must be an integer number"])
    if int(text) < 1:
        raise _RefusedError("limit must not be less than 1")
    if int(text) > MAX_LIMIT:
        raise _RefusedError(f"limit must not be greater than {MAX_LIMIT}")
    return int(text)


def _cursor(page: _Page, owner: str, chain: str, now: float) -> str:
    query = {
        "customParams": {"walletAddress": owner},
        "where": {"owner_of": owner},
        "chain": chain,
        "limit": page.limit,
        "offset": page.offset,
        "page": page.number,
        "iat": int(now),
    }
    return jwt.encode(query, _CURSOR_KEY, algorithm="HS256")
