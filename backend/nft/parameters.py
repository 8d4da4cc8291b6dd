"""What callers of the NFT routes write into paths and query strings."""

import re

from nft.chains import Chain, chain_of
from nft.errors import InvalidCursorError
from nft.paging.cursor_token import MAX_CURSOR_LENGTH
from nft.paging.listing import SpamChoice
from runtime.errors import InvalidParameterError
from runtime.event import ProxyEvent, path_parameter, query_parameter
from runtime.parameters import query_choice

MAX_LIMIT = 100
DEFAULT_LIMIT = 50
_LIMIT = re.compile(r"[1-9][0-9]{0,2}")


def path_chain(event: ProxyEvent) -> Chain:
    """Raises UnsupportedChainError."""
    return chain_of(path_parameter(event, "chainId"))


def query_chain(event: ProxyEvent) -> Chain:
    """`chainId`, Ethereum when none is asked for. Raises UnsupportedChainError."""
    return chain_of(query_parameter(event, "chainId") or "1")


def limit(event: ProxyEvent) -> int:
    """1 to MAX_LIMIT. Raises InvalidParameterError."""
    text = query_parameter(event, "limit") or str(DEFAULT_LIMIT)
    if not _LIMIT.fullmatch(text) or int(text) > MAX_LIMIT:
        raise InvalidParameterError("limit is not 1 to 100")
    return int(text)


def spam(event: ProxyEvent) -> SpamChoice:
    """Raises InvalidParameterError."""
    return query_choice(event, "spam", "include", "exclude")


def page_cursor(event: ProxyEvent) -> str | None:
    """Raises InvalidCursorError where it is too long to be one; its seal is checked later."""
    cursor = query_parameter(event, "cursor")
    if cursor is not None and len(cursor) > MAX_CURSOR_LENGTH:
        raise InvalidCursorError("longer than any cursor")
    return cursor
