"""The strict fetcher against real TLS sites on loopback."""

import gzip
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler

import pytest

from fetch.content_type import IMAGES, Kind
from fetch.errors import (
    FetchTimeoutError,
    ForbiddenTargetError,
    StatusError,
    TooLargeError,
    UnreachableError,
    UnsupportedUriError,
    WrongTypeError,
)
from fetch.request import Fetched, FetchRequest
from fetch.strict_fetcher import StrictFetcher
from runtime.errors import RouteError
from tests.fixtures.deadlines import within_seconds
from tests.fixtures.fetching import JSON, Names, is_loopback_of_the_test, request
from tests.fixtures.tls_site import TlsSite, redirecting, replying

Build = Callable[..., StrictFetcher]
SECONDS = 5.0
PRIVATE_PLACES = [
    "http://site.example/",
    "http://169.254.169.254/latest/meta-data/",
    "https://127.0.0.1/",
    "https://metadata.internal:PORT/",
    "https://localhost/",
    "https://site.example:22/",
    "file:///etc/passwd",
    "https://user@site.example/",
    "\\\\metadata\\",
]
"""Where redirects may not lead; metadata.internal is at a private address."""


def get(fetcher: StrictFetcher, port: int, path: str = "/", max_bytes: int = 1000) -> Fetched:
    wanted = request(f"https://site.example:{port}{path}", max_bytes=max_bytes)
    return fetcher(wanted, within_seconds(SECONDS))


