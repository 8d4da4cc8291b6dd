"""The Python client's types and routes, from docs/openapi.json's document."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from local.configuration import ROOT
from tools.openapi_document import openapi_document, public_paths

type Schema = Mapping[str, Any]

_HEAD = '''"""Shapes of the API's answers, and what each route wants from its caller.

`make docs` writes this file from docs/openapi.json. Do not edit it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NotRequired, TypedDict

type Authorizer = Literal["bearer", "none", "sigv4"]

'''
_AUTHORIZERS = {"CognitoUserPool": "bearer", "Sigv4": "sigv4"}
_PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}


def python_schema() -> str:
    document = openapi_document()
    schemas = document["components"]["schemas"]
    declared = [text for name, schema in schemas.items() for text in _declared(name, schema)]
    return _formatted(_HEAD + _routes(document["paths"]) + "\n\n" + "\n\n".join(declared))


def _formatted(text: str) -> str:
    command = [sys.executable, "-m", "ruff", "format", "-"]
    done = subprocess.run(command, input=text, capture_output=True, check=True, text=True, cwd=ROOT)
    return done.stdout


def _routes(paths: Mapping[str, Any]) -> str:
    rows = []
    for path, item in paths.items():
        schemes = [name for scheme in item["get"].get("security", []) for name in scheme]
        authorizer = _AUTHORIZERS[schemes[0]] if schemes else "none"
        rows.append(f'    "{path}": "{authorizer}",\n')
    public = "".join(f'        "{path}",\n' for path in paths if path in public_paths())
    return (
        f"ROUTES: Mapping[str, Authorizer] = {{\n{''.join(rows)}}}\n\n"
        f"PUBLIC_ROUTES = frozenset(\n    (\n{public}    )\n)\n"
        '"""What a gallery with `publicUrl` in its config.json answers there, to anybody."""\n'
    )


def _declared(name: str, schema: Schema) -> Iterator[str]:
    """The declaration of a schema, after those of the objects inside it."""
    if "properties" not in schema:
        yield f"type {name} = {_type(name, schema)}\n"
        return
    required = set(schema.get("required", ()))
    lines = []
    for field, inner in schema["properties"].items():
        yield from _inside(name + _upper(field), inner)
        found = _type(name + _upper(field), inner)
        is_there = field in required
        lines.append(f"    {field}: {found if is_there else f'NotRequired[{found}]'}\n")
    yield f"class {name}(TypedDict):\n{''.join(lines)}"


def _inside(name: str, schema: Schema) -> Iterator[str]:
    if schema.get("type") == "array":
        yield from _inside(_item_name(name), schema["items"])
    elif "properties" in schema:
        yield from _declared(name, {**schema, "nullable": False})


def _type(name: str, schema: Schema) -> str:
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    found = _bare_type(name, schema)
    return f"{found} | None" if schema.get("nullable") else found


def _bare_type(name: str, schema: Schema) -> str:
    if "oneOf" in schema:
        kinds = [kind for one in schema["oneOf"] for kind in _type(name, one).split(" | ")]
        return " | ".join(sorted(dict.fromkeys(kinds), key="None".__eq__))
    if "enum" in schema:
        words = [f'"{word}"' for word in schema["enum"] if word is not None]
        return f"Literal[{', '.join(words)}]"
    if schema["type"] == "array":
        return f"list[{_type(_item_name(name), schema['items'])}]"
    if schema["type"] == "object":
        return name if "properties" in schema else "dict[str, object]"
    return _PLAIN[schema["type"]]


def _upper(field: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in field.split("_"))


def _item_name(name: str) -> str:
    return name.removesuffix("s")
