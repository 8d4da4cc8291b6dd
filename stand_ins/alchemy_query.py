"""What a query to Alchemy asks for, or a RefusedError in Alchemy's words."""

import base64

from starlette.requests import Request

from stand_ins.addresses import is_address
from stand_ins.catalogue import Collection, Token, collection_at
from stand_ins.chains import ALCHEMY_NETWORKS, ETHEREUM
from stand_ins.dialect import RefusedError

MAX_PAGE_SIZE = 100
MAX_CONTRACTS = 45


def _is_empty(request: Request) -> bool:
    """Whether the network is one of those that are known and empty."""
    network: str = request.path_params.get("network", ETHEREUM.alchemy)
    if network not in ALCHEMY_NETWORKS:
        raise RefusedError("There is no such network", 404)
    return network != ETHEREUM.alchemy


def asked_collection(request: Request) -> Collection | None:
    address = asked_address(request, "contractAddress")
    return None if _is_empty(request) else collection_at(address)


def of_asked_contracts(request: Request, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    wanted = {address.lower() for address in request.query_params.getlist("contractAddresses[]")}
    if len(wanted) > MAX_CONTRACTS:
        size = f"Contract address filter size of: {len(wanted)}"
        raise RefusedError(f"{size} is greater than the maximum allowed of: {MAX_CONTRACTS}!")
    if _is_empty(request):
        return ()
    return tuple(t for t in tokens if not wanted or t.collection.address.lower() in wanted)


def asked_address(request: Request, name: str) -> str:
    address = request.query_params.get(name, "")
    if not is_address(address):
        raise RefusedError(f"{name} is not a valid address")
    return address


def asked_size(request: Request, name: str) -> int:
    text = request.query_params.get(name, str(MAX_PAGE_SIZE))
    if not text.isdecimal() or not 1 <= int(text) <= MAX_PAGE_SIZE:
        raise RefusedError(f"{name} must be between 1 and {MAX_PAGE_SIZE}")
    return int(text)


def asked_token_id(request: Request, name: str) -> int:
    text = request.query_params.get(name) or "0"
    try:
        number = int(text, 16) if text.startswith("0x") else int(text)
    except ValueError:
        raise RefusedError(f"{name} is not a token id") from None
    if not 0 <= number < 2**256:
        raise RefusedError(f"{name} is not a token id")
    return number


def page_key(last: Token) -> str:
    """As observed: base64 of the last token seen; opaque to every client."""
    text = f"{last.collection.address.lower()}:0x{last.token_id:064x}:false"
    return base64.b64encode(text.encode()).decode()


def asked_position(request: Request, tokens: tuple[Token, ...]) -> int:
    asked = request.query_params.get("pageKey")
    if not asked:
        return 0
    for index, token in enumerate(tokens):
        if page_key(token) == asked:
            return index + 1
    raise RefusedError("pageKey is not valid")
