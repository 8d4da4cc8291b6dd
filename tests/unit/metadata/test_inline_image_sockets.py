"""image=inline with the strict fetcher against real TLS sites, friendly ones and hostile ones."""

from __future__ import annotations

import base64
import gzip
import json
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from ethereum.address import Address
from fetch.errors import ForbiddenTargetError
from fetch.picture import MAX_PICTURE_BYTES
from fetch.request import Fetch, Fetched, FetchRequest
from fetch.strict_fetcher import StrictFetcher
from metadata.token_lookup import TokenLookup
from runtime.deadline import Deadline
from runtime.errors import RouteError
from tests.fixtures.deadlines import within_seconds
from tests.fixtures.fetching import Names
from tests.fixtures.tls_site import Script, TlsSite, redirecting, replying
from tests.fixtures.token_web import PNG, node_with
from tests.unit.ethereum.test_https_url import MALFORMED, NUMBERS
from tests.unit.fetch.test_public_address import NOT_PUBLIC
from tests.unit.fetch.test_strict_fetcher import (
    PRIVATE_PLACES,
    dripping_body,
    dripping_headers,
    silent,
    wait_for_the_end_of_fetches,
)

CONTRACT = Address("0xbc4ca0eda7647a8ab7c2061c2e118a18a936f13d")
OTHER_SCHEMES = ["file:///etc/passwd", "gopher://site.example/", "javascript:alert(1)", "//x.y/"]
type Build = Callable[..., StrictFetcher]


def image_of(fetch: Fetch, image: str, seconds: float = 5.0) -> dict[str, Any]:
    """What the answer says of the image that a document in the contract names."""
    document = base64.b64encode(json.dumps({"name": "Seven", "image": image}).encode()).decode()
    node = node_with(f"data:application/json;base64,{document}")
    tokens, deadline = TokenLookup({5: node}, fetch), within_seconds(seconds)
    answer = tokens.find(5, CONTRACT, 7, image="inline", deadline=deadline)
    assert answer["name"] == "Seven"
    return dict(answer["image"])


class RecordingFetcher:
    """A fetcher that also keeps what it raised, which the answer does not tell apart."""

    def __init__(self, strict: StrictFetcher) -> None:
        self._strict = strict
        self.errors: list[type[RouteError]] = []

    def __call__(self, request: FetchRequest, deadline: Deadline) -> Fetched:
        try:
            return self._strict(request, deadline)
        except RouteError as error:
            self.errors.append(type(error))
            raise


def ask(fetcher: Build, script: Script, seconds: float = 5.0) -> dict[str, Any]:
    """Of an image that a site with `script` serves; "there" stands for its own URL."""
    with TlsSite(script).running() as port:
        url = f"https://site.example:{port}/7.png"
        shown = image_of(fetcher(port), url, seconds)
        return {**shown, "url": "there"} if shown["url"] == url else shown


def failed(error: str) -> dict[str, object]:
    """The URL is told, as it is where nothing was fetched."""
    shown = {"url": "there", "contentType": None, "status": "unavailable"}
    return {**shown, "isVerified": False, "error": error}


@pytest.mark.parametrize("declared", ["image/png", "image/jpeg", "application/octet-stream", ""])
def test_an_image_is_told_by_its_bytes_and_a_small_lie_does_no_harm(
    fetcher: Build, declared: str
) -> None:
    shown = ask(fetcher, replying(PNG, content_type=declared))
    assert shown["url"] == f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
    assert (shown["contentType"], shown["status"]) == ("image/png", "inline")


def test_an_image_of_four_megabytes_comes_along_and_none_of_five(fetcher: Build) -> None:
    largest = PNG + bytes(MAX_PICTURE_BYTES - len(PNG))
    shown = ask(fetcher, replying(largest, content_type="image/png"))
    assert base64.b64decode(shown["url"].partition(",")[2]) == largest
    larger = PNG + bytes(5_000_000)
    assert ask(fetcher, replying(larger, content_type="image/png")) == failed("metadata_too_large")
    bomb = gzip.compress(PNG + bytes(50_000_000))
    packed = replying(bomb, content_type="image/png", Content_Encoding="gzip")
    assert ask(fetcher, packed) == failed("metadata_too_large")


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("text/html", b"<html><script>alert(1)</script>"),
        ("image/png", b"<html><script>alert(1)</script>"),
        ("image/svg+xml", b"<html><svg>"),
        ("text/html", PNG),
        ("text/html", b"<svg></svg>"),
        ("application/javascript", PNG),
        ("image/png", b'{"a":1}'),
    ],
)
def test_a_page_that_is_served_as_an_image_is_not_passed_on(
    fetcher: Build, content_type: str, body: bytes
) -> None:
    shown = ask(fetcher, replying(body, content_type=content_type))
    assert shown == failed("metadata_wrong_type")


