"""A request must be there, head and body, within a time; otherwise its connection ends.

uvicorn has a time-out only for a connection between two requests. Sockets on which nothing follows
would stay until the process has no more files. Slowly sent bytes gain no time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any, cast

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

SECONDS = 20.0
_INCOMPLETE = (h11.IDLE, h11.SEND_BODY)
_TIMED_OUT = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
type CallLater = Callable[[float, Callable[[], None]], asyncio.TimerHandle]


class DeadlineProtocol(H11Protocol):
    """`call_later` is the loop's, unless a test has its own."""

    def __init__(self, *args: Any, call_later: CallLater | None = None, **named: Any) -> None:
        super().__init__(*args, **named)
        self._call_later: CallLater = call_later or self.loop.call_later
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end_watch()
        super().connection_lost(exc)

    def _watch(self) -> None:
        """From the first moment of a request to its last byte; the answer has time of its own."""
        if self.conn.their_state not in _INCOMPLETE or self.transport.is_closing():
            self._end_watch()
        elif self._deadline is None:
            self._deadline = self._call_later(SECONDS, self._time_out)

    def _end_watch(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _time_out(self) -> None:
        self._deadline = None
        if self.cycle is None or not self.cycle.response_started:
            self.transport.write(_TIMED_OUT)
        self.transport.close()


def protocol(call_later: CallLater | None = None) -> type[asyncio.Protocol]:
    """As uvicorn's `http` option takes it."""
    return cast("type[asyncio.Protocol]", partial(DeadlineProtocol, call_later=call_later))
