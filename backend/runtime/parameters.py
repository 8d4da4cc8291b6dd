"""What callers write into paths and query strings, checked before anything is asked."""

import re

from ethereum.address import Address, parse_address
from ethereum.chains import BY_DECIMAL_ID, Chain
from ethereum.errors import AddressError
from ethereum.uint256 import is_uint256
from runtime.errors import (
    InvalidAddressError,
    InvalidCursorError,
    InvalidParameterError,
    InvalidTokenIdError,
    UnsupportedChainError,
)
from runtime.event import ProxyEvent, path_parameter, query_parameter

MAX_CURSOR_LENGTH = 4096
"""Of a cursor as it is sealed, opened and published."""

MAX_LIMIT = 100
DEFAULT_LIMIT = 50
_LIMIT = re.compile(r"[1-9][0-9]{0,2}")


def path_chain(event: ProxyEvent) -> Chain:
    """Raises UnsupportedChainError."""
    return read_chain(path_parameter(event, "chainId"))


def query_chain(event: ProxyEvent) -> Chain:
    """`chainId`, Ethereum when none is asked for. Raises UnsupportedChainError."""
    return read_chain(query_parameter(event, "chainId") or "1")


def path_address(event: ProxyEvent, name: str) -> Address:
    """Canonical; a wrong EIP-55 checksum is refused. Raises InvalidAddressError."""
    return read_address(path_parameter(event, name))


def query_address(event: ProxyEvent, name: str) -> Address | None:
    """Raises InvalidAddressError."""
    text = query_parameter(event, name)
    return None if text is None else read_address(text)


def path_token_id(event: ProxyEvent) -> str:
    """Decimal digits of a uint256. Raises InvalidTokenIdError."""
    return read_token_id(path_parameter(event, "tokenId"))


def read_token_id(text: str) -> str:
    """Raises InvalidTokenIdError."""
    if not is_uint256(text):
        raise InvalidTokenIdError("not a decimal uint256")
    return text


def query_limit(event: ProxyEvent) -> int:
    """1 to MAX_LIMIT. Raises InvalidParameterError."""
    text = query_parameter(event, "limit") or str(DEFAULT_LIMIT)
    if not _LIMIT.fullmatch(text) or int(text) > MAX_LIMIT:
        raise InvalidParameterError(f"limit is not 1 to {MAX_LIMIT}")
    return int(text)


def query_cursor(
    event: ProxyEvent, name: str = "cursor", *, max_length: int = MAX_CURSOR_LENGTH
) -> str | None:
    """Raises InvalidCursorError when it is too long or not printable ASCII without spaces."""
    cursor = query_parameter(event, name)
    if cursor is None:
        return None
    printable = cursor.isascii() and cursor.isprintable() and " " not in cursor
    if not printable or len(cursor) > max_length:
        raise InvalidCursorError(f"{name} is not a cursor")
    return cursor


def query_choice[T: str](event: ProxyEvent, name: str, *choices: T) -> T:
    """One of `choices`; the first where the parameter is absent. Raises InvalidParameterError."""
    text = query_parameter(event, name)
    if text is None:
        return choices[0]
    for choice in choices:
        if text == choice:
            return choice
    raise InvalidParameterError(f"{name} is none of {', '.join(choices)}")


def read_chain(text: str) -> Chain:
    """The chain of an EIP-155 id in decimal digits. Raises UnsupportedChainError."""
    chain = BY_DECIMAL_ID.get(text)
    if chain is None:
        raise UnsupportedChainError("not on the list")
    return chain


def read_address(text: str) -> Address:
    """Raises InvalidAddressError."""
    try:
        return parse_address(text)
    except AddressError as error:
        raise InvalidAddressError(str(error)) from None
