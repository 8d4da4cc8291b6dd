"""The API's OpenAPI document for those who call it: docs/openapi.json.

Made of template.yaml and the rooms' openapi.yaml (tools.openapi_rooms). What is between API
Gateway and its integrations stays out: extensions, preflights, headers that are cache keys. What
API Gateway itself may answer is put in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from local.configuration import ROOT
from local.template.resource_types import Place
from local.template.stack_template import load_stack_template
from runtime.route import PUBLIC
from tools.openapi_rooms import RoomDocuments, read_rooms

_STACK = "nft-gallery"
_PLACE = Place("us-east-1", "123456789012", _STACK, "gallery.example")
_KEYS = {"AlchemyApiKey": "not-a-key", "MoralisApiKey": "not-a-key"}
_SERVER = {
    "url": "https://{api}.execute-api.{region}.amazonaws.com/prod",
    "description": "ApiEndpoint of your stack's outputs",
    "variables": {"api": {"default": "abcde12345"}, "region": {"default": "us-east-1"}},
}
_AWS_ERROR = {
    "type": "object",
    "description": "In the words of API Gateway, which AWS's clients know",
    "properties": {"message": {"type": "string"}, "Message": {"type": "string"}},
    "minProperties": 1,
    "additionalProperties": False,
}
_SECURITY = {
    "CognitoUserPool": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "The ID token of a signed-in wallet",
    },
    "Sigv4": {
        "type": "apiKey",
        "name": "Authorization",
        "in": "header",
        "description": "AWS Signature Version 4 (execute-api), credentials of the identity pool",
    },
}
_WHAT_IT_IS = "NFT lookups over Alchemy and Moralis, for guests and for signed-in wallets."


@dataclass(frozen=True)
class Route:
    """One method of one path, as the template declares it with a stack named `_STACK`."""

    method: str
    path: str
    declared: Mapping[str, Any]

    @property
    def integration(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.declared["x-amazon-apigateway-integration"]
        return found

    @property
    def authorizers(self) -> list[str]:
        return [name for scheme in self.declared.get("security", []) for name in scheme]

    @property
    def behind(self) -> str:
        """A function's name with STACK for the stack's, the address of an HTTP integration, or
        nothing for a mock."""
        uri = str(self.integration.get("uri", ""))
        function = re.search(r":function:([\w-]+)", uri)
        return re.sub(rf"^{_STACK}", "STACK", function[1]) if function else uri


def routes(**parameters: str) -> list[Route]:
    """Of a stack with these parameters, without preflights."""
    template = load_stack_template(ROOT / "template.yaml", {**_KEYS, **parameters}, _PLACE)
    paths = template.only("AWS::ApiGateway::RestApi").properties["Body"]["paths"]
    return [
        Route(method, path, declared)
        for path, item in paths.items()
        for method, declared in item.items()
        if method != "options"
    ]


@cache
def public_paths() -> frozenset[str]:
    """Of the routes that anybody may call below `publicUrl` of config.json, with PublicLookups."""
    paths = {route.path for route in routes(PublicLookups="on")}
    return frozenset(path.removeprefix(PUBLIC) for path in paths if path.startswith(f"{PUBLIC}/"))


def openapi_document(**parameters: str) -> dict[str, Any]:
    """OpenAPI 3.0 as JSON values, of a stack with these parameters."""
    rooms = read_rooms()
    paths: dict[str, dict[str, Any]] = {}
    for route in routes(**parameters):
        paths.setdefault(route.path, {})[route.method] = _operation(route, rooms)
    return {
        "openapi": "3.0.3",
        "info": {"title": "NFT Gallery", "version": "1", "description": _WHAT_IT_IS},
        "servers": [_SERVER],
        "paths": paths,
        "components": {
            "schemas": {**rooms.schemas, "AwsError": _AWS_ERROR},
            "securitySchemes": _SECURITY,
        },
    }


def _operation(route: Route, rooms: RoomDocuments) -> dict[str, Any]:
    operation = {
        "operationId": route.declared["operationId"],
        "security": route.declared.get("security", []),
        "parameters": [
            {**declared, **rooms.parameter(route.path, declared["name"])}
            for declared in route.declared.get("parameters", [])
            if declared["in"] in ("path", "query")
        ],
        "responses": _responses(route, rooms),
    }
    return {name: value for name, value in operation.items() if value or name == "security"}


def _responses(route: Route, rooms: RoomDocuments) -> dict[str, Any]:
    declared = route.declared["responses"].items()
    texts = {status: str(item["description"]) for status, item in declared}
    texts |= rooms.responses(route.path)
    for status, word, phrase in _of_api_gateway(route):
        text = texts.get(status, "")
        if word not in text:
            texts[status] = f"{text}; {phrase}" if text else phrase
    answer = rooms.answer(route.path)
    return {
        status: {"description": text, **_content(status, answer)}
        for status, text in sorted(texts.items())
    }


def _of_api_gateway(route: Route) -> list[tuple[str, str, str]]:
    """What API Gateway answers by itself, or passes on from the firewall.

    (status, word, phrase): a description that has the word needs no phrase.
    """
    own = [
        ("403", "blocked", "not signed, not allowed, or blocked by the firewall"),
        ("429", "rate_limited", "rate_limited: come back after Retry-After seconds"),
        ("500", "internal_error", "internal_error"),
    ]
    kind = route.integration["type"]
    required = [p for p in route.declared.get("parameters", []) if p["required"]]
    if "CognitoUserPool" in route.authorizers:
        own.append(("401", "no valid ID token", "no valid ID token"))
    if any(p["in"] == "query" for p in required):
        own.append(("400", "missing_parameter", "missing_parameter"))
    if kind != "aws_proxy":
        text = "unsupported_media_type: send no body, or application/json"
        own.append(("415", "unsupported_media_type", text))
    if kind != "mock":
        own.append(("502", "upstream_unavailable", "upstream_unavailable"))
        own.append(("504", "upstream_timeout", "upstream_timeout"))
    if kind == "aws_proxy":
        own.append(("502", "internal_error", "internal_error where the function fails"))
    return own


def _content(status: str, answer: str | None) -> dict[str, Any]:
    if status in ("204", "304"):
        return {}
    return {"content": {"application/json": {"schema": _schema(status, answer)}}}


def _schema(status: str, answer: str | None) -> dict[str, Any]:
    if status == "200":
        return {"$ref": f"#/components/schemas/{answer}"} if answer else {"type": "object"}
    error = {"$ref": "#/components/schemas/Error"}
    if status in ("401", "403"):
        return {"oneOf": [error, {"$ref": "#/components/schemas/AwsError"}]}
    return error