@pytest.mark.parametrize("status", [204, 206, 403, 404, 500])
def test_an_image_that_is_not_there_is_unavailable(fetcher: Build, status: int) -> None:
    assert ask(fetcher, replying(PNG, status)) == failed("metadata_unavailable")


@pytest.mark.parametrize("script", [silent, dripping_headers, dripping_body])
def test_a_slow_image_is_given_up_within_the_one_deadline(
    fetcher: Build, script: Callable[[BaseHTTPRequestHandler, threading.Event], None]
) -> None:
    assert ask(fetcher, script, 0.4) == failed("metadata_timeout")
    wait_for_the_end_of_fetches()


@pytest.mark.parametrize("location", PRIVATE_PLACES)
def test_an_image_that_redirects_to_a_private_place_is_not_followed(
    fetcher: Build, location: str
) -> None:
    site = TlsSite(lambda *call: redirecting(location.replace("PORT", str(port)))(*call))
    with site.running() as port:
        hosts = {"site.example": ["127.0.0.1"], "metadata.internal": ["10.0.0.1"]}
        recording = RecordingFetcher(fetcher(port, hosts))
        shown = image_of(recording, f"https://site.example:{port}/7.png")
    assert (shown["status"], shown["error"]) == ("unavailable", "metadata_unavailable")
    assert recording.errors == [ForbiddenTargetError]
    assert site.paths == ["/7.png"]


def test_a_redirect_to_another_public_host_is_followed(fetcher: Build) -> None:
    hosts = {"site.example": ["127.0.0.1"], "other.example": ["127.0.0.2"]}
    shown: dict[str, Any] = {}
    while not shown:  # a port that is free at one address may be taken at the other
        there = TlsSite(replying(PNG, content_type="image/png"), name="other.example")
        with suppress(OSError), there.running(host="127.0.0.2") as port:
            here = TlsSite(redirecting(f"https://other.example:{port}/b"))
            with here.running(port=port):
                shown = image_of(fetcher(port, hosts), f"https://site.example:{port}/7.png")
    assert (shown["status"], there.paths) == ("inline", ["/b"])


@pytest.mark.parametrize(
    "image",
    [
        *(f"https://{host}/" for host in NUMBERS),
        *(text for text in MALFORMED if text.strip()),
        *OTHER_SCHEMES,
    ],
)
def test_no_hostile_url_reaches_even_the_resolver(image: str) -> None:
    names = Names({})
    shown = image_of(StrictFetcher(resolve=names), image)
    assert (shown["status"], shown["url"], shown["error"]) == ("unusable", None, "unsupported_uri")
    assert names.asked == []


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_no_name_at_a_private_address_is_connected_to(tls: ssl.SSLContext, address: str) -> None:
    names = Names({"site.example": [["1.1.1.1", address]]})
    recording = RecordingFetcher(StrictFetcher(resolve=names, tls=tls))
    shown = image_of(recording, "https://site.example/7.png")
    assert (shown["status"], shown["error"]) == ("unavailable", "metadata_unavailable")
    assert recording.errors == [ForbiddenTargetError]


def test_loopback_is_refused_by_the_rule_that_is_deployed(tls: ssl.SSLContext) -> None:
    site = TlsSite(replying(PNG, content_type="image/png"))
    with site.running() as port:
        names = Names({"site.example": [["127.0.0.1"]]})
        strict = StrictFetcher(resolve=names, tls=tls, ports=frozenset({port}))
        shown = image_of(strict, f"https://site.example:{port}/7.png")
    assert (shown["status"], shown["error"]) == ("unavailable", "metadata_unavailable")
    assert site.names == []
