"""POSTs to one host over a connection of http.client that is used again while it is young."""

import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import NamedTuple

from runtime.deadline import Deadline, OpenSockets
from runtime.https import Connect
from runtime.settings import HttpUrl

MAX_IDLE_SECONDS = 20.0
"""A connection idle for longer may be dead without our being told; Lambda freezes in between."""


class Post(NamedTuple):
    """What is posted, until when, and where its sockets go for the waiting thread to hang up."""

    path: str
    body: bytes
    headers: Mapping[str, str]
    deadline: Deadline
    opened: OpenSockets

    def seconds_left(self) -> float:
        """Raises TimeoutError."""
        seconds = self.deadline.left()
        if seconds <= 0:
            raise TimeoutError("no time left")
        return seconds


class _Idle(NamedTuple):
    """A connection that may be used again; `since` as the deadlines' clock has it."""

    connection: HTTPConnection
    since: float


class KeptConnection[T]:
    """`read` makes of a response what `post` returns; what it raises is passed on."""

    def __init__(
        self, url: HttpUrl, *, connect: Connect, read: Callable[[HTTPResponse], T]
    ) -> None:
        self.url = url
        self._connect = connect
        self._read = read
        self._idle: _Idle | None = None

    def post(self, post: Post) -> T:
        """Sent twice where an idle connection breaks: what is posted must be repeatable.

        Raises OSError and HTTPException, and whatever `read` does.
        """
        idle, self._idle = self._idle, None
        if idle is not None:
            with suppress(ConnectionError, HTTPException, ssl.SSLError):
                if post.deadline.clock() - idle.since < MAX_IDLE_SECONDS:
                    return self._post_over(idle.connection, post)
            idle.connection.close()
        return self._post_over(self._connect(self.url, post.seconds_left()), post)

    def close(self) -> None:
        """Close the idle connection; the next `post` opens one."""
        idle, self._idle = self._idle, None
        if idle is not None:
            idle.connection.close()

    def _post_over(self, connection: HTTPConnection, post: Post) -> T:
        """The connection stays open if it can be used again."""
        is_reusable = False
        try:
            if connection.sock is None:
                connection.connect()
            post.opened.add(connection.sock)
            connection.sock.settimeout(post.seconds_left())
            connection.request("POST", post.path, post.body, dict(post.headers))
            with connection.getresponse() as response:
                answer = self._read(response)
                is_reusable = response.isclosed() and not response.will_close
            return answer
        finally:
            if is_reusable:
                self._idle = _Idle(connection, post.deadline.clock())
            else:
                connection.close()
