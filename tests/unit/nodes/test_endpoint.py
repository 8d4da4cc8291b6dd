"""One endpoint: bounded in size and time, and silent about its URL."""

from __future__ import annotations

import time
from http.client import HTTPConnection

import pytest

from nodes.endpoint import RpcEndpoint
from nodes.errors import RpcEndpointError
from nodes.urls import RpcUrl
from runtime.deadline import Deadline
from runtime.https import Connect, open_connection
from runtime.settings import HttpUrl
from tests.fixtures.node import Exchange, Node, answering, running


def no_key(_: str | None) -> str:
    raise AssertionError("nobody asked for the key")


def endpoint_at(port: int, connect: Connect = open_connection) -> RpcEndpoint:
    return RpcEndpoint(RpcUrl("http", "127.0.0.1", port, "/"), read_key=no_key, connect=connect)


def endless(exchange: Exchange) -> None:
    exchange.handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    while not exchange.stop.is_set():
        exchange.handler.wfile.write(b" " * 4096)


def test_stops_reading_a_body_without_end() -> None:
    with running([endless]) as (_, ports):
        endpoint = endpoint_at(ports[0])
        with pytest.raises(RpcEndpointError, match="too long"):
            endpoint.send([{"id": 1}], Deadline.after(5.0, time.monotonic))


def test_an_error_below_is_named_and_not_quoted() -> None:
    def connect(url: HttpUrl, timeout: float) -> HTTPConnection:
        raise OSError(f"cannot reach {url}")

    endpoint = endpoint_at(1, connect)
    with pytest.raises(RpcEndpointError) as failure:
        endpoint.send([{"id": 1}], Deadline.after(5.0, time.monotonic))
    assert str(failure.value) == "OSError"


def test_nothing_is_opened_once_the_time_is_up() -> None:
    node = Node(answering("0x01"))
    with node.running() as port, pytest.raises(RpcEndpointError, match="timed out"):
        endpoint_at(port).send([{"id": 1}], Deadline.after(0.0, time.monotonic))
    assert node.clients == []
