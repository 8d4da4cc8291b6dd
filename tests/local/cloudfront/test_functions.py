"""The twins in Python do what the JavaScript does that CloudFront runs."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from local.cloudfront.functions import TWINS, read_functions, read_rewrite
from local.errors import UnsupportedError
from tools.node_packages import npm_environment

URIS = [
    *("/", "/index.html", "/a", "/a/", "/a/b", "/a.b/c", "/a/b.js", "/.well-known/x", "/a.", "/.."),
    *("/assets/index-C0ffee.js", "/%2e", "/a%2Eb", "//", "/a\n", "/a.\n", "/a.b\n/c"),
    *("/api/", "/api/health", "/api/api/x", "/api//x", "/apix/y", "/x/api/y", "/API/x"),
]
CALL = "for (const uri of JSON.parse(process.argv[1])) "
CALL += "console.log(JSON.stringify(handler("
CALL += "{ request: { uri, headers: {} }, viewer: { ip: '192.0.2.1' } }).uri))"


@pytest.mark.parametrize("code", TWINS, ids=[twin.__name__ for twin in TWINS.values()])
def test_a_twin_rewrites_as_its_javascript_does(code: str) -> None:
    command = ["node", "--eval", code + "; " + CALL, json.dumps(URIS)]
    environment = npm_environment()
    done = subprocess.run(  # noqa: S603
        command, env=environment, capture_output=True, text=True, check=True
    )
    rewritten = [json.loads(line) for line in done.stdout.splitlines()]
    assert [TWINS[code](uri) for uri in URIS] == rewritten


@pytest.mark.parametrize(
    "change",
    [
        {"FunctionCode": "function handler(event) { return event.request; }"},
        {"AutoPublish": False},
    ],
)
def test_another_function_is_refused(change: dict[str, Any]) -> None:
    known = {"FunctionCode": next(iter(TWINS)), "AutoPublish": True}
    read_functions({"arn": known})
    with pytest.raises(UnsupportedError, match="CloudFront function"):
        read_functions({"arn": known | change})


def test_a_function_elsewhere_than_on_viewer_requests_is_refused() -> None:
    behaviour = {"FunctionAssociations": [{"EventType": "viewer-response", "FunctionARN": "arn"}]}
    with pytest.raises(UnsupportedError, match="viewer-request"):
        read_rewrite(behaviour, {"arn": lambda uri: uri})
