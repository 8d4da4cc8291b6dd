"""One JSON-RPC endpoint over http.client: bounded in time and size, its connection used again."""

import json
import ssl
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import NamedTuple

from nodes.errors import RefusedKeyError, RpcEndpointError
from nodes.urls import RpcUrl
from runtime.deadline import Deadline, OpenSockets, within
from runtime.https import Connect

MAX_ANSWER_BYTES = 64 * 1024
"""Two short results, or an error with what a wallet reverted with."""

MAX_IDLE_SECONDS = 20.0
"""A connection idle for longer may be dead without our being told; Lambda freezes in between."""

type ReadKey = Callable[[str | None], str]
"""None, or a key that was just refused -> the key, a newer one if there is by now."""

_HEADERS = {"Content-Type": "application/json", "Accept": "application/json"}
_REFUSED = (401, 403)


class _Idle(NamedTuple):
    """A connection that may be used again; `since` as the deadlines' clock has it."""

    connection: HTTPConnection
    since: float


class _Exchange(NamedTuple):
    """What is posted, until when, and where its sockets go for the waiting thread to hang up."""

    body: bytes
    deadline: Deadline
    opened: OpenSockets

    def seconds_left(self) -> float:
        seconds = self.deadline.left()
        if seconds <= 0:
            raise TimeoutError("no time left")
        return seconds


class RpcEndpoint:
    """`read_key` is called for Alchemy's hosts only: before each request, and after a refusal."""

    def __init__(
        self,
        url: RpcUrl,
        *,
        read_key: ReadKey,
        connect: Connect,
        max_answer_bytes: int = MAX_ANSWER_BYTES,
    ) -> None:
        self._url = url
        self._read_key = read_key
        self._connect = connect
        self._max_answer_bytes = max_answer_bytes
        self._idle: _Idle | None = None

    def send(self, batch: list[dict[str, object]], deadline: Deadline) -> object:
        """The answer to a JSON-RPC batch.

        Raises:
            RpcEndpointError: no answer in time, another status than 200, too long, or no JSON.
        """
        text = self._answer_of(json.dumps(batch).encode("ascii"), deadline)
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            raise RpcEndpointError("not JSON") from None

    def close(self) -> None:
        """Close the idle connection; the next `send` opens one."""
        idle, self._idle = self._idle, None
        if idle is not None:
            idle.connection.close()

    def _answer_of(self, body: bytes, deadline: Deadline) -> bytes:
        try:
            return within(
                deadline,
                lambda opened: self._ask(_Exchange(body, deadline, opened)),
                name="rpc",
            )
        except RpcEndpointError:
            raise
        except TimeoutError:
            raise RpcEndpointError("timed out") from None
        except Exception as error:  # its text may hold the URL or a header: the name only
            raise RpcEndpointError(type(error).__name__) from None

    def _ask(self, exchange: _Exchange) -> bytes:
        """One POST, or two where a key was refused and there is a newer one."""
        if not self._url.takes_alchemy_key:
            return self._post(exchange, _HEADERS)
        key = self._read_key(None)
        try:
            return self._post(exchange, _headers(key))
        except RefusedKeyError:
            newer = self._read_key(key)
            if newer == key:
                raise
        return self._post(exchange, _headers(newer))

    def _post(self, exchange: _Exchange, headers: dict[str, str]) -> bytes:
        idle, self._idle = self._idle, None
        if idle is not None:
            # A failure here may only mean that it was closed while idle, and a call is repeatable.
            with suppress(ConnectionError, HTTPException, ssl.SSLError):
                if exchange.deadline.clock() - idle.since < MAX_IDLE_SECONDS:
                    return self._post_over(idle.connection, exchange, headers)
            idle.connection.close()
        connection = self._connect(self._url, exchange.seconds_left())
        return self._post_over(connection, exchange, headers)

    def _post_over(
        self, connection: HTTPConnection, exchange: _Exchange, headers: dict[str, str]
    ) -> bytes:
        """The body of a 200; the connection stays open if it can be used again."""
        is_reusable = False
        try:
            if connection.sock is None:
                connection.connect()
            exchange.opened.add(connection.sock)
            connection.sock.settimeout(exchange.seconds_left())
            connection.request("POST", self._url.path or "/", exchange.body, headers)
            with connection.getresponse() as response:
                answer = _read(response, self._max_answer_bytes)
                is_reusable = response.isclosed() and not response.will_close
            return answer
        finally:
            if is_reusable:
                self._idle = _Idle(connection, exchange.deadline.clock())
            else:
                connection.close()


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
