"""JSON that strangers wrote, as values that every reader after us can carry.

Numbers that JavaScript has not, or would round, are text with all their digits, and NaN is null.
Lone surrogates become U+FFFD. What is too deep is left out, so that one token's metadata cannot
break the page it is on.
"""

import json
import re
from math import isfinite
from typing import TypeIs

MAX_TEXT_LENGTH = 512 * 1024
MAX_DEPTH = 64
MAX_SAFE_INTEGER = 2**53 - 1
_NUMBERS = (int, float)  # a tuple: `int | float` would be made anew at each of a page's calls
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]', re.DOTALL)


class Digits(str):
    """A JSON number that a reader would round, as it is written."""

    __slots__ = ()


def read_json(body: bytes | str) -> object:
    """Also with raw control characters inside strings, and behind a byte order mark.

    Raises ValueError; never RecursionError.
    """
    text = body if isinstance(body, str) else body.decode()
    text = text.removeprefix("\ufeff")
    try:
        return _loads(text)
    except RecursionError:
        return _loads(_shallow(text))


def _loads(text: str) -> object:
    return json.loads(
        text,
        parse_int=_integer,
        parse_float=read_float,
        parse_constant=lambda _: None,
        strict=False,
    )


def _integer(digits: str) -> int | Digits:
    is_short = len(digits) < 18  # sixteen digits and a sign; int of a long text is slow, or refused
    is_safe = is_short and abs(int(digits)) <= MAX_SAFE_INTEGER
    return int(digits) if is_safe else Digits(digits)


def read_float(digits: str) -> float | Digits:
    """The number that JSON writes as `digits`, where it is written so again."""
    number = float(digits)
    if len(digits) < 16 and "e" not in digits and "E" not in digits:
        return number  # few digits and no exponent, as most have
    is_same = isfinite(number) and _significant(digits) == _significant(repr(number))
    return number if is_same else Digits(digits)


def _significant(digits: str) -> str:
    mantissa = re.split("[eE]", digits, maxsplit=1)[0]
    return mantissa.replace(".", "").lstrip("-0").rstrip("0")


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


def text(value: object) -> str | None:
    """A text that is not empty and not too long, or a number as one; None for anything else."""
    if value is None:  # most often: providers leave much out
        return None
    if isinstance(value, str):
        if not 0 < len(value) <= MAX_TEXT_LENGTH:
            return None
        return str(value) if value.isascii() else _SURROGATE.sub("\ufffd", value)
    return str(value) if isinstance(value, _NUMBERS) and not isinstance(value, bool) else None


def first_text(*values: object) -> str | None:
    for value in values:
        if value is not None and (shown := text(value)) is not None:
            return shown
    return None


def is_number(value: object) -> TypeIs[int | float]:
    """One that JavaScript has."""
    if isinstance(value, bool) or not isinstance(value, _NUMBERS):
        return False
    return abs(value) <= MAX_SAFE_INTEGER if isinstance(value, int) else isfinite(value)


def exact_number(value: object) -> int | float | str | None:
    """A finite number as it is; as text with its digits where JavaScript has not that number."""
    if value is None or is_number(value):
        return value
    if isinstance(value, Digits):
        return str(value) if isfinite(float(value)) else None
    is_large = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if is_large else None


def scalar(value: object) -> str | int | float | bool:
    """Scalars as they are, nothing as "", anything else, 2**64 and 1e999 too, as JSON text."""
    if isinstance(value, str):
        return text(value) or ""
    if isinstance(value, bool) or is_number(value):
        return value
    try:
        return "" if value is None else text(json.dumps(value)) or ""
    except RecursionError:
        return ""
