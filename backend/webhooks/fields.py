"""Fields of a signed but untrusted JSON body. Each reader raises MalformedDeliveryError."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NoReturn

from ethereum.address import is_hex_address
from ethereum.uint256 import parse_uint256
from webhooks.errors import MalformedDeliveryError

type JsonObject = Mapping[str, object]

_HASH = re.compile(r"0x[0-9a-fA-F]{64}")
_NAME = re.compile(r"[A-Za-z0-9_.:-]{1,128}")
_SECONDS = re.compile(r"[0-9]{1,10}")
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z", re.ASCII)
_CHAIN_ID_END = 2**63


def parse_object(body: bytes) -> JsonObject:
    """The JSON object a body is."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        raise MalformedDeliveryError("the body is not JSON") from None
    if not isinstance(document, dict):
        raise MalformedDeliveryError("the body is not a JSON object")
    return document


def object_at(parent: JsonObject, name: str) -> JsonObject:
    value = parent.get(name)
    return value if isinstance(value, dict) else _malformed(name)


def objects_at(parent: JsonObject, name: str) -> list[JsonObject]:
    """A list of objects; absent and null are an empty one."""
    values = parent.get(name)
    if values is None:
        return []
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        _malformed(name)
    return values


def flag_at(parent: JsonObject, name: str) -> bool:
    value = parent.get(name)
    return value if isinstance(value, bool) else _malformed(name)


def name_at(parent: JsonObject, name: str) -> str:
    """An identifier of the provider's: letters, digits and `_ . : -`, 128 at most."""
    return _text(parent, name, _NAME)


def address_at(parent: JsonObject, name: str) -> str:
    """In lower case."""
    value = parent.get(name)
    if not isinstance(value, str) or not is_hex_address(value):
        _malformed(name)
    return value.lower()


def hash_at(parent: JsonObject, name: str) -> str:
    """32 bytes in lower-case hex with 0x."""
    return _text(parent, name, _HASH).lower()


def number_at(parent: JsonObject, name: str) -> int:
    """A uint256, written as decimal or 0x-hex text."""
    value = parent.get(name)
    number = parse_uint256(value) if isinstance(value, str) else None
    return _malformed(name) if number is None else number


def token_id_at(parent: JsonObject, name: str) -> str:
    """As a decimal string without leading zeros, whichever way it was written."""
    return str(number_at(parent, name))


def chain_id_at(parent: JsonObject, name: str) -> int:
    chain_id = number_at(parent, name)
    return chain_id if 0 < chain_id < _CHAIN_ID_END else _malformed(name)


def date_time_at(parent: JsonObject, name: str) -> datetime:
    """An RFC 3339 time in UTC, such as 2024-05-31T21:38:13.912Z."""
    text = _text(parent, name, _DATE_TIME)
    try:
        return datetime.fromisoformat(text)
    except ValueError:  # a 31st of February
        _malformed(name)


def seconds_at(parent: JsonObject, name: str) -> datetime:
    """Unix seconds as decimal text."""
    return datetime.fromtimestamp(int(_text(parent, name, _SECONDS)), UTC)


def _text(parent: JsonObject, name: str, form: re.Pattern[str]) -> str:
    value = parent.get(name)
    if not isinstance(value, str) or form.fullmatch(value) is None:
        _malformed(name)
    return value


def _malformed(name: str) -> NoReturn:
    raise MalformedDeliveryError(f"{name} is missing or malformed")
