"""The transport against real sockets that misbehave."""

import gzip
import json
import socket
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

import pytest

from nft.errors import (
    UpstreamTimeoutError,
    UpstreamUnavailableError,
    UpstreamUnreachableError,
)
from nft.providers.http import (
    MAX_BODY_BYTES,
    HttpTransport,
    UpstreamReply,
    UpstreamRequest,
    build_session,
)
from nft.raw_lookups import json_text
from runtime.cached_secret import Secret
from runtime.deadline import Deadline
from tests.fixtures.upstream import FakeProvider, SocketProvider

Write = Callable[[BaseHTTPRequestHandler, threading.Event], None]
BUDGET = 0.4


def request_to(url: str) -> UpstreamRequest:
    return UpstreamRequest(url=url, params={}, secret_headers={"X-API-Key": Secret("canary")})


def within(seconds: float) -> Deadline:
    return Deadline.after(seconds, time.monotonic)


def ask(write: Write, seconds: float = 5.0) -> UpstreamReply:
    with SocketProvider(write).running() as url:
        return HttpTransport(build_session())(request_to(url), within(seconds))


def head(handler: BaseHTTPRequestHandler, **headers: str) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n")
    for name, value in headers.items():
        handler.wfile.write(f"{name.replace('_', '-')}: {value}\r\n".encode())
    handler.wfile.write(b"\r\n")


def test_reads_a_compressed_answer() -> None:
    body = gzip.compress(b'{"result":[]}')

    def write(handler: BaseHTTPRequestHandler, _stop: threading.Event) -> None:
        head(handler, Content_Encoding="gzip", Content_Length=str(len(body)))
        handler.wfile.write(body)

    assert ask(write).body == b'{"result":[]}'


def drip(handler: BaseHTTPRequestHandler, stop: threading.Event) -> None:
    """A byte every 20 ms: no single read ever times out."""
    try:
        while not stop.wait(0.02):
            handler.wfile.write(b" ")
            handler.wfile.flush()
    except OSError:
        return


def dripping_body(handler: BaseHTTPRequestHandler, stop: threading.Event) -> None:
    head(handler, Content_Length="100000")
    drip(handler, stop)


def dripping_header(handler: BaseHTTPRequestHandler, stop: threading.Event) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    drip(handler, stop)


def silence(_handler: BaseHTTPRequestHandler, stop: threading.Event) -> None:
    stop.wait()


@pytest.mark.parametrize("write", [silence, dripping_header, dripping_body])
def test_gives_up_at_the_deadline_however_the_provider_is_slow(write: Write) -> None:
    started = time.monotonic()
    with pytest.raises(UpstreamTimeoutError):
        ask(write, BUDGET)
    assert time.monotonic() - started >= BUDGET


def test_gives_up_at_the_deadline_when_a_name_does_not_resolve_in_time() -> None:
    resolved = threading.Event()

    class SlowResolver(FakeProvider):
        def send(self, *_args: object, **_options: object) -> object:  # type: ignore[override]
            resolved.wait()
            raise AssertionError("nobody waits for this")

    with pytest.raises(UpstreamTimeoutError):
        HttpTransport(build_session(SlowResolver()))(
            request_to("https://a.example"), within(BUDGET)
        )
    resolved.set()


def oversized(handler: BaseHTTPRequestHandler, _stop: threading.Event) -> None:
    head(handler, Content_Length=str(MAX_BODY_BYTES + 1))
    handler.wfile.write(b" " * (MAX_BODY_BYTES + 1))


def endless(handler: BaseHTTPRequestHandler, _stop: threading.Event) -> None:
    head(handler)
    try:
        while True:
            handler.wfile.write(b" " * 65536)
    except OSError:
        return


def bomb(handler: BaseHTTPRequestHandler, _stop: threading.Event) -> None:
    body = gzip.compress(b" " * (50 * 1024 * 1024))
    head(handler, Content_Encoding="gzip", Content_Length=str(len(body)))
    handler.wfile.write(body)


@pytest.mark.parametrize("write", [oversized, endless, bomb])
def test_refuses_a_body_above_the_limit(write: Write) -> None:
    with pytest.raises(UpstreamUnavailableError, match="too large"):
        ask(write)


def test_takes_a_body_at_the_limit() -> None:
    def write(handler: BaseHTTPRequestHandler, _stop: threading.Event) -> None:
        head(handler, Content_Length=str(MAX_BODY_BYTES))
        handler.wfile.write(b" " * MAX_BODY_BYTES)

    assert len(ask(write).body) == MAX_BODY_BYTES


def cut_short(handler: BaseHTTPRequestHandler, _stop: threading.Event) -> None:
    head(handler, Content_Length="1000")
    handler.wfile.write(b'{"result":[')


def not_gzip(handler: BaseHTTPRequestHandler, _stop: threading.Event) -> None:
    head(handler, Content_Encoding="gzip", Content_Length="4")
    handler.wfile.write(b"oops")


def not_http(handler: BaseHTTPRequestHandler, _stop: threading.Event) -> None:
    handler.wfile.write(b"\x00\x01\x02\r\n\r\n")


