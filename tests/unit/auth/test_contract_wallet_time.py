"""The budget, and the connection kept for the next time, against real sockets."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import closing

import pytest

from auth.contract_wallets import BUDGET_SECONDS, Rpc
from auth.errors import RpcUnavailableError
from ethereum.address import Address
from nodes.urls import RpcUrl
from runtime.kept_connection import MAX_IDLE_SECONDS
from tests.fixtures.node import Exchange, Script, answering, running

BUDGET = 1.0
ACCEPT = answering("0x01")
KEEP = answering("0x01", Connection="keep-alive")


def no_key(_: str | None) -> str:
    raise AssertionError("nobody asked for the key")


def rpc_to(
    *ports: int, seconds: float = 5.0, monotonic: Callable[[], float] = time.monotonic
) -> Rpc:
    urls = tuple(RpcUrl("http", "127.0.0.1", port, "/") for port in ports)
    return Rpc({1: urls}, read_key=no_key, monotonic=monotonic, budget_seconds=seconds)


def verify(rpc: Rpc) -> None:
    rpc.verify(1, Address("0x" + "ab" * 20), b"message", "0x5a", agreeing=1)


def silent(exchange: Exchange) -> None:
    exchange.stop.wait()


def drip_head(exchange: Exchange) -> None:
    """A byte every 20 ms: no single read ever times out."""
    exchange.handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    drip(exchange)


def drip_body(exchange: Exchange) -> None:
    exchange.handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n")
    drip(exchange)


def drip(exchange: Exchange) -> None:
    while not exchange.stop.wait(0.02):
        exchange.handler.wfile.write(b" ")


def are_running(name: str) -> bool:
    return any(name in thread.name for thread in threading.enumerate())


def wait_until(holds: Callable[[], bool]) -> None:
    """However long it takes: a test that waits in vain is ended by pytest-timeout."""
    while not holds():
        time.sleep(0.01)


SLOW: dict[str, Script] = {"silent": silent, "drips a head": drip_head, "drips a body": drip_body}


@pytest.mark.parametrize("script", SLOW.values(), ids=SLOW)
def test_slow_nodes_share_the_budget_and_end_with_it(script: Script) -> None:
    with running([script, script]) as (nodes, ports):
        started = time.monotonic()
        with pytest.raises(RpcUnavailableError):
            verify(rpc_to(*ports, seconds=BUDGET))
        assert time.monotonic() - started >= BUDGET * 0.9
        wait_until(lambda: [len(node.seen) for node in nodes] == [1, 1])


@pytest.mark.parametrize("script", SLOW.values(), ids=SLOW)
def test_a_slow_first_node_leaves_the_second_its_half(script: Script) -> None:
    with running([script, ACCEPT]) as (_, ports):
        verify(rpc_to(*ports, seconds=2 * BUDGET))


def test_a_thread_given_up_ends() -> None:
    with running([drip_body]) as (_, ports):
        with pytest.raises(RpcUnavailableError):
            verify(rpc_to(*ports, seconds=0.2))
        wait_until(lambda: not are_running("rpc"))


def test_asks_nobody_when_the_time_is_up() -> None:
    with running([ACCEPT]) as (nodes, ports):
        with pytest.raises(RpcUnavailableError):
            verify(rpc_to(*ports, seconds=-1.0))
        assert nodes[0].seen == []


def test_the_budget_leaves_the_trigger_time() -> None:
    assert BUDGET_SECONDS <= 3.0


def test_a_warm_function_asks_again_over_the_same_connection() -> None:
    with running([KEEP]) as (nodes, ports), closing(rpc_to(*ports)) as rpc:
        verify(rpc)
        verify(rpc)
        assert len(nodes[0].clients) == 2
        assert len(set(nodes[0].clients)) == 1


def test_opens_another_connection_after_close() -> None:
    with running([KEEP]) as (nodes, ports), closing(rpc_to(*ports)) as rpc:
        verify(rpc)
        rpc.close()
        verify(rpc)
        assert len(set(nodes[0].clients)) == 2


def leave(exchange: Exchange) -> None:
    """Answers as one that keeps the connection, then closes it all the same."""
    KEEP(exchange)
    exchange.handler.close_connection = True


def test_asks_anew_over_a_connection_the_node_closed_meanwhile() -> None:
    with running([leave]) as (nodes, ports), closing(rpc_to(*ports)) as rpc:
        verify(rpc)
        wait_until(lambda: not are_running("process_request_thread"))  # the node has hung up
        verify(rpc)
        assert len(set(nodes[0].clients)) == 2


def test_does_not_trust_a_connection_idle_for_long() -> None:
    clock = [0.0]
    with (
        running([KEEP]) as (nodes, ports),
        closing(rpc_to(*ports, monotonic=lambda: clock[0])) as rpc,
    ):
        verify(rpc)
        clock[0] = MAX_IDLE_SECONDS
        verify(rpc)
        assert len(set(nodes[0].clients)) == 2


def test_keeps_no_connection_after_a_failure() -> None:
    def fail(exchange: Exchange) -> None:
        exchange.reply(b"", 500, Connection="keep-alive")

    with running([fail]) as (nodes, ports):
        rpc = rpc_to(*ports)
        for _ in range(2):
            with pytest.raises(RpcUnavailableError):
                verify(rpc)
        assert len(set(nodes[0].clients)) == 2
