"""Moralis Web3 Data API v2.2: NFTs of a wallet and of a contract, one token, one contract."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

import jwt
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from stand_ins.addresses import is_address
from stand_ins.catalogue import Collection, Token, collection_at, token_at, tokens_from
from stand_ins.faults import Dialect, Endpoint, Faults
from stand_ins.holdings import tokens_of
from stand_ins.moralis_shape import Form, contract_metadata, nft, owned_nft

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
    def __init__(self, message: str | list[str], status: int = 400) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


@dataclass(frozen=True)
class _Page:
    number: int
    offset: int
    limit: int


def build_moralis(
    *, key: Callable[[], str], now: Callable[[], float], slow_seconds: float
) -> Starlette:
    """Serves /api/v2.2/...; `key()` is what X-API-Key must carry."""

    faults = Faults(DIALECT, slow_seconds, provider="moralis")

    def guarded(answer: Callable[[Request, float], object]) -> Endpoint:
        async def refusing(request: Request) -> Response:
            try:
                return JSONResponse(answer(request, now()))
            except _RefusedError as refusal:
                return JSONResponse({"message": refusal.message}, status_code=refusal.status)

        return _authenticated(key, faults.around(refusing))

    answers = {
        "/nft/{address}/metadata": _contract_metadata,
        "/nft/{address}/{token_id}": _one_nft,
        "/nft/{address}": _contract_nfts,
        "/{address}/nft": _wallet_nfts,
    }
    return Starlette(
        routes=[
            Route(f"/api/v2.2{path}", guarded(answer), methods=["GET"])
            for path, answer in answers.items()
        ]
    )


def _authenticated(key: Callable[[], str], answer: Endpoint) -> Endpoint:
    async def authenticated(request: Request) -> Response:
        given = request.headers.get("x-api-key", "")
        if hmac.compare_digest(given.encode(), key().encode()):
            return await answer(request)
        return JSONResponse({"message": "Token is invalid format"}, status_code=401)

    return authenticated


def _wallet_nfts(request: Request, now: float) -> dict[str, object]:
    owner, chain = _address(request), _chain(request)
    page = _page(request, owner.lower(), chain)
    tokens = _tokens(request, owner, chain)
    end = page.offset + page.limit
    items = [owned_nft(token, owner, _form(request)) for token in tokens[page.offset : end]]
    return _list(items, page, owner, chain, now, more=end < len(tokens))


def _contract_nfts(request: Request, now: float) -> dict[str, object]:
    """A contract nobody knows has an empty list."""
    address, chain = _address(request), _chain(request)
    page, collection = _page(request, address.lower(), chain), _collection(request)
    if collection is None:
        return _list([], page, address, chain, now, more=False)
    start = collection.first_token_id + page.offset
    tokens = list(islice(tokens_from(collection, start, page.limit + 1), page.limit + 1))
    items = [nft(token, _form(request)) for token in tokens[: page.limit]]
    return _list(items, page, address, chain, now, more=len(tokens) > page.limit)


def _list(
    items: list[dict[str, object]], page: _Page, address: str, chain: str, now: float, *, more: bool
) -> dict[str, object]:
    following = _Page(page.number + 1, page.offset + page.limit, page.limit)
    return {
        "status": "SYNCED",
        "page": page.number,
        "page_size": page.limit,
        "cursor": _cursor(following, address.lower(), chain, now) if more else None,
        "result": items,
    }


def _one_nft(request: Request, now: float) -> dict[str, object]:
    collection, text = _collection(request), request.path_params["token_id"]
    if not text.isascii() or not text.isdecimal() or int(text) >= 2**256:
        raise _RefusedError("token_id must be a number string")
    found = token_at(collection, int(text)) if collection else None
    if found is None:
        raise _RefusedError("No metadata found for the given token", 404)
    return nft(found, _form(request))


def _contract_metadata(request: Request, now: float) -> dict[str, object]:
    collection = _collection(request)
    if collection is None:
        raise _RefusedError("No metadata found for the given contract address", 404)
    return contract_metadata(collection)


def _address(request: Request) -> str:
    address: str = request.path_params["address"]
    if not is_address(address):
        raise _RefusedError("address is not a valid hex address")
    return address


def _collection(request: Request) -> Collection | None:
    address = _address(request)
    return collection_at(address) if _chain(request) == ETHEREUM else None


def _tokens(request: Request, owner: str, chain: str) -> tuple[Token, ...]:
    """Everything here is on Ethereum; the other chains are known and empty."""
    tokens = tokens_of(owner) if chain == ETHEREUM else ()
    wanted = {address.lower() for address in request.query_params.getlist("token_addresses[]")}
    without_spam = request.query_params.get("exclude_spam") == "true"
    return tuple(
        token
        for token in tokens
        if not (without_spam and token.collection.is_spam)
        and (not wanted or token.collection.address.lower() in wanted)
    )


def _form(request: Request) -> Form:
    query = request.query_params
    return Form(
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
