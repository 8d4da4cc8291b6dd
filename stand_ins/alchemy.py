"""Alchemy NFT API v3: lists by owner and by contract, one token, one contract.

Below /nft/v3 as the network of all there is, eth-mainnet; below /{network}/nft/v3 for each network,
where the others are known and empty.
"""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from stand_ins.alchemy_query import (
    asked_address,
    asked_collection,
    asked_position,
    asked_size,
    asked_token_id,
    of_asked_contracts,
    page_key,
)
from stand_ins.alchemy_shape import (
    contract_metadata,
    nft,
    owned_nft,
    unknown_contract,
    unknown_nft,
    without_metadata,
)
from stand_ins.catalogue import Token, token_at, tokens_from
from stand_ins.chains import block_number
from stand_ins.dialect import Dialect, Endpoint, Sentence
from stand_ins.faults import Faults
from stand_ins.holdings import tokens_of


def _error(_status: int, sentence: Sentence) -> object:
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


def build_alchemy(
    *, key: Callable[[], str], now: Callable[[], float], slow_seconds: float
) -> Starlette:
    """Serves /nft/v3/... and /{network}/nft/v3/...; Authorization: Bearer must carry `key()`."""
    faults = Faults(DIALECT, slow_seconds, provider="alchemy")

    def guarded(answer: Callable[[Request, float], object]) -> Endpoint:
        async def endpoint(request: Request) -> Response:
            return JSONResponse(answer(request, now()))

        answering = faults.around(DIALECT.refusing(endpoint))
        return DIALECT.requiring("authorization", lambda: f"Bearer {key()}", answering)

    answers = {
        "getNFTsForOwner": _nfts_for_owner,
        "getNFTsForContract": _nfts_for_contract,
        "getNFTMetadata": _nft_metadata,
        "getContractMetadata": _contract_metadata,
    }
    return Starlette(
        routes=[
            Route(f"{base}/{name}", guarded(answer), methods=["GET"])
            for name, answer in answers.items()
            for base in ("/nft/v3", "/{network}/nft/v3")
        ]
    )


def _nfts_for_owner(request: Request, now: float) -> dict[str, object]:
    tokens = of_asked_contracts(request, tokens_of(asked_address(request, "owner")))
    start, size = asked_position(request, tokens), asked_size(request, "pageSize")
    page, rest = tokens[start : start + size], tokens[start + size :]
    full = request.query_params.get("withMetadata", "true") == "true"
    return {
        "ownedNfts": [_owned(token, full) for token in page],
        "totalCount": len(tokens),
        "validAt": _valid_at(now),
        "pageKey": page_key(page[-1]) if rest else None,
    }


def _owned(token: Token, full: bool) -> dict[str, object]:
    if full:
        return owned_nft(token)
    return {**without_metadata(token), "balance": str(token.balance)}


def _nfts_for_contract(request: Request, now: float) -> dict[str, object]:
    collection = asked_collection(request)
    size = asked_size(request, "limit")
    start = asked_token_id(request, "startToken")
    if collection is None:
        return {"nfts": []}
    tokens = list(tokens_from(collection, start, size + 1))
    write = nft if request.query_params.get("withMetadata", "true") == "true" else without_metadata
    page: dict[str, object] = {"nfts": [write(token) for token in tokens[:size]]}
    if len(tokens) > size:
        page["pageKey"] = f"0x{tokens[size].token_id:064x}"
    return page


def _nft_metadata(request: Request, now: float) -> dict[str, object]:
    """A token that is not there is no failure, but its metadata's error."""
    collection, token_id = asked_collection(request), asked_token_id(request, "tokenId")
    token = token_at(collection, token_id) if collection else None
    if token is not None:
        return nft(token)
    address = asked_address(request, "contractAddress")
    return unknown_nft(address, token_id, is_contract=collection is not None)


def _contract_metadata(request: Request, now: float) -> dict[str, object]:
    collection = asked_collection(request)
    if collection is None:
        return unknown_contract(asked_address(request, "contractAddress"))
    return contract_metadata(collection)


def _valid_at(now: float) -> dict[str, object]:
    number = block_number(now)
    return {
        "blockNumber": number,
        "blockHash": f"0x{hashlib.sha256(str(number).encode()).hexdigest()}",
        "blockTimestamp": datetime.fromtimestamp(int(now), UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
