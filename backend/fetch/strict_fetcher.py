"""One strict fetch of something a stranger named: https only, to public addresses only, bounded.

Per hop: the URL is parsed by one parser, the name resolved once, every answer checked, and one of
those addresses connected to; name, SNI and certificate check stay on the host name. Redirects are
followed by hand and checked like the first URL. No proxy, no environment, no cookie, no header of
a caller, no connection kept.

Where an operator's own network translates a public IPv6 prefix to private IPv4 (RFC 6052 with a
prefix of its own), no table knows it: give the function no route there.

Why: ARCHITECTURE.md, fetch.
"""

import ssl
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse, IncompleteRead
from socket import create_connection
from typing import NamedTuple

from ethereum.errors import UriError
from ethereum.https_url import HttpsUrl
from fetch.content_encoding import decoded
from fetch.content_type import kind_of
from fetch.errors import (
    FetchTimeoutError,
    ForbiddenTargetError,
    StatusError,
    TooLargeError,
    UnreachableError,
    UnsupportedUriError,
)
from fetch.public_address import IpAddress, is_public
from fetch.request import Fetched, FetchRequest
from fetch.resolution import IsAllowed, Resolve, allowed_addresses, resolve_with_system
from runtime.deadline import Deadline, OpenSockets, within
from runtime.https import trusting_public_cas

MAX_REDIRECTS = 3
MAX_CONNECTION_TRIES = 3
CONNECT_SECONDS = 2.0
_CHUNK_BYTES = 64 * 1024
_REDIRECTS = frozenset(
    {
        HTTPStatus.MOVED_PERMANENTLY,
        HTTPStatus.FOUND,
        HTTPStatus.SEE_OTHER,
        HTTPStatus.TEMPORARY_REDIRECT,
        HTTPStatus.PERMANENT_REDIRECT,
    }
)


class _Hop(NamedTuple):
    """An answer that is not a redirect, or where a redirect leads."""

    fetched: Fetched | None
    location: str


class StrictFetcher:
    """The Fetch over http.client. Only tests give other `resolve`, `is_allowed`, `tls`, `ports`."""

    def __init__(
        self,
        *,
        resolve: Resolve = resolve_with_system,
        is_allowed: IsAllowed = is_public,
        tls: ssl.SSLContext | None = None,
        ports: frozenset[int] = frozenset({443}),
    ) -> None:
        self._resolve = resolve
        self._is_allowed = is_allowed
        self._tls = tls
        self._ports = ports

    def __call__(self, request: FetchRequest, deadline: Deadline) -> Fetched:
        """Raises FetchError."""
        try:
            url = HttpsUrl.parse(request.url)
            return within(
                deadline, lambda opened: self._follow(url, request, deadline, opened), name="fetch"
            )
        except UriError as error:
            raise UnsupportedUriError(str(error)) from None
        except TimeoutError as error:
            raise FetchTimeoutError(str(error)) from None

    def _follow(
        self, url: HttpsUrl, request: FetchRequest, deadline: Deadline, opened: OpenSockets
    ) -> Fetched:
        for _ in range(1 + MAX_REDIRECTS):
            hop = self._hop(url, request, deadline, opened)
            if hop.fetched is not None:
                return hop.fetched
            try:
                url = url.redirected(hop.location)
            except ValueError:  # UriError, or urljoin's own
                raise ForbiddenTargetError("a redirect that is not to an https URL") from None
            request.on_redirect()
        raise StatusError(HTTPStatus.LOOP_DETECTED, "too many redirects")

    def _hop(
        self, url: HttpsUrl, request: FetchRequest, deadline: Deadline, opened: OpenSockets
    ) -> _Hop:
        connection = self._connect(url, deadline)
        try:
            opened.add(connection.sock)
            connection.sock.settimeout(_seconds_left(deadline))
            connection.request(
                "GET" if request.json_body is None else "POST",
                url.target,
                body=request.json_body,
                headers=_headers(url, request),
            )
            with connection.getresponse() as response:
                return _answer(response, request)
        except TimeoutError:
            raise
        except (HTTPException, OSError, ValueError) as error:
            raise UnreachableError(type(error).__name__) from None  # its text holds the URL
        finally:
            connection.close()

    def _connect(self, url: HttpsUrl, deadline: Deadline) -> HTTPConnection:
        """A connection to the first address of the host that takes one."""
        if url.port not in self._ports:
            raise ForbiddenTargetError("a port that is not asked")
        addresses = allowed_addresses(url.host, resolve=self._resolve, is_allowed=self._is_allowed)
        causes: list[str] = []
        for address in addresses[:MAX_CONNECTION_TRIES]:
            seconds = min(CONNECT_SECONDS, _seconds_left(deadline))
            try:
                return self._pinned(address, url, seconds)
            except OSError as error:
                causes.append(type(error).__name__)
        raise UnreachableError(f"no connection: {', '.join(causes)}")

    def _pinned(self, address: IpAddress, url: HttpsUrl, seconds: float) -> HTTPConnection:
        """TLS with the host, over a connection to this address."""
        connection = HTTPConnection(url.host, url.port)
        connection.auto_open = 0  # or it would resolve the name again
        tls = self._tls or trusting_public_cas()
        with create_connection((str(address), url.port), seconds) as plain:  # TLS takes it over
            connection.sock = tls.wrap_socket(plain, server_hostname=url.host)
        return connection


def _seconds_left(deadline: Deadline) -> float:
    """For a socket. Raises TimeoutError."""
    seconds = deadline.left()
    if seconds <= 0:
        raise TimeoutError("no time left")
    return seconds


def _headers(url: HttpsUrl, request: FetchRequest) -> dict[str, str]:
    """All that is sent; a compressed answer is decoded within the cap, but not asked for."""
    headers = {
        "Host": url.authority,
        "User-Agent": "nft-gallery",
        "Accept": ", ".join(sorted(request.accept)),
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    return headers if request.json_body is None else {**headers, "Content-Type": "application/json"}


def _answer(response: HTTPResponse, request: FetchRequest) -> _Hop:
    if response.status in _REDIRECTS and request.json_body is None:
        return _Hop(None, response.headers.get("Location", ""))
    if response.status != HTTPStatus.OK:
        raise StatusError(response.status)
    body = _read(response, request.max_bytes)
    declared = response.headers.get("Content-Type", "")
    return _Hop(Fetched(kind_of(body, declared=declared, accept=request.accept), body), "")


def _read(response: HTTPResponse, max_bytes: int) -> bytes:
    body = bytearray()
    while chunk := response.read(_CHUNK_BYTES):
        body += chunk
        if len(body) > max_bytes:
            raise TooLargeError(f"over {max_bytes} bytes")
    if response.length:
        raise IncompleteRead(b"", response.length)  # read(n) ends without a word where this does
    return decoded(bytes(body), response.headers.get("Content-Encoding", ""), max_bytes)
