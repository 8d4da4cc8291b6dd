"""Every route of docs/openapi.json, with the example of each parameter that it needs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

# the document's own example says no word on chain: what a gateway answers depends on the network
_ON_CHAIN = {"contractAddress": "0xBd3531dA5CF5857e7CfAA92426877b022e612cf8"}
_FILE = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"


@dataclass(frozen=True)
class Route:
    path: str
    """As in the document."""
    scheme: str
    """CognitoUserPool, Sigv4, or empty where anybody may call."""
    parameters: dict[str, str]
    """Example by name, of the query."""
    example: str
    """The path without its slash, examples in the place of names."""
    statuses: frozenset[int]


def _read() -> tuple[Route, ...]:
    document = json.loads(_FILE.read_text())
    return tuple(_route(path, item["get"]) for path, item in document["paths"].items())


def _route(path: str, operation: dict[str, object]) -> Route:
    given: list[dict[str, object]] = operation.get("parameters", [])  # type: ignore[assignment]
    needed = [each for each in given if each.get("required")]
    examples = {
        place: {str(e["name"]): str(e["example"]) for e in needed if e["in"] == place}
        for place in ("path", "query")
    }
    if path.endswith("/metadata"):
        examples["path"] |= _ON_CHAIN
    schemes = [name for one in operation["security"] for name in one]  # type: ignore[attr-defined]
    responses: dict[str, object] = operation["responses"]  # type: ignore[assignment]
    return Route(
        path=path,
        scheme=schemes[0] if schemes else "",
        parameters=examples["query"],
        example=path.removeprefix("/").format(**examples["path"]),
        statuses=frozenset(int(status) for status in responses if int(status) < 400),
    )


ROUTES = _read()
OPEN = [route for route in ROUTES if not route.scheme]
OWN = [route for route in ROUTES if route.scheme == "CognitoUserPool"]
"""What is a wallet's own."""
SIGNED = [route for route in ROUTES if route.scheme == "Sigv4"]
"""Guests and wallets with AWS credentials."""


def path_of(route: Route) -> str:
    """The id of a route in a test."""
    return route.path
