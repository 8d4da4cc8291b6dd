"""From a provider's JSON, hostile and moody, to plain values: one reader per kind of value.

A reader gives None for what is absent, empty or of another kind; it never raises. `entries` reads
the items of a page each by itself.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from decimal import Decimal
from functools import lru_cache
from typing import cast

import msgspec

from ethereum.address import Address, is_hex_address, to_checksum_address
from ethereum.data_uri import shown_data_uri
from ethereum.shown_url import named_uri, remote_url, shown_url
from ethereum.token_uri import is_data_uri
from ethereum.uint256 import is_uint256, parse_uint256
from ethereum.untrusted_json import MAX_SAFE_INTEGER, Digits, read_float, read_json, text
from nft.errors import UpstreamUnavailableError
from nft.model import Nft, TokenType
from nft.providers.http import UpstreamReply
from nft.providers.nft_provider import Entry, Unreadable

_STANDARDS: dict[str, TokenType] = {"ERC721": "ERC721", "ERC1155": "ERC1155"}
_WRITTEN_NUMBERS = (int, str)
_PRICE = re.compile(r"[0-9]{1,40}(?:\.[0-9]{0,40})?(?:[eE][+-]?[0-9]{1,2})?")
_MAX_PRICE_LENGTH = 80
_FAST_JSON = msgspec.json.Decoder(float_hook=read_float)

type Document = Mapping[str, object]


def document_of(reply: UpstreamReply) -> Document:
    """The JSON object of a reply. Raises UpstreamUnavailableError for anything else."""
    try:
        document = parsed(reply.body)
    except ValueError:
        raise UpstreamUnavailableError("invalid JSON", upstream_status=reply.status) from None
    if not isinstance(document, dict):
        raise UpstreamUnavailableError("unexpected JSON", upstream_status=reply.status)
    return cast(Document, document)


def parsed(body: bytes | str) -> object:
    """JSON as Python values. Raises ValueError; never RecursionError.

    msgspec is fast and strict; what it does not take, `read_json` does.
    """
    try:
        return _FAST_JSON.decode(body)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return read_json(body)


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


def entries(listed: list[object], read: Callable[[object], Nft]) -> tuple[Entry, ...]:
    """Each item of a page, read by itself: one that `read` fails on spoils no other."""
    found: list[Entry] = []
    for item in listed:
        try:
            found.append(read(item))
        except Exception:  # of any kind: an item may have a shape that nobody foresaw
            found.append(Unreadable(_mark(item)))
    return tuple(found)


def _mark(item: object) -> str:
    try:
        written = repr(item)
    except RecursionError:
        written = "nested too deep"
    return hashlib.sha256(written.encode("utf-8", "replace")).hexdigest()


def flag(value: object) -> bool | None:
    """True and false, also as the words some examples and old versions write."""
    return {"true": True, "false": False}.get(str(value).lower())


def count(value: object) -> int | None:
    """A block number, size or total."""
    digits = decimal(value)
    return int(digits) if digits is not None and int(digits) <= MAX_SAFE_INTEGER else None


def decimal(value: object) -> str | None:
    """A uint256 as decimal digits, from a number, decimal digits or 0x digits."""
    if value is None or isinstance(value, bool) or not isinstance(value, _WRITTEN_NUMBERS):
        return None
    digits = str(value)
    if not digits.startswith("0x"):
        return digits if is_uint256(digits) else None
    number = parse_uint256(digits)
    return None if number is None else str(number)


def balance(fields: Document, name: str, kind: TokenType, *, owner: str | None) -> str | None:
    """How many `owner` has. An ERC-721 token in an owner's list is one where nobody counts it.

    What is there but cannot be read is None: it proves no ownership.
    """
    if name not in fields and kind == "ERC721" and owner is not None:
        return "1"
    return decimal(fields.get(name))


def price(value: object) -> str | None:
    """A positive amount as the shortest decimal; 0 is how providers say "none".

    A JSON fraction is the double that the provider had; an integer and a text are exact.
    """
    is_fraction = isinstance(value, Digits) and not value.isdecimal()
    number = float(cast(Digits, value)) if is_fraction else value
    written = repr(number) if isinstance(number, float) else str(number)
    if isinstance(value, bool) or not _PRICE.fullmatch(written):
        return None
    plain = f"{Decimal(written):f}" if "e" in written.lower() else written
    whole, _, fraction = plain.partition(".")
    whole, fraction = whole.lstrip("0") or "0", fraction.rstrip("0")
    shortest = f"{whole}.{fraction}" if fraction else whole
    return shortest if shortest != "0" and len(shortest) <= _MAX_PRICE_LENGTH else None


def address(value: object) -> str | None:
    """EIP-55."""
    if not isinstance(value, str) or not is_hex_address(value):
        return None
    return _checksummed(value.lower())


@lru_cache(maxsize=1024)
def _checksummed(canonical: str) -> str:
    return to_checksum_address(Address(canonical))


def token_type(*candidates: object) -> TokenType:
    """The first that is a standard we know, in any case."""
    for candidate in candidates:
        if kind := _STANDARDS.get(str(candidate).upper().replace("-", "")):
            return kind
    return "UNKNOWN"


def picture_url(*candidates: object, token_id: int | None = None) -> str | None:
    """The first that a browser may load, in the form it may load, ERC-1155's `{id}` replaced."""
    return _first(candidates, shown_url, token_id)


def web_url(*candidates: object) -> str | None:
    """The first that leads to a web site: https."""
    return _first(candidates, remote_url)


def named(*candidates: object) -> str | None:
    """The first that leads to a picture or a film, as the token writes it."""
    return _first(candidates, _named)


def document_uri(*candidates: object) -> str | None:
    """The first that leads to a document, as the token writes it; none in a data: URI."""
    return _first(candidates, named_uri)


def _named(uri: str) -> str | None:
    return _inline(uri) or named_uri(uri)


def _inline(uri: str) -> str | None:
    uri = uri.strip()
    return shown_data_uri(uri) if is_data_uri(uri) else None


def _first[*Rest](
    candidates: Iterable[object], read: Callable[[str, *Rest], str | None], *rest: *Rest
) -> str | None:
    for candidate in candidates:  # most often None: providers leave much out
        if candidate is not None and (uri := text(candidate)) and (url := read(uri, *rest)):
            return url
    return None


def written_fields(value: object, uri: object) -> object:
    """A token's document: an object, or the JSON text of one, also where it is encoded twice.

    Where there is none, and the token's URI is itself a picture, the document has that picture.
    What cannot be read stays as it is.
    """
    if isinstance(value, str):
        value = _parsed_or_same(_parsed_or_same(value))
    if value and isinstance(value, dict):
        return value
    picture = _first([uri], _inline)
    return value if picture is None else {"image": picture}


def _parsed_or_same(value: object) -> object:
    with suppress(ValueError):
        return parsed(value) if isinstance(value, str) else value
    return value


def required[T](value: T | None, name: str) -> T:
    """Raises UpstreamUnavailableError where a provider leaves out what makes a token a token."""
    if value is None:
        raise UpstreamUnavailableError(f"an item without {name}", upstream_status=200)
    return value
