"""Alchemy's node endpoint takes the API key in a header; nobody else gets it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any

import pytest

from auth.errors import RpcEndpointError
from auth.rpc_endpoint import RpcEndpoint
from auth.rpc_urls import RpcUrl
from tests.fixtures.node import Node, answering

ACCEPT = answering("0x01")
ALCHEMY = RpcUrl("https", "eth-mainnet.g.alchemy.com", None, "/v2")


@contextmanager
def alchemy(read_key: Any) -> Iterator[tuple[RpcEndpoint, Node]]:
    """Alchemy's endpoint, its connections led to a node on this machine."""
    node = Node(ACCEPT)
    with node.running() as port:
        endpoint = RpcEndpoint(
            ALCHEMY,
            read_key=read_key,
            monotonic=time.monotonic,
            connect=lambda url, timeout: HTTPConnection("127.0.0.1", port, timeout=timeout),
        )
        yield endpoint, node
        endpoint.close()


def test_alchemy_gets_its_key_in_a_header_and_not_in_the_path() -> None:
    with alchemy(lambda: "the-key") as (endpoint, node):
        endpoint.send([{"id": 1}], 2.0)
    ((headers, _),) = node.seen
    assert headers["Authorization"] == "Bearer the-key"
    assert node.paths == ["/v2"]


def test_a_key_that_cannot_be_read_is_a_failure_of_the_endpoint() -> None:
    def read_key() -> str:
        raise RpcEndpointError("no key")

    with alchemy(read_key) as (endpoint, node):
        with pytest.raises(RpcEndpointError, match="no key"):
            endpoint.send([{"id": 1}], 2.0)
        assert node.seen == []


def test_reading_the_key_counts_into_the_budget() -> None:
    done = threading.Event()

    def read_key() -> str:
        done.wait(5)
        return "late"

    with alchemy(read_key) as (endpoint, node):
        started = time.monotonic()
        with pytest.raises(RpcEndpointError, match="timed out"):
            endpoint.send([{"id": 1}], 0.2)
        assert time.monotonic() - started < 1
        done.set()
        assert node.seen == []


@pytest.mark.parametrize(
    ("url", "takes"),
    [
        (ALCHEMY, True),
        (RpcUrl("http", "127.0.0.1", 8545, ""), False),
        (RpcUrl("https", "g.alchemy.com", None, "/v2"), False),
        (RpcUrl("https", "eth.g.alchemy.com.evil.example", None, "/v2"), False),
        (RpcUrl("https", "evilg.alchemy.com", None, "/v2"), False),
        (RpcUrl("http", "eth.g.alchemy.com", None, "/v2"), False),
        (RpcUrl("https", "mainnet.infura.io", None, "/v3/x"), False),
    ],
)
def test_only_alchemys_own_hosts_get_the_key(url: RpcUrl, takes: bool) -> None:
    assert url.takes_alchemy_key is takes