@pytest.mark.parametrize("write", [cut_short, not_gzip, not_http])
def test_refuses_a_broken_answer(write: Write) -> None:
    with pytest.raises(UpstreamUnavailableError) as failed:
        ask(write)
    assert not isinstance(failed.value, UpstreamUnreachableError)  # one question may be the cause


def test_reports_a_refused_connection() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        with pytest.raises(UpstreamUnreachableError):
            HttpTransport(build_session())(request_to(url), within(2))


def test_reports_a_name_that_does_not_exist() -> None:
    with pytest.raises((UpstreamUnavailableError, UpstreamTimeoutError)):
        HttpTransport(build_session())(request_to("http://nowhere.invalid"), within(2))


@pytest.mark.parametrize("url", ["http://[::", "http://a..b/", "ftp://a.example", ""])
def test_reports_a_url_it_cannot_use(url: str) -> None:
    with pytest.raises(UpstreamUnavailableError):
        HttpTransport(build_session())(request_to(url), within(2))


def test_follows_no_redirect_and_keeps_no_cookie() -> None:
    paths: list[str] = []
    cookies: list[str | None] = []

    def write(handler: BaseHTTPRequestHandler, _stop: threading.Event) -> None:
        paths.append(handler.path)
        cookies.append(handler.headers.get("Cookie"))
        handler.wfile.write(
            b"HTTP/1.1 307 Temporary Redirect\r\nLocation: /elsewhere\r\n"
            b"Set-Cookie: a=b; Path=/\r\nContent-Length: 0\r\n\r\n"
        )

    session = build_session()
    with SocketProvider(write).running() as url:
        replies = [HttpTransport(session)(request_to(f"{url}/x"), within(2)) for _ in range(2)]
    assert [reply.status for reply in replies] == [307, 307]
    assert (paths, cookies) == (["/x", "/x"], [None, None])


def test_a_kept_connection_that_was_closed_meanwhile_is_opened_anew() -> None:
    paths: list[str] = []

    def write(handler: BaseHTTPRequestHandler, _stop: threading.Event) -> None:
        paths.append(handler.path)
        handler.close_connection = len(paths) == 2  # and without a word
        if not handler.close_connection:
            handler.wfile.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")

    transport = HttpTransport(build_session())
    with SocketProvider(write).running() as url:
        replies = [transport(request_to(f"{url}/{n}"), within(2)) for n in (1, 2)]
    assert [reply.status for reply in replies] == [404, 404]
    assert paths == ["/1", "/2", "/2"]


def test_a_provider_that_hangs_up_is_asked_twice_and_no_more() -> None:
    paths: list[str] = []

    def hang_up(handler: BaseHTTPRequestHandler, _stop: threading.Event) -> None:
        paths.append(handler.path)

    with SocketProvider(hang_up).running() as url, pytest.raises(UpstreamUnavailableError):
        HttpTransport(build_session())(request_to(f"{url}/x"), within(2))
    assert paths == ["/x", "/x"]


@pytest.mark.parametrize("status", [429, 503])
def test_an_answer_is_never_asked_for_again(status: int) -> None:
    paths: list[str] = []

    def refuse(handler: BaseHTTPRequestHandler, _stop: threading.Event) -> None:
        paths.append(handler.path)
        head = f"HTTP/1.1 {status} No\r\nRetry-After: 1\r\nConnection: close\r\n"
        handler.wfile.write(f"{head}Content-Length: 0\r\n\r\n".encode())

    with SocketProvider(refuse).running() as url:
        assert HttpTransport(build_session())(request_to(f"{url}/x"), within(2)).status == status
    assert paths == ["/x"]


def test_uses_no_proxy_and_no_netrc_of_the_environment() -> None:
    assert build_session().trust_env is False


def test_bounds_each_phase_by_the_time_given() -> None:
    provider = FakeProvider()
    transport = HttpTransport(build_session(provider))
    transport(request_to("https://a.example/"), Deadline.after(8.0, lambda: 0.0))
    transport(request_to("https://a.example/"), Deadline.after(1.5, lambda: 0.0))
    assert [options["timeout"] for options in provider.options] == [(3.0, 8.0), (1.5, 1.5)]


def reply_with(body: bytes) -> UpstreamReply:
    return UpstreamReply(200, "application/json; charset=utf-8", None, body)


def test_refuses_a_text_that_grows_too_long_for_lambda_when_escaped() -> None:
    quotes = json.dumps({"result": ['"' * 1_700_000]}, separators=(",", ":")).encode()
    assert len(quotes) < MAX_BODY_BYTES
    with pytest.raises(UpstreamUnavailableError, match="too large for Lambda"):
        json_text(reply_with(quotes), required_list="result")


def test_takes_a_long_text_that_still_fits_lambda() -> None:
    letters = json.dumps({"result": ["a" * 4_000_000]}).encode()
    assert json_text(reply_with(letters), required_list="result").encode() == letters


def test_takes_numbers_of_any_length_without_reading_them() -> None:
    text = b'{"result":[' + b"9" * 10_000 + b"]}"
    assert json_text(reply_with(text), required_list="result").encode() == text
