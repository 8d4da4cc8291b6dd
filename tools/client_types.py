"""The generated part of clients/js: types of the answers, who may call a route, error codes."""

from __future__ import annotations

import importlib
import inspect
import json
from collections.abc import Collection, Iterator
from typing import Any

from tools.error_codes import error_codes
from tools.openapi_document import openapi_document, public_paths

HEAD = "// `make docs` writes this file from docs/openapi.json and the error classes.\n"
AUTHORIZATIONS = {"CognitoUserPool": "user-pool", "Sigv4": "iam"}
PRIMITIVES = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean"}


def client_types() -> str:
    """The text of clients/js/src/generated.ts."""
    document = openapi_document()
    schemas = document["components"]["schemas"]
    names = (name for name in sorted(schemas) if name not in ("Error", "AwsError"))
    parts = [
        HEAD,
        _routes(document["paths"]),
        _public(document["paths"]),
        _codes("API_ERROR_CODES", [error.code for error in error_codes()]),
        _union("SignInErrorCode", sign_in_codes()),
        *(f"export type {name} = {_type(schemas[name])};\n" for name in names),
    ]
    return "\n".join(parts)


def sign_in_codes() -> list[str]:
    """Why a sign-up, an answer or its message is refused: the two trees that the server logs."""
    return sorted({code for name in ("ethereum.errors", "auth.errors") for code in _of(name)})


def _of(module: str) -> Iterator[str]:
    for _, found in inspect.getmembers(importlib.import_module(module), inspect.isclass):
        code = getattr(found, "code", None)
        if isinstance(code, str):
            yield code


def _routes(paths: dict[str, Any]) -> str:
    rows = [
        f"  {json.dumps(path)}: {json.dumps(_authorization(methods['get']))},\n"
        for path, methods in paths.items()
    ]
    what = "/** How a GET of each path is authorized. */"
    return f"{what}\nexport const ROUTES = {{\n{''.join(rows)}}} as const;\n"


def _public(paths: Collection[str]) -> str:
    """By first segments, which take a page fewer bytes than the routes."""
    found = {path.split("/")[1] for path in public_paths()}
    if {path for path in paths if path.split("/")[1] in found} != public_paths():
        raise ValueError("first segments do not tell public routes from others any more")
    what = "/** Of all paths that are routes, those that `publicUrl` of config.json has too. */"
    return f"{what}\nexport const PUBLIC_ROUTES = /^\\/({'|'.join(sorted(found))})\\b/;\n"


def _authorization(operation: dict[str, Any]) -> str:
    security = operation.get("security") or []
    return next((AUTHORIZATIONS[name] for scheme in security for name in scheme), "none")


def _codes(name: str, codes: list[str]) -> str:
    rows = "".join(f"  {json.dumps(code)},\n" for code in codes)
    return f"/** Of the API, by status. */\nexport const {name} = [\n{rows}] as const;\n"


def _union(name: str, codes: list[str]) -> str:
    rows = "".join(f"\n  | {json.dumps(code)}" for code in codes)
    what = "/** Why the server refuses a sign-up, an answer or its message. */"
    return f"{what}\nexport type {name} ={rows};\n"


def _type(schema: dict[str, Any], indent: str = "") -> str:
    text = _of_one(schema, indent)
    return f"{text} | null" if schema.get("nullable") and "null" not in text.split(" | ") else text


def _of_one(schema: dict[str, Any], indent: str) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema["enum"])
    if "oneOf" in schema:
        return " | ".join(dict.fromkeys(_type(one, indent) for one in schema["oneOf"]))
    if schema.get("type") == "array":
        return f"Array<{_type(schema['items'], indent)}>"
    if schema.get("type") == "object":
        return _object(schema, indent)
    return PRIMITIVES[schema["type"]]


def _object(schema: dict[str, Any], indent: str) -> str:
    deeper, required = indent + "  ", schema.get("required", [])
    lines = []
    for name, value in schema.get("properties", {}).items():
        if "description" in value:
            lines.append(f"{deeper}/** {value['description']} */")
        mark = "" if name in required else "?"
        lines.append(f"{deeper}{name}{mark}: {_type(value, deeper)};")
    return "\n".join(("{", *lines, indent + "}"))
