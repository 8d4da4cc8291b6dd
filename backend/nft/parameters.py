"""What callers write into paths and query strings, checked before anything is asked."""

import re

from ethereum.address import parse_address
from ethereum.errors import AddressError
from nft.chains import Chain, chain_of
from nft.cursor_token import MAX_CURSOR_LENGTH
from nft.errors import (
    InvalidAddressError,
    InvalidCursorError,
    InvalidParameterError,
    InvalidTokenIdError,
)
from nft.listing import SpamChoice
from runtime.event import ProxyEvent, path_parameter, query_parameter

MAX_LIMIT = 100
DEFAULT_LIMIT = 50
_TOKEN_ID = re.compile(r"0|[1-9][0-9]{0,77}")
_LIMIT = re.compile(r"[1-9][0-9]{0,2}")


def path_chain(event: ProxyEvent) -> Chain:
    """Raises UnsupportedChainError."""
    return chain_of(path_parameter(event, "chainId"))


def query_chain(event: ProxyEvent) -> Chain:
    """`chainId`, Ethereum when none is asked for. Raises UnsupportedChainError."""
    return chain_of(query_parameter(event, "chainId") or "1")


def path_address(event: ProxyEvent, name: str) -> str:
    """Canonical; a wrong EIP-55 checksum is refused. Raises InvalidAddressError."""
    return _address(path_parameter(event, name))


def query_address(event: ProxyEvent, name: str) -> str | None:
    """Raises InvalidAddressError."""
    text = query_parameter(event, name)
    return None if text is None else _address(text)


def path_token_id(event: ProxyEvent) -> str:
    """Raises InvalidTokenIdError."""
    text = path_parameter(event, "tokenId")
    if not _TOKEN_ID.fullmatch(text) or int(text) >= 2**256:
        raise InvalidTokenIdError("not a decimal uint256")
    return text


def limit(event: ProxyEvent) -> int:
    """1 to MAX_LIMIT. Raises InvalidParameterError."""
    text = query_parameter(event, "limit") or str(DEFAULT_LIMIT)
    if not _LIMIT.fullmatch(text) or int(text) > MAX_LIMIT:
        raise InvalidParameterError("limit is not 1 to 100")
    return int(text)


def spam(event: ProxyEvent) -> SpamChoice:
    """Raises InvalidParameterError."""
    match query_parameter(event, "spam"):
        case None | "include":
            return "include"
        case "exclude":
            return "exclude"
    raise InvalidParameterError("spam is neither include nor exclude")


def page_cursor(event: ProxyEvent) -> str | None:
    """Raises InvalidCursorError where it is too long to be one; its seal is checked later."""
    cursor = query_parameter(event, "cursor")
    if cursor is not None and len(cursor) > MAX_CURSOR_LENGTH:
        raise InvalidCursorError("longer than any cursor")
    return cursor


def _address(text: str) -> str:
    try:
        return parse_address(text)
    except AddressError as error:
        raise InvalidAddressError(str(error)) from None
