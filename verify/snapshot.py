"""An answer as a snapshot: its form, and an error's exact body, without what is secret or new.

A success is recorded as the shape of its JSON: names, types, nothing of the values.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import httpx

from verify.redaction import redacted

type Entry = dict[str, Any]
type Snapshot = dict[str, Entry]
_WORD = re.compile(r"[A-Za-z]{1,60}")


def entry_of(answer: httpx.Response, secrets: Mapping[str, str]) -> Entry:
    """`secrets` are values that the asker knows -> what to call them."""
    return {
        "status": answer.status_code,
        "errorType": _word(answer.headers.get("x-amzn-errortype", "").partition(":")[0]),
        "headers": sorted({name.lower() for name in answer.headers}),
        "body": _body(answer, secrets),
    }


def _word(text: str) -> str:
    return text if _WORD.fullmatch(text) or not text else "<opaque>"


def _body(answer: httpx.Response, secrets: Mapping[str, str]) -> object:
    if not answer.content:
        return ""
    try:
        found = answer.json()
    except ValueError:
        return f"<{redacted(answer.headers.get('content-type', 'no type'), secrets)}>"
    return _exact(found, secrets) if answer.status_code >= 400 else shape_of(found)


def _exact(value: object, secrets: Mapping[str, str]) -> object:
    """An error's body as it is but for its secrets, in names too."""
    match value:
        case dict():
            return {redacted(name, secrets): _exact(each, secrets) for name, each in value.items()}
        case list():
            return [_exact(each, secrets) for each in value]
        case str():
            return redacted(value, secrets)
    return value


def shape_of(value: object) -> object:
    """Types in the place of values; one shape for all items of a list."""
    match value:
        case dict():
            return {redacted(str(name)): shape_of(each) for name, each in sorted(value.items())}
        case list():
            return [_merged([shape_of(each) for each in value])] if value else []
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str():
            return "string"
    return "null"


def _merged(shapes: list[Any]) -> Any:
    """One shape that fits all: `name?` is in some objects only, `a|b` one of two types."""
    if all(isinstance(each, dict) for each in shapes):
        return _merged_objects(shapes)
    if all(isinstance(each, list) for each in shapes):
        items = [item for each in shapes for item in each]
        return [_merged(items)] if items else []
    names = {json.dumps(each, sort_keys=True).strip('"') for each in shapes}
    return "|".join(sorted(names))


def _merged_objects(shapes: list[dict[str, Any]]) -> dict[str, Any]:
    count = Counter(name.rstrip("?") for each in shapes for name in each)
    merged = {}
    for name in sorted(count):
        values = [v for each in shapes for key, v in each.items() if key.rstrip("?") == name]
        is_always = count[name] == len(shapes) and not any(f"{name}?" in each for each in shapes)
        merged[name if is_always else f"{name}?"] = _merged(values)
    return merged


def written(snapshot: Snapshot) -> str:
    return json.dumps(snapshot, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def differences(found: Snapshot, expected: Snapshot) -> list[str]:
    """A line for each difference, most frequent first, with the answers that have it."""
    where: dict[str, list[str]] = {}
    for name in sorted({*found, *expected}):
        for what in _differences_of(found.get(name), expected.get(name)):
            where.setdefault(what, []).append(name)
    lines = sorted(where.items(), key=lambda item: (-len(item[1]), item[0]))
    return [f"{what} ({_named(names)})" for what, names in lines]


def _named(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{len(names)} answers, such as {names[0]}"


def _differences_of(found: Entry | None, expected: Entry | None) -> Iterable[str]:
    if found is None or expected is None:
        yield "not asked here" if found is None else "not asked of the local stack"
        return
    for part in ("status", "errorType", "body"):
        if found[part] != expected[part]:
            here, there = (json.dumps(each[part], ensure_ascii=False) for each in (found, expected))
            yield f"{part}: {_cut(here)} here, {_cut(there)} on the local stack"
    more, fewer = (
        sorted(set(one["headers"]) - set(other["headers"]))
        for one, other in ((found, expected), (expected, found))
    )
    if more:
        yield f"headers only here: {', '.join(more)}"
    if fewer:
        yield f"headers only on the local stack: {', '.join(fewer)}"


def _cut(text: str) -> str:
    return text if len(text) <= 300 else f"{text[:300]}…"
