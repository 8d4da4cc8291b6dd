"""From a provider's JSON, hostile and moody, to plain values: one reader per kind of value.

A reader gives None for what is absent, empty or of another kind; it never raises. Numbers that
no JavaScript number holds stay text, lone surrogates become U+FFFD, a value too deep or too
long is left out, so that one token's metadata cannot break the page it is on.
"""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from math import isfinite
from typing import cast

import msgspec

from ethereum.address import Address, is_hex_address, to_checksum_address
from ethereum.uint256 import is_uint256, parse_uint256
from nft.errors import UpstreamUnavailableError
from nft.providers.http import UpstreamReply, is_json

MAX_TEXT_LENGTH = 512 * 1024
MAX_DEPTH = 64
MAX_SAFE_INTEGER = 2**53 - 1
_PRICE = re.compile(r"[0-9]{1,40}(?:\.[0-9]{0,40})?")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]', re.DOTALL)

type Document = Mapping[str, object]


def document_of(reply: UpstreamReply) -> Document:
    """The JSON object of a reply. Raises UpstreamUnavailableError for anything else."""
    if not is_json(reply.content_type):
        raise UpstreamUnavailableError("not JSON by its content type", upstream_status=reply.status)
    try:
        document = parsed(reply.body)
    except ValueError:
        raise UpstreamUnavailableError("invalid JSON", upstream_status=reply.status) from None
    if not isinstance(document, dict):
        raise UpstreamUnavailableError("unexpected JSON", upstream_status=reply.status)
    return cast(Document, document)


def parsed(body: bytes | str) -> object:
    """JSON as Python values. Raises ValueError; never RecursionError.

    msgspec is fast and strict; what it does not take, lone surrogates and 1e999, json does.
    """
    try:
        return msgspec.json.decode(body)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        text = body if isinstance(body, str) else body.decode()
    try:
        return _loads(text)
    except RecursionError:
        return _loads(_shallow(text))


def _loads(text: str) -> object:
    return json.loads(text, parse_int=_integer, parse_float=_float, parse_constant=lambda _: None)


def _integer(digits: str) -> int | str:
    is_short = len(digits) < 18  # sixteen digits and a sign; int of a long text is slow, or refused
    return int(digits) if is_short and abs(int(digits)) <= MAX_SAFE_INTEGER else digits


def _float(digits: str) -> float | str:
    number = float(digits)
    return number if isfinite(number) else digits


def _shallow(text: str) -> str:
    """The same JSON with every value below MAX_DEPTH replaced by null."""
    parts, depth, start = [], 0, 0
    for match in _STRING_OR_BRACKET.finditer(text):
        if match[0] in "[{":
            depth += 1
            if depth == MAX_DEPTH + 1:
                parts.append(text[start : match.start()] + "null")
        elif match[0] in "]}":
            if depth == MAX_DEPTH + 1:
                start = match.end()
            depth -= 1
    return "".join([*parts, text[start:]]) if depth == 0 else ""


def document(value: object) -> Document:
    """An object; empty for anything else."""
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def required_items(body: Document, name: str) -> list[object]:
    """Raises UpstreamUnavailableError where a page has no list of that name."""
    value = body.get(name)
    if not isinstance(value, list):
        raise UpstreamUnavailableError(f"no list {name}", upstream_status=200)
    return value


def text(value: object) -> str | None:
    """Text as it is but for lone surrogates, which no UTF-8 can carry."""
    if isinstance(value, str):
        if not 0 < len(value) <= MAX_TEXT_LENGTH:
            return None
        return value if value.isascii() else _SURROGATE.sub("\ufffd", value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return None


def first_text(*values: object) -> str | None:
    for value in values:
        if (found := text(value)) is not None:
            return found
    return None


def flag(value: object) -> bool | None:
    """True and false, also as the words some examples and old versions write."""
    return {"true": True, "false": False}.get(str(value).lower())


def count(value: object) -> int | None:
    """A block number, size or total."""
    digits = decimal(value)
    return int(digits) if digits is not None and int(digits) <= MAX_SAFE_INTEGER else None


def decimal(value: object) -> str | None:
    """A uint256 as decimal digits, from a number, decimal digits or 0x digits."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    digits = str(value)
    if not digits.startswith("0x"):
        return digits if is_uint256(digits) else None
    number = parse_uint256(digits)
    return None if number is None else str(number)


def price(value: object) -> str | None:
    """A positive amount in decimal digits; 0 is how providers say "none"."""
    digits = f"{value:.18f}".rstrip("0") if isinstance(value, float) else str(value)
    if isinstance(value, bool) or not _PRICE.fullmatch(digits) or not float(digits):
        return None
    return digits.removesuffix(".")


def address(value: object) -> str | None:
    """EIP-55."""
    if not isinstance(value, str) or not is_hex_address(value):
        return None
    return _checksummed(value.lower())


@lru_cache(maxsize=1024)
def _checksummed(canonical: str) -> str:
    return to_checksum_address(Address(canonical))


def required[T](value: T | None, name: str) -> T:
    """Raises UpstreamUnavailableError where a provider leaves out what makes a token a token."""
    if value is None:
        raise UpstreamUnavailableError(f"an item without {name}", upstream_status=200)
    return value
