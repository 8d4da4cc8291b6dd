"""`$input`, `$util` and `$context` as a mapping template sees them.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
"""

import base64
import json
from collections.abc import Mapping
from functools import cached_property
from typing import ClassVar
from urllib.parse import quote_plus, unquote_plus

from local.api_gateway.client_request import ClientRequest
from local.api_gateway.errors import MappingTemplateError
from local.api_gateway.java_values import Method, from_json, java_string
from local.api_gateway.json_path import MISSING, find


class ReadOnlyMap(dict[str, object]):
    """A map no template may write to."""

    def __setitem__(self, key: str, value: object) -> None:
        raise MappingTemplateError(f"$context.{key} cannot be set")


def read_only(value: object) -> object:
    """`value` with every mapping in it made read-only."""
    if isinstance(value, Mapping):
        return ReadOnlyMap({str(key): read_only(item) for key, item in value.items()})
    return value


def template_context(context: Mapping[str, object], **override: object) -> ReadOnlyMap:
    """`$context`: read-only but for `override`, the one entry a template may write into."""
    return ReadOnlyMap({**{key: read_only(value) for key, value in context.items()}, **override})


class OverrideMap(dict[str, object]):
    """Values set by a template: once per parameter, a second time is an error (AWS: 5XX)."""

    def __setitem__(self, key: str, value: object) -> None:
        if key.lower() in (known.lower() for known in self):
            raise MappingTemplateError("a parameter was overridden twice")
        # Velocity ignores an assignment from null.
        if value is not None:
            super().__setitem__(key, java_string(value))


class ResponseOverride(dict[str, object]):
    """`$context.responseOverride`: `status`, settable once, and the map `header`."""

    def __init__(self) -> None:
        super().__init__(header=OverrideMap())

    def __setitem__(self, key: str, value: object) -> None:
        if key != "status":
            raise MappingTemplateError(f"$context.responseOverride.{key} cannot be set")
        if key in self:
            raise MappingTemplateError("the status was overridden twice")
        super().__setitem__(key, value)


def request_override() -> ReadOnlyMap:
    """A fresh `$context.requestOverride`."""
    return ReadOnlyMap(header=OverrideMap(), path=OverrideMap(), querystring=OverrideMap())


class HeaderMap(ReadOnlyMap):
    """`$input.params().header`: ASGI lower-cases names, so a look-up ignores case.

    On AWS the look-up has the case that the client sent, which over HTTP/2 is lower case.
    """

    def __getitem__(self, key: str) -> object:
        return super().__getitem__(key.lower())

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and super().__contains__(key.lower())

    def get(self, key: str, default: object = None) -> object:
        """The value of that header, or `default`."""
        return super().get(key.lower(), default)


class Input:
    """`$input`: `payload` is the request's body, or in a response template the endpoint's."""

    def __init__(
        self, payload: str, request: ClientRequest, path_parameters: Mapping[str, str]
    ) -> None:
        self.body = payload or "{}"
        self._has_payload = bool(payload)
        headers = {name: values[-1] for name, values in request.headers.items()}
        query = {name: values[-1] for name, values in request.query.items()}
        self._parameters = ReadOnlyMap(
            path=ReadOnlyMap(path_parameters),
            querystring=ReadOnlyMap(query),
            header=HeaderMap(headers),
        )

    def params(self, name: str | None = None) -> object:
        """All parameters, one location's (`path`, `querystring`, `header`), or one value.

        A value is searched in path, query string, header, in this order; '' if absent.
        """
        if name is None:
            return self._parameters
        for location in self._parameters.values():
            if isinstance(location, dict) and name in location:
                return location[name]
        return ""

    def path(self, path: str) -> object:
        """The value at a JSONPath, or None."""
        found = find(self._document, path)
        return None if found is MISSING else from_json(found)

    def json(self, path: str) -> str:
        """The value at a JSONPath as JSON; an absent value is the empty string `""`."""
        found = find(self._document, path)
        if path == "$" and self._has_payload:
            return self.body  # it is JSON: as it came, without being written anew
        return json.dumps("" if found is MISSING else found, ensure_ascii=False)

    @cached_property
    def _document(self) -> object:
        try:
            document: object = json.loads(self.body) if self._has_payload else {}
        except ValueError as error:
            raise MappingTemplateError("the payload is not JSON") from error
        return document

    template_methods: ClassVar[dict[str, Method]] = {"params": params, "path": path, "json": json}


def _escape_java_script(value: object) -> str:
    # Commons Lang 2, which API Gateway uses, escapes ' and / too.
    escaped = json.dumps(java_string(value), ensure_ascii=True)[1:-1]
    return escaped.replace("'", "\\'").replace("/", "\\/")


def _url_encode(text: str) -> str:
    return quote_plus(text, safe="*").replace("~", "%7E")


def _parse_json(text: str) -> object:
    try:
        return from_json(json.loads(text))
    except ValueError as error:
        raise MappingTemplateError("parseJson: not JSON") from error


def _base64_decode(text: str) -> str:
    return base64.b64decode(text).decode("utf-8", "replace")


class Util:
    """`$util`."""

    template_methods: ClassVar[dict[str, Method]] = {
        "base64Decode": lambda _, text: _base64_decode(text),
        "base64Encode": lambda _, text: base64.b64encode(text.encode()).decode(),
        "escapeJavaScript": lambda _, value: _escape_java_script(value),
        "parseJson": lambda _, text: _parse_json(text),
        "urlDecode": lambda _, text: unquote_plus(text),
        "urlEncode": lambda _, text: _url_encode(text),
    }