def test_asks_the_pinned_address_for_the_name(fetcher: Build) -> None:
    site = TlsSite(replying(b'{"name":"x"}'))
    with site.running() as port:
        assert get(fetcher(port), port, "/1?a=b") == Fetched(Kind.JSON, b'{"name":"x"}')
    assert site.names == ["site.example"]
    assert site.paths == ["/1?a=b"]
    assert site.headers == [
        {
            "Host": f"site.example:{port}",
            "User-Agent": "nft-gallery",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
    ]


def test_posts_a_json_body_and_follows_no_redirect_of_it(fetcher: Build) -> None:
    for script, error in [(replying(), None), (redirecting("/elsewhere", 307), StatusError)]:
        site = TlsSite(script)
        with site.running() as port:
            post = FetchRequest(f"https://site.example:{port}/", JSON, 100, b'{"a":1}')
            if error is None:
                fetcher(port)(post, within_seconds(SECONDS))
            else:
                with pytest.raises(error):
                    fetcher(port)(post, within_seconds(SECONDS))
        assert site.bodies == [b'{"a":1}']
        assert site.headers[0]["Content-Type"] == "application/json"


def test_refuses_a_certificate_of_another_name(fetcher: Build) -> None:
    site = TlsSite(replying(), name="other.example")
    with site.running() as port, pytest.raises(UnreachableError, match="SSLCertVerificationError"):
        get(fetcher(port), port)
    assert site.paths == []


def test_refuses_a_certificate_that_nobody_vouches_for() -> None:
    site = TlsSite(replying())
    with site.running() as port:
        strict = StrictFetcher(
            resolve=Names({"site.example": [["127.0.0.1"]]}),
            is_allowed=is_loopback_of_the_test,
            ports=frozenset({port}),
        )
        with pytest.raises(UnreachableError, match="SSLCertVerificationError"):
            get(strict, port)
    assert site.paths == []


def test_loopback_is_refused_by_the_rule_that_is_deployed(tls: ssl.SSLContext) -> None:
    site = TlsSite(replying())
    with site.running() as port:
        names = Names({"site.example": [["127.0.0.1"]]})
        strict = StrictFetcher(resolve=names, tls=tls, ports=frozenset({port}))
        with pytest.raises(ForbiddenTargetError):
            get(strict, port)
    assert site.names == []


def test_one_private_answer_among_several_keeps_the_site_from_being_asked(fetcher: Build) -> None:
    site = TlsSite(replying())
    with site.running() as port:
        for answers in (["127.0.0.1", "10.0.0.1"], ["10.0.0.1", "127.0.0.1"]):
            with pytest.raises(ForbiddenTargetError):
                get(fetcher(port, {"site.example": answers}), port)
    assert site.names == []


def test_a_name_is_resolved_once_so_that_a_second_answer_cannot_differ(
    tls: ssl.SSLContext,
) -> None:
    site = TlsSite(replying())
    with site.running() as port:
        names = Names({"site.example": [["127.0.0.1"], ["169.254.169.254"]]})
        strict = StrictFetcher(
            resolve=names, is_allowed=is_loopback_of_the_test, tls=tls, ports=frozenset({port})
        )
        get(strict, port)
        assert names.asked == ["site.example"]
        with pytest.raises(ForbiddenTargetError):
            get(strict, port)
    assert len(site.paths) == 1


def test_another_address_of_the_name_is_tried_where_one_takes_no_connection(
    fetcher: Build,
) -> None:
    site = TlsSite(replying())
    with site.running(host="127.0.0.2") as port:
        get(fetcher(port, {"site.example": ["127.0.0.1", "127.0.0.2"]}), port)
        with pytest.raises(UnreachableError):
            get(fetcher(port, {"site.example": ["127.0.0.1"]}), port)
    assert len(site.paths) == 1


def test_only_the_https_port_is_asked(tls: ssl.SSLContext) -> None:
    names = Names({"site.example": [["127.0.0.1"]]})
    with pytest.raises(ForbiddenTargetError):
        get(StrictFetcher(resolve=names, tls=tls), 8443)
    assert names.asked == []


def test_proxies_and_keys_of_the_environment_are_not_looked_at(
    fetcher: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with TlsSite(replying()).running() as port:
        get(fetcher(port), port)


def test_no_cookie_is_kept_and_no_connection(fetcher: Build) -> None:
    site = TlsSite(replying(Set_Cookie="a=b"))
    with site.running() as port:
        strict = fetcher(port)
        get(strict, port)
        get(strict, port)
    assert len(site.names) == 2
    assert "Cookie" not in site.headers[1]


def test_a_redirect_is_followed_to_another_public_host(fetcher: Build) -> None:
    there = TlsSite(replying(b'{"b":1}'), name="other.example")
    with there.running(host="127.0.0.2") as port:
        here = TlsSite(redirecting(f"https://other.example:{port}/b"))
        with here.running(port=port):
            hosts = {"site.example": ["127.0.0.1"], "other.example": ["127.0.0.2"]}
            assert get(fetcher(port, hosts), port).body == b'{"b":1}'
    assert there.names == ["other.example"]
    assert there.headers[0]["Host"] == f"other.example:{port}"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("location", PRIVATE_PLACES)
def test_a_redirect_to_a_private_place_is_refused(
    fetcher: Build, location: str, status: int
) -> None:
    site = TlsSite(lambda *call: redirecting(location.replace("PORT", str(port)), status)(*call))
    with site.running() as port:
        hosts = {"site.example": ["127.0.0.1"], "metadata.internal": ["10.0.0.1"]}
        with pytest.raises(ForbiddenTargetError):
            get(fetcher(port, hosts), port)
    assert len(site.paths) == 1


def test_three_redirects_are_followed_and_not_a_fourth(fetcher: Build) -> None:
    def chain(handler: BaseHTTPRequestHandler, stop: threading.Event) -> None:
        left = int(handler.path[1:])
        (redirecting(f"/{left - 1}") if left else replying())(handler, stop)

    site = TlsSite(chain)
    with site.running() as port:
        get(fetcher(port), port, "/3")
        with pytest.raises(StatusError):
            get(fetcher(port), port, "/4")
    assert site.paths == ["/3", "/2", "/1", "/0", "/4", "/3", "/2", "/1"]


def test_who_asks_may_count_redirects_and_end_them(fetcher: Build) -> None:
    seen: list[int] = []

    def count() -> None:
        seen.append(1)
        if len(seen) == 2:
            raise RouteError("enough")

    site = TlsSite(redirecting("/again"))
    with site.running() as port:
        wanted = replace(request(f"https://site.example:{port}/"), on_redirect=count)
        with pytest.raises(RouteError, match="enough"):
            fetcher(port)(wanted, within_seconds(SECONDS))
    assert site.paths == ["/", "/again"]


@pytest.mark.parametrize("status", [201, 204, 206, 300, 304, 400, 404, 429, 500])
def test_any_other_status_is_an_error_that_tells_it(fetcher: Build, status: int) -> None:
    with (
        TlsSite(replying(b"", status)).running() as port,
        pytest.raises(StatusError) as refused,
    ):
        get(fetcher(port), port)
    assert refused.value.http_status == status


def test_a_body_may_be_as_large_as_the_cap_and_not_a_byte_more(fetcher: Build) -> None:
    body = b'{"a":"' + b"a" * 92 + b'"}'
    with TlsSite(replying(body)).running() as port:
        assert get(fetcher(port), port, max_bytes=100).body == body
        with pytest.raises(TooLargeError):
            get(fetcher(port), port, max_bytes=99)


def test_a_body_without_an_end_is_cut_off_at_the_cap(fetcher: Build) -> None:
    written: list[int] = []

    def endless(handler: BaseHTTPRequestHandler, stop: threading.Event) -> None:
        replying(b"{")(handler, stop)
        while not stop.is_set():
            written.append(handler.wfile.write(b" " * 65536))

    with TlsSite(endless).running() as port, pytest.raises(TooLargeError):
        get(fetcher(port), port, max_bytes=200_000)
    assert sum(written) < 20_000_000


def test_gzip_is_decoded_up_to_the_cap_whatever_it_would_become(fetcher: Build) -> None:
    small = gzip.compress(b'{"a":1}')
    with TlsSite(replying(small, Content_Encoding="gzip")).running() as port:
        assert get(fetcher(port), port).body == b'{"a":1}'
    bomb = gzip.compress(b"{" + b" " * 50_000_000, 9)
    with TlsSite(replying(bomb, Content_Encoding="gzip")).running() as port:
        with pytest.raises(TooLargeError):
            get(fetcher(port), port, max_bytes=1_000_000)
        with pytest.raises(TooLargeError):
            get(fetcher(port), port, max_bytes=len(bomb) - 1)


@pytest.mark.parametrize("encoding", ["br", "deflate", "zstd", "gzip, gzip", "gzip,identity"])
def test_an_encoding_that_was_not_asked_for_is_refused(fetcher: Build, encoding: str) -> None:
    with (
        TlsSite(replying(b"{}", Content_Encoding=encoding)).running() as port,
        pytest.raises(WrongTypeError),
    ):
        get(fetcher(port), port)


@pytest.mark.parametrize("body", [b"", b"\x1f\x8b", gzip.compress(b"{}", mtime=0)[:-9], b"{}"])
def test_broken_gzip_is_an_error(fetcher: Build, body: bytes) -> None:
    with (
        TlsSite(replying(body, Content_Encoding="gzip")).running() as port,
        pytest.raises(UnreachableError),
    ):
        get(fetcher(port), port)


def test_a_body_that_is_cut_off_is_an_error(fetcher: Build) -> None:
    with (
        TlsSite(replying(b"{}", Content_Length="10")).running() as port,
        pytest.raises(UnreachableError),
    ):
        get(fetcher(port), port)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("text/html", b"{}"),
        ("application/json", b"<html>"),
        ("image/png", b"\x89PNG\r\n\x1a\n"),
        ("application/json", b"\x89PNG\r\n\x1a\n"),
        ("application/javascript", b"{}"),
    ],
)
def test_what_was_not_asked_for_is_refused(fetcher: Build, content_type: str, body: bytes) -> None:
    with (
        TlsSite(replying(body, content_type=content_type)).running() as port,
        pytest.raises(WrongTypeError),
    ):
        get(fetcher(port), port)


