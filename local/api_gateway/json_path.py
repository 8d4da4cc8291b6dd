"""The JSONPath subset of `$input.path` and `$input.json`: `$`, `.name`, `['name']`, `[0]`.

Filters, wildcards and `..` exist on AWS and are refused here, at load when the path is a literal.
"""

import re
from typing import Any

from local.api_gateway.errors import MappingTemplateError

_STEP = re.compile(r"\.([A-Za-z_][\w-]*)|\['([^']*)'\]|\[\"([^\"]*)\"\]|\[(\d+)\]")

_CONTAINERS: dict[type, type[Any]] = {str: dict, int: list}

MISSING = object()
"""What `find` gives where the path leads nowhere."""


def parse_json_path(path: str) -> tuple[str | int, ...]:
    """The steps of `path`; raises MappingTemplateError for anything outside the subset."""
    if not path.startswith("$"):
        raise MappingTemplateError("a JSONPath must start with $")
    steps: list[str | int] = []
    position = 1
    while position < len(path):
        match = _STEP.match(path, position)
        if match is None:
            raise MappingTemplateError("JSONPath: only .name, ['name'] and [0] are modelled")
        name = match[1] or match[2] or match[3]
        steps.append(int(match[4]) if match[4] else name or "")
        position = match.end()
    return tuple(steps)


def find(document: object, path: str) -> object:
    """The value at `path` in a parsed JSON document, or MISSING."""
    value: Any = document
    for step in parse_json_path(path):
        try:
            if not isinstance(value, _CONTAINERS[type(step)]):
                return MISSING
            value = value[step]
        except (KeyError, IndexError):
            return MISSING
    found: object = value
    return found
