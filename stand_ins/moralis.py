"""Moralis Web3 Data API v2.2: NFTs of a wallet and of a contract, one token, one contract."""

from collections.abc import Callable
from itertools import islice

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from stand_ins.catalogue import token_at, tokens_from
from stand_ins.dialect import Dialect, Endpoint, RefusedError, Sentence
from stand_ins.faults import Faults
from stand_ins.moralis_query import (
    Page,
    asked_address,
    asked_chain,
    asked_collection,
    asked_form,
    asked_page,
    asked_tokens,
    cursor_of,
)
from stand_ins.moralis_shape import contract_metadata, nft, owned_nft


def _error(status: int, sentence: Sentence) -> object:
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


def build_moralis(
    *, key: Callable[[], str], now: Callable[[], float], slow_seconds: float
) -> Starlette:
    """Serves /api/v2.2/...; `key()` is what X-API-Key must carry."""

    faults = Faults(DIALECT, slow_seconds, provider="moralis")

    def guarded(answer: Callable[[Request, float], object]) -> Endpoint:
        async def endpoint(request: Request) -> Response:
            return JSONResponse(answer(request, now()))

        return DIALECT.requiring("x-api-key", key, faults.around(DIALECT.refusing(endpoint)))

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


def _wallet_nfts(request: Request, now: float) -> dict[str, object]:
    owner, chain = asked_address(request), asked_chain(request)
    page = asked_page(request, owner.lower(), chain)
    tokens = asked_tokens(request, owner, chain)
    end = page.offset + page.limit
    items = [owned_nft(token, owner, asked_form(request)) for token in tokens[page.offset : end]]
    return _list(items, page, owner, chain, now, more=end < len(tokens))


def _contract_nfts(request: Request, now: float) -> dict[str, object]:
    """A contract nobody knows has an empty list."""
    address, chain = asked_address(request), asked_chain(request)
    page, collection = asked_page(request, address.lower(), chain), asked_collection(request)
    if collection is None:
        return _list([], page, address, chain, now, more=False)
    start = collection.first_token_id + page.offset
    tokens = list(islice(tokens_from(collection, start, page.limit + 1), page.limit + 1))
    items = [nft(token, asked_form(request)) for token in tokens[: page.limit]]
    return _list(items, page, address, chain, now, more=len(tokens) > page.limit)


def _list(
    items: list[dict[str, object]], page: Page, address: str, chain: str, now: float, *, more: bool
) -> dict[str, object]:
    following = Page(page.number + 1, page.offset + page.limit, page.limit)
    return {
        "status": "SYNCED",
        "page": page.number,
        "page_size": page.limit,
        "cursor": cursor_of(following, address.lower(), chain, now) if more else None,
        "result": items,
    }


def _one_nft(request: Request, now: float) -> dict[str, object]:
    collection, text = asked_collection(request), request.path_params["token_id"]
    if not text.isascii() or not text.isdecimal() or int(text) >= 2**256:
        raise RefusedError("token_id must be a number string")
    token = token_at(collection, int(text)) if collection else None
    if token is None:
        raise RefusedError("No metadata found for the given token", 404)
    return nft(token, asked_form(request))


def _contract_metadata(request: Request, now: float) -> dict[str, object]:
    collection = asked_collection(request)
    if collection is None:
        raise RefusedError("No metadata found for the given contract address", 404)
    return contract_metadata(collection)
