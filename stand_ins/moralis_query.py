"""What a query to Moralis asks for, or a RefusedError in Moralis's words."""

from dataclasses import dataclass

import jwt
from starlette.requests import Request

from stand_ins.addresses import is_address
from stand_ins.catalogue import Collection, Token, collection_at
from stand_ins.chains import ETHEREUM, MORALIS_CHAINS
from stand_ins.dialect import RefusedError
from stand_ins.holdings import tokens_of
from stand_ins.moralis_shape import Form

MAX_LIMIT = 100
# Opaque to clients and worth nothing: it only makes a changed cursor recognisable.
_CURSOR_KEY = "stand-in for Moralis, signs cursors on this machine only"


@dataclass(frozen=True)
class Page:
    number: int
    offset: int
    limit: int


def asked_address(request: Request) -> str:
    address: str = request.path_params["address"]
    if not is_address(address):
        raise RefusedError("address is not a valid hex address")
    return address


def asked_collection(request: Request) -> Collection | None:
    address = asked_address(request)
    return collection_at(address) if asked_chain(request) == ETHEREUM.hex_id else None


def asked_tokens(request: Request, owner: str, chain: str) -> tuple[Token, ...]:
    tokens = tokens_of(owner) if chain == ETHEREUM.hex_id else ()
    wanted = {address.lower() for address in request.query_params.getlist("token_addresses[]")}
    without_spam = request.query_params.get("exclude_spam") == "true"
    return tuple(
        token
        for token in tokens
        if not (without_spam and token.collection.is_spam)
        and (not wanted or token.collection.address.lower() in wanted)
    )


def asked_form(request: Request) -> Form:
    query = request.query_params
    return Form(
        normalize=query.get("normalizeMetadata") == "true",
        media=query.get("media_items") == "true",
        hexadecimal=query.get("format") == "hex",
    )


def asked_chain(request: Request) -> str:
    """The 0x id of a chain; a query may name it too."""
    wanted = request.query_params.get("chain", ETHEREUM.moralis).lower()
    if wanted not in MORALIS_CHAINS:
        raise RefusedError(["chain must be a valid enum value"])
    return MORALIS_CHAINS[wanted]


def asked_page(request: Request, owner: str, chain: str) -> Page:
    cursor = request.query_params.get("cursor")
    if not cursor:
        return Page(1, 0, _limit(request))
    try:
        query = jwt.decode(cursor, _CURSOR_KEY, algorithms=["HS256"], options={"verify_iat": False})
        asked = query["customParams"]["walletAddress"], query["chain"]
        page = Page(query["page"], query["offset"], query["limit"])
    except (jwt.PyJWTError, KeyError, TypeError):
        raise RefusedError("cursor is not valid") from None
    if asked != (owner, chain):
        raise RefusedError("cursor is not valid")
    return page


def _limit(request: Request) -> int:
    text = request.query_params.get("limit", str(MAX_LIMIT))
    if not text.lstrip("-").isdecimal():
        raise RefusedError(["limit must be an integer number"])
    if int(text) < 1:
        raise RefusedError("limit must not be less than 1")
    if int(text) > MAX_LIMIT:
        raise RefusedError(f"limit must not be greater than {MAX_LIMIT}")
    return int(text)


def cursor_of(page: Page, owner: str, chain: str, now: float) -> str:
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
