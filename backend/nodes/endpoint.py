"""One JSON-RPC endpoint over http.client: bounded in time and size, its connection kept.

A socket time-out covers one read, not name resolution, not reading the key, not a body that
drips. So the exchange runs on its own thread and the caller stops waiting at the deadline.
"""

import json
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import NamedTuple

from nodes.errors import RefusedKeyError, RpcEndpointError
from nodes.urls import RpcUrl

MAX_ANSWER_BYTES = 64 * 1024
"""Two short results, or an error with what a wallet reverted with."""

MAX_IDLE_SECONDS = 20.0
"""A connection idle for longer may be dead without our being told; Lambda freezes in between."""

type ReadKey = Callable[[str | None], str]
"""None, or a key that was just refused -> the key, another one if there is by now."""

type Connect = Callable[[RpcUrl, float], HTTPConnection]
"""(url, time-out of its socket in seconds) -> a connection that opens itself when used."""


_HEADERS = {"Content-Type": "application/json", "Accept": "application/json"}
_REFUSED = (401, 403)


class _Kept(NamedTuple):
    connection: HTTPConnection
    since: float


class RpcEndpoint:
    """`read_key` is called for Alchemy's hosts only: before each request, and after a refusal."""

    def __init__(
        self,
        url: RpcUrl,
        *,
        read_key: ReadKey,
        monotonic: Callable[[], float],
        connect: Connect,
        max_answer_bytes: int = MAX_ANSWER_BYTES,
    ) -> None:
        self._url = url
        self._read_key = read_key
        self._monotonic = monotonic
        self._connect = connect
        self._max_answer_bytes = max_answer_bytes
        self._kept: _Kept | None = None

    def send(self, batch: list[dict[str, object]], seconds: float) -> object:
        """The answer to a JSON-RPC batch, within `seconds`.

        Raises:
            RpcEndpointError: no answer in time, another status than 200, too long, or no JSON.
        """
        body = json.dumps(batch).encode("ascii")
        exchange = _Exchange(self, body, self._monotonic() + seconds)
        text = exchange.result(seconds)
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            raise RpcEndpointError("not JSON") from None

    def close(self) -> None:
        """Close the connection that is kept; another `send` opens one."""
        kept, self._kept = self._kept, None
        if kept is not None:
            kept.connection.close()

    def exchange(self, body: bytes, deadline: float, opened: list[HTTPConnection]) -> bytes:
        """One POST, or two where a key was refused and there is another.

        The connections go into `opened`, for another thread to end.
        """
        if not self._url.takes_alchemy_key:
            return self._exchange(body, _HEADERS, deadline, opened)
        key = self._read_key(None)
        try:
            return self._exchange(body, _headers(key), deadline, opened)
        except RefusedKeyError:
            another = self._read_key(key)
            if another == key:
                raise
        return self._exchange(body, _headers(another), deadline, opened)

    def _exchange(
        self, body: bytes, headers: dict[str, str], deadline: float, opened: list[HTTPConnection]
    ) -> bytes:
        kept, self._kept = self._kept, None
        if kept is not None:
            opened.append(kept.connection)
            # A failure here may only mean that it was closed while idle, and a call is repeatable.
            with suppress(ConnectionError, HTTPException, ssl.SSLError):
                if self._monotonic() - kept.since < MAX_IDLE_SECONDS:
                    return self._post(kept.connection, body, headers, deadline)
            kept.connection.close()
        connection = self._connect(self._url, self._remaining(deadline))
        opened.append(connection)
        return self._post(connection, body, headers, deadline)

    def _post(
        self, connection: HTTPConnection, body: bytes, headers: dict[str, str], deadline: float
    ) -> bytes:
        """The body of a 200, its connection kept if it can be; otherwise closed."""
        is_reusable = False
        try:
            if connection.sock is not None:
                connection.sock.settimeout(self._remaining(deadline))
            connection.request("POST", self._url.path or "/", body, headers)
            with connection.getresponse() as response:
                answer = _read(response, self._max_answer_bytes)
                is_reusable = response.isclosed() and not response.will_close
            return answer
        finally:
            if is_reusable:
                self._kept = _Kept(connection, self._monotonic())
            else:
                connection.close()

    def _remaining(self, deadline: float) -> float:
        remaining = deadline - self._monotonic()
        if remaining <= 0:
            raise RpcEndpointError("timed out")
        return remaining


def _headers(key: str) -> dict[str, str]:
    return {**_HEADERS, "Authorization": f"Bearer {key}"}


def _read(response: HTTPResponse, max_bytes: int) -> bytes:
    if response.status in _REFUSED:
        raise RefusedKeyError(f"status {response.status}")
    if response.status != 200:  # a redirect is not followed: it could lead anywhere
        raise RpcEndpointError(f"status {response.status}")
    answer = response.read(max_bytes + 1)
    if len(answer) > max_bytes:
        raise RpcEndpointError("too long")
    return answer


class _Exchange:
    """An exchange on a daemon thread, so that nobody waits for a slow one."""

    def __init__(self, endpoint: RpcEndpoint, body: bytes, deadline: float) -> None:
        self._endpoint = endpoint
        self._body = body
        self._deadline = deadline
        self._opened: list[HTTPConnection] = []
        self._answer: bytes | None = None
        self._error: RpcEndpointError | None = None

    def result(self, seconds: float) -> bytes:
        thread = threading.Thread(target=self._run, name="rpc", daemon=True)
        thread.start()
        thread.join(seconds)
        if self._error is not None:
            raise self._error
        if self._answer is None:
            self._hang_up()
            raise RpcEndpointError("timed out")
        return self._answer

    def _run(self) -> None:
        try:
            self._answer = self._endpoint.exchange(self._body, self._deadline, self._opened)
        except RpcEndpointError as error:
            self._error = error
        except TimeoutError:
            self._error = RpcEndpointError("timed out")
        except Exception as error:  # its text may hold the URL or a header: keep the name only
            self._error = RpcEndpointError(type(error).__name__)

    def _hang_up(self) -> None:
        """End the reads of a thread that was given up."""
        for connection in self._opened:
            if connection.sock is not None:
                with suppress(OSError):  # closed already
                    connection.sock.shutdown(socket.SHUT_RDWR)


def open_connection(url: RpcUrl, timeout: float) -> HTTPConnection:
    """Straight to the host: http.client reads no proxy settings."""
    if url.scheme == "https":
        return HTTPSConnection(url.host, url.port, timeout=timeout, context=_tls())
    return HTTPConnection(url.host, url.port, timeout=timeout)


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