def test_an_image_is_told_by_its_bytes(fetcher: Build) -> None:
    png = b"\x89PNG\r\n\x1a\nrest"
    with TlsSite(replying(png, content_type="image/jpeg")).running() as port:
        wanted = request(f"https://site.example:{port}/", accept=IMAGES)
        assert fetcher(port)(wanted, within_seconds(SECONDS)) == Fetched(Kind.PNG, png)


def silent(handler: BaseHTTPRequestHandler, stop: threading.Event) -> None:
    stop.wait()


def dripping_headers(handler: BaseHTTPRequestHandler, stop: threading.Event) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while not stop.wait(0.02):
        handler.wfile.write(b"X: y\r\n"[:1])


def dripping_body(handler: BaseHTTPRequestHandler, stop: threading.Event) -> None:
    replying(b"{")(handler, stop)
    while not stop.wait(0.02):
        handler.wfile.write(b" ")


@pytest.mark.parametrize("script", [silent, dripping_headers, dripping_body])
def test_a_site_that_takes_its_time_is_given_up_at_the_deadline(
    fetcher: Build, script: Callable[[BaseHTTPRequestHandler, threading.Event], None]
) -> None:
    with TlsSite(script).running() as port:
        with pytest.raises(FetchTimeoutError):
            fetcher(port)(request(f"https://site.example:{port}/"), within_seconds(0.3))
        wait_for_the_end_of_fetches()


