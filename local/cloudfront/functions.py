"""CloudFront Functions on viewer requests: what each does to the path.

JavaScript does not run here. Each function known is listed with its twin in Python, and a test runs
both; a function whose code is another is refused at start.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from local.errors import UnsupportedError

type Rewrite = Callable[[str], str]
"""From the path of a viewer's request, percent-encoded, to the one CloudFront goes on with."""


def lead_to_the_page(uri: str) -> str:
    """The one page for a path whose last segment names no file."""
    return uri if re.search(r"\.[^/]*\Z", uri) else "/index.html"


def strip_api(uri: str) -> str:
    """The path the API knows. The viewer's address is for a firewall, which is not here."""
    return uri.removeprefix("/api")


_FRAME = "function handler(event) {{ var request = event.request; {} return request; }}"
TWINS: Mapping[str, Rewrite] = {
    _FRAME.format(r"if (!/\.[^/]*$/.test(request.uri)) request.uri = '/index.html';"): (
        lead_to_the_page
    ),
    _FRAME.format(
        r"request.uri = request.uri.replace(/^\/api/, '');"
        " request.headers['x-viewer-address'] = { value: event.viewer.ip };"
    ): strip_api,
}


def read_functions(functions: Mapping[str, Mapping[str, Any]]) -> dict[str, Rewrite]:
    """The functions by ARN, from their resolved properties; raises UnsupportedError."""
    return {arn: _read(arn, properties) for arn, properties in functions.items()}


def read_rewrite(behaviour: Mapping[str, Any], functions: Mapping[str, Rewrite]) -> Rewrite:
    """What a behaviour's one function does, or nothing."""
    associations: Sequence[Mapping[str, Any]] = behaviour.get("FunctionAssociations", [])
    if not associations:
        return lambda uri: uri
    if len(associations) > 1 or associations[0]["EventType"] != "viewer-request":
        raise UnsupportedError("the local stack models one function, on viewer-request")
    return functions[associations[0]["FunctionARN"]]


def _read(arn: str, properties: Mapping[str, Any]) -> Rewrite:
    code = " ".join(properties["FunctionCode"].split())
    published = properties.get("AutoPublish") is True
    if code not in TWINS or not published:
        raise UnsupportedError(f"{arn}: the local stack does not run this CloudFront function")
    return TWINS[code]
