"""Alchemy NFT API v3: lists by owner and by contract, one token, one contract.

Below /nft/v3 as the network of all there is, eth-mainnet; below /{network}/nft/v3 for each network,
where the others are known and empty.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from stand_ins.addresses import is_address
from stand_ins.alchemy_shape import (
    contract_metadata,
    nft,
    owned_nft,
    unknown_contract,
    unknown_nft,
    without_metadata,
)
from stand_ins.catalogue import Collection, Token, collection_at, token_at, tokens_from
from stand_ins.faults import Dialect, Endpoint, Faults
from stand_ins.holdings import tokens_of

MAX_PAGE_SIZE = 100
MAX_CONTRACTS = 45
ETHEREUM = "eth-mainnet"
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


def build_alchemy(
    *, key: Callable[[], str], now: Callable[[], float], slow_seconds: float
) -> Starlette:
    """Serves /nft/v3/... and /{network}/nft/v3/...; Authorization: Bearer must carry `key()`."""
    faults = Faults(DIALECT, slow_seconds, provider="alchemy")

    async def for_owner(request: Request) -> Response:
        return JSONResponse(_nfts_for_owner(request, now()))

    async def for_contract(request: Request) -> Response:
        return JSONResponse(_nfts_for_contract(request))

    async def one_nft(request: Request) -> Response:
        return JSONResponse(_nft_metadata(request))

    async def one_contract(request: Request) -> Response:
        return JSONResponse(_contract_metadata(request))

    def guarded(endpoint: Endpoint) -> Endpoint:
        return _authenticated(key, faults.around(_refusing(endpoint)))

    methods = {
        "getNFTsForOwner": for_owner,
        "getNFTsForContract": for_contract,
        "getNFTMetadata": one_nft,
        "getContractMetadata": one_contract,
    }
    return Starlette(
        routes=[
            Route(f"{base}/{name}", guarded(endpoint), methods=["GET"])
            for name, endpoint in methods.items()
            for base in ("/nft/v3", "/{network}/nft/v3")
        ]
    )


def _authenticated(key: Callable[[], str], endpoint: Endpoint) -> Endpoint:
    async def checked(request: Request) -> Response:
        given = request.headers.get("authorization", "")
        if hmac.compare_digest(given.encode(), f"Bearer {key()}".encode()):
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
    tokens = _chosen(request, tokens_of(_address(request, "owner")))
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
    collection = _collection(request)
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


def _nft_metadata(request: Request) -> dict[str, object]:
    """A token that is not there is no failure, but its metadata's error."""
    collection, token_id = _collection(request), _token_id(request, "tokenId")
    found = token_at(collection, token_id) if collection else None
    if found is not None:
        return nft(found)
    return unknown_nft(_address(request, "contractAddress"), token_id, is_contract=bool(collection))


def _contract_metadata(request: Request) -> dict[str, object]:
    collection = _collection(request)
    if collection is None:
        return unknown_contract(_address(request, "contractAddress"))
    return contract_metadata(collection)


def _is_empty(request: Request) -> bool:
    """Everything here is on Ethereum; the other networks are known and empty."""
    network: str = request.path_params.get("network", ETHEREUM)
    return network != ETHEREUM


def _collection(request: Request) -> Collection | None:
    address = _address(request, "contractAddress")
    return None if _is_empty(request) else collection_at(address)


def _chosen(request: Request, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    wanted = {address.lower() for address in request.query_params.getlist("contractAddresses[]")}
    if len(wanted) > MAX_CONTRACTS:
        size = f"Contract address filter size of: {len(wanted)}"
        raise _RefusedError(f"{size} is greater than the maximum allowed of: {MAX_CONTRACTS}!")
    if _is_empty(request):
        return ()
    return tuple(t for t in tokens if not wanted or t.collection.address.lower() in wanted)


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
    return _token_id(request, "startToken")


def _token_id(request: Request, name: str) -> int:
    text = request.query_params.get(name) or "0"
    try:
        number = int(text, 16) if text.startswith("0x") else int(text)
    except ValueError:
        raise _RefusedError(f"{name} is not a token id") from None
    if not 0 <= number < 2**256:
        raise _RefusedError(f"{name} is not a token id")
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