def test_a_resolver_that_takes_its_time_is_given_up_at_the_deadline(tls: ssl.SSLContext) -> None:
    answered = threading.Event()

    def slow(_: str) -> list[str]:
        answered.wait()
        return ["127.0.0.1"]

    strict = StrictFetcher(resolve=slow, is_allowed=is_loopback_of_the_test, tls=tls)
    with pytest.raises(FetchTimeoutError):
        strict(request("https://site.example/"), within_seconds(0.1))
    answered.set()
    wait_for_the_end_of_fetches()


def wait_for_the_end_of_fetches() -> None:
    """What was given up ends by itself: nothing goes on reading, or pytest-timeout ends this."""
    while any(thread.name == "fetch" for thread in threading.enumerate()):
        time.sleep(0.01)


def test_no_time_is_no_request(fetcher: Build) -> None:
    site = TlsSite(replying())
    with site.running() as port, pytest.raises(FetchTimeoutError):
        fetcher(port)(request(f"https://site.example:{port}/"), within_seconds(0.0))
    assert site.names == []


def test_a_name_that_does_not_resolve_is_unreachable(fetcher: Build) -> None:
    with pytest.raises(UnreachableError):
        get(fetcher(443, {}), 443)


def test_a_url_that_is_not_https_is_not_fetched(fetcher: Build) -> None:
    for url in ("http://site.example/", "file:///etc/passwd", "https://127.0.0.1/"):
        with pytest.raises(UnsupportedUriError):
            fetcher(443)(request(url), within_seconds(SECONDS))


def broken_status_line(handler: BaseHTTPRequestHandler, _: threading.Event) -> None:
    handler.wfile.write(b"HTTP/1.1 canary-status\r\n\r\n")


def test_no_error_says_what_was_asked_or_answered(fetcher: Build) -> None:
    canary = "canary-path"
    scripts = [replying(b"canary-body"), redirecting("http://canary-location/"), replying(b"", 500)]
    scripts.append(broken_status_line)
    for script in scripts:
        with TlsSite(script).running() as port, pytest.raises(Exception) as failed:  # noqa: PT011
            get(fetcher(port), port, f"/{canary}")
        assert "canary" not in f"{failed.value!r}"
        assert isinstance(failed.value, RouteError)
        assert failed.value.__cause__ is None
