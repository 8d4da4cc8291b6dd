"""Java's view of the values a mapping template handles: text form and the modelled methods.

Velocity calls Java methods on strings, lists and maps. A method that is not in these tables is
refused, because rendering nothing in its place would hide a template that AWS runs differently.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from local.api_gateway.errors import MappingTemplateError

Method = Callable[..., object]


class JsonMap(dict[str, object]):
    """A JSON object read by `$input.path` or `$util.parseJson`."""


class JsonList(list[object]):
    """A JSON array read by `$input.path`; unlike other lists it renders as JSON."""


def from_json(value: object) -> object:
    """Parsed JSON with its containers marked as such."""
    if isinstance(value, dict):
        return JsonMap({key: from_json(item) for key, item in value.items()})
    if isinstance(value, list):
        return JsonList(from_json(item) for item in value)
    return value


def java_string(value: object) -> str:
    """What Velocity writes for `value`."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, JsonList):
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{k}={java_string(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(java_string(item) for item in value) + "]"
    return str(value)


def _replacement(text: str) -> str:
    # Java writes group 1 as $1, Python as \g<1>.
    return re.sub(r"\$(\d)", r"\\g<\1>", text.replace("\\", "\\\\"))


def _split(text: str, pattern: str) -> list[str]:
    parts = re.split(pattern, text)
    while len(parts) > 1 and parts[-1] == "":
        parts.pop()
    return parts


def _substring(text: str, start: int, end: int | None = None) -> str:
    stop = len(text) if end is None else end
    if not 0 <= start <= stop <= len(text):
        raise MappingTemplateError("substring: index out of range")
    return text[start:stop]


def _element(items: list[Any], index: int) -> object:
    if not 0 <= index < len(items):
        raise MappingTemplateError("get: index out of range")
    element: object = items[index]
    return element


STRING_METHODS: dict[str, Method] = {
    "contains": lambda text, part: part in text,
    "endsWith": lambda text, end: text.endswith(end),
    "equals": lambda text, other: text == other,
    "equalsIgnoreCase": lambda text, other: (
        isinstance(other, str) and text.casefold() == other.casefold()
    ),
    "indexOf": lambda text, part: text.find(part),
    "isEmpty": lambda text: text == "",
    "length": lambda text: len(text),
    "matches": lambda text, pattern: re.fullmatch(pattern, text) is not None,
    "replace": lambda text, old, new: text.replace(old, new),
    "replaceAll": lambda text, pattern, new: re.sub(pattern, _replacement(new), text),
    "split": _split,
    "startsWith": lambda text, start: text.startswith(start),
    "substring": _substring,
    "toLowerCase": lambda text: text.lower(),
    "toString": lambda text: text,
    "toUpperCase": lambda text: text.upper(),
    "trim": lambda text: text.strip(),
}

LIST_METHODS: dict[str, Method] = {
    "contains": lambda items, item: item in items,
    "get": _element,
    "isEmpty": lambda items: not items,
    "size": lambda items: len(items),
    "toString": java_string,
}

MAP_METHODS: dict[str, Method] = {
    "containsKey": lambda items, key: key in items,
    "get": lambda items, key: items.get(key),
    "isEmpty": lambda items: not items,
    "keySet": lambda items: list(items),
    "size": lambda items: len(items),
    "toString": java_string,
}

NUMBER_METHODS: dict[str, Method] = {"toString": java_string}


def methods_of(value: object) -> Mapping[str, Method]:
    """The methods a template may call on `value`, each taking the value first."""
    if isinstance(value, str):
        return STRING_METHODS
    if isinstance(value, list):
        return LIST_METHODS
    if isinstance(value, Mapping):
        return MAP_METHODS
    if isinstance(value, int | float):
        return NUMBER_METHODS
    return getattr(value, "template_methods", {})
