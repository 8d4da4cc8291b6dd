"""docs/api.md: the routes and the error codes of the API."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from tools.error_codes import error_codes
from tools.markdown import code, page, table
from tools.openapi_document import Route, openapi_document, public_paths, routes

_WEBHOOKS = {"AlchemyWebhookSigningKeys": "k" * 16, "MoralisStreamSecrets": "k" * 16}
"""With these the stack has every route."""
_CALLERS = {
    "": "anyone",
    "Sigv4": "guests and signed-in wallets (SigV4)",
    "CognitoUserPool": "signed-in wallets (ID token)",
    "post": "the provider, which signs the body with its key",
}
_INTRODUCTION = """# API reference

`make docs` writes this page from `template.yaml`, the `openapi.yaml` of each room of `backend/`,
and the error classes. Do not edit it. [openapi.json](openapi.json) has every field of every answer.
[api-guide.md](api-guide.md) explains how to use the API.

With `PublicLookups=on`, anybody may call the routes with a † at the site too: unsigned, below
`publicUrl` of its config.json."""
_ERRORS = """## Error codes

An error is `{"error":{"code","message","requestId"}}`. A code never changes its meaning; a message
may change. API Gateway answers a few faults in its own words: 401 `{"message":"Unauthorized"}`, 403
`{"message":"Missing Authentication Token"}`, 403 `{"Message":"User: … is not authorized …"}`."""


def api_reference() -> str:
    """Markdown, the same for the same sources."""
    every = routes(**_WEBHOOKS)
    paths = openapi_document(**_WEBHOOKS)["paths"]
    sections = [_section(route, paths[route.path][route.method]) for route in every]
    return page(
        _INTRODUCTION, "## Routes", _overview(every), *sections, _ERRORS, _codes(every, paths)
    )


def _overview(every: Iterable[Route]) -> str:
    public = public_paths()
    rows = [
        [code(_name(route)) + " †" * (route.path in public), _callers(route), _behind(route)]
        for route in every
    ]
    return table(["route", "who may call", "behind it"], rows)


def _section(route: Route, operation: Mapping[str, Any]) -> str:
    parameters = [_parameter(one) for one in operation.get("parameters", [])]
    responses = operation["responses"].items()
    return page(
        f"### {code(_name(route))}",
        f"Callers: {_callers(route)}. Behind it: {_behind(route)}.",
        table(["parameter", "in", "values", "meaning"], parameters) if parameters else "",
        table(["status", "meaning"], ([status, _response(one)] for status, one in responses)),
    ).strip()


def _parameter(declared: Mapping[str, Any]) -> list[str]:
    place = f"{declared['in']}, required" if declared["required"] else declared["in"]
    values = _values(declared["schema"])
    return [code(declared["name"]), place, values, declared.get("description", "")]


def _values(schema: Mapping[str, Any]) -> str:
    """A JSON Schema in a few words."""
    if "anyOf" in schema:
        return " or ".join(map(_values, schema["anyOf"]))
    words = [", ".join(map(code, schema["enum"]))] if "enum" in schema else []
    words += [code(schema["pattern"])] if "pattern" in schema else []
    words += [f"{schema['minimum']} to {schema['maximum']}"] if "minimum" in schema else []
    words += [f"at most {schema['maxLength']} characters"] if "maxLength" in schema else []
    words += [f"default {code(schema['default'])}"] if "default" in schema else []
    return "; ".join(words) or "text"


def _response(declared: Mapping[str, Any]) -> str:
    schema = declared.get("content", {}).get("application/json", {}).get("schema", {})
    body = schema.get("$ref", "").rpartition("/")[2]
    codes = {one.code for one in error_codes()}
    text = re.sub(
        r"[a-z_]+",
        lambda match: code(match[0]) if match[0] in codes else match[0],
        declared["description"],
    )
    return f"{text} ({code(body)})" if body not in ("", "Error") else text


def _codes(every: Iterable[Route], paths: Mapping[str, Any]) -> str:
    everything = list(every)
    rows = []
    for one in error_codes():
        naming = [route for route in everything if one.code in _words(route, paths)]
        rows.append([code(one.code), str(one.status), one.meaning, _where(naming, everything)])
    return table(["code", "status", "meaning", "routes"], rows)


def _words(route: Route, paths: Mapping[str, Any]) -> set[str]:
    """Of the descriptions of the route's responses, codes among them."""
    responses = paths[route.path][route.method]["responses"].values()
    return {word for one in responses for word in re.findall(r"[a-z_]+", one["description"])}


def _where(naming: list[Route], every: list[Route]) -> str:
    """A group of routes with the few that are not in it, or the routes one by one."""
    groups = {
        "every route": every,
        "every lookup": [route for route in every if route.behind and route.method == "get"],
        "every HTTP route": [one for one in every if one.integration["type"] == "http"],
    }
    for name, group in groups.items():
        missing = [code(route.path) for route in group if route not in naming]
        rest = [code(route.path) for route in naming if route not in group]
        if 2 * len(missing) < len(group) and len(missing) <= 3:
            but = f" but {' and '.join(missing)}" if missing else ""
            return ", ".join([f"{name}{but}", *rest])
    return ", ".join(code(route.path) for route in naming)


def _name(route: Route) -> str:
    return f"{route.method.upper()} {route.path}"


def _callers(route: Route) -> str:
    if route.method == "post" and not route.authorizers:
        return _CALLERS["post"]
    return _CALLERS[route.authorizers[0] if route.authorizers else ""]


def _behind(route: Route) -> str:
    if not route.behind:
        return "API Gateway itself"
    if route.integration["type"] == "http":
        return f"HTTP to {code(route.behind)}"
    return f"function {code(route.behind)}"
