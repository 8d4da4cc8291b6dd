"""Which connections are given time, and which end. No clock runs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, cast

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from uvicorn.server import ServerState

from local.request_deadline import SECONDS, DeadlineProtocol
from local.server import swallow_disconnects

pytestmark = pytest.mark.anyio
GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\n"


class Timer:
    def __init__(self, seconds: float, call: Callable[[], None]) -> None:
        self.seconds, self.call, self.is_over = seconds, call, False

    def cancel(self) -> None:
        self.is_over = True


class Transport(asyncio.Transport):
    """Keeps what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.is_closed = False

    def write(self, data: Any) -> None:
        self.written += bytes(data)

    def close(self) -> None:
        self.is_closed = True

    def is_closing(self) -> bool:
        return self.is_closed

    def pause_reading(self) -> None: ...
    def resume_reading(self) -> None: ...


class Connection:
    """A client of an app that answers with the body it was sent."""

    def __init__(self) -> None:
        self.timers: list[Timer] = []
        self.transport = Transport()
        app = swallow_disconnects(Starlette(routes=[Route("/", _echo, methods=["GET", "POST"])]))
        config = uvicorn.Config(app, lifespan="off", access_log=False, log_config=None)
        config.load()
        self.protocol = DeadlineProtocol(config, ServerState(), {}, call_later=self._call_later)
        self.protocol.connection_made(self.transport)

    def _call_later(self, seconds: float, call: Callable[[], None]) -> asyncio.TimerHandle:
        self.timers.append(Timer(seconds, call))
        return cast("asyncio.TimerHandle", self.timers[-1])

    async def send(self, data: bytes) -> None:
        self.protocol.data_received(data)
        await settle()

    def running(self) -> list[Timer]:
        return [timer for timer in self.timers if not timer.is_over]

    async def let_time_pass(self) -> None:
        [timer] = self.running()
        assert timer.seconds == SECONDS
        timer.is_over = True
        timer.call()
        self.protocol.connection_lost(None)
        await settle()


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def _echo(request: Request) -> Response:
    return PlainTextResponse(await request.body())


@pytest.mark.parametrize(
    "sent",
    [
        [],
        [b"GET / HT"],
        [b"GET / HTTP/1.1\r\n", b"Host: localhost\r\n"],
        [POST],
        [POST, b"a", b"b"],
        [GET, b"GET / HTTP/1.1\r\n"],
    ],
)
async def test_what_is_not_complete_ends_however_slowly_it_goes_on(
    sent: list[bytes], caplog: pytest.LogCaptureFixture
) -> None:
    connection = Connection()
    for part in sent:
        await connection.send(part)
    assert not connection.transport.is_closed
    await connection.let_time_pass()
    assert connection.transport.is_closed
    assert connection.running() == []
    assert caplog.records == []


async def test_a_head_or_a_body_that_never_ends_is_answered_408() -> None:
    for sent in (b"GET / HT", POST):
        connection = Connection()
        await connection.send(sent)
        await connection.let_time_pass()
        assert connection.transport.written.startswith(b"HTTP/1.1 408 ")


async def test_a_complete_request_has_no_deadline_and_the_next_one_its_own() -> None:
    connection = Connection()
    connection.protocol.data_received(POST + b"abcd")
    assert connection.running() == []
    await settle()
    assert connection.transport.written.endswith(b"abcd")
    assert len(connection.running()) == 1
    connection.protocol.connection_lost(None)
    assert connection.running() == []
