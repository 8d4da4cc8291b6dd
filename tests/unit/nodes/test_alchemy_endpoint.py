"""Alchemy's node endpoint takes the API key in a header; nobody else gets it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any

import pytest

from nodes.endpoint import RpcEndpoint
from nodes.errors import RpcEndpointError
from nodes.key import AlchemyKey
from nodes.urls import RpcUrl
from runtime.deadline import Deadline
from runtime.https import open_connection
from tests.fixtures.node import Exchange, Node, Script, answering

ACCEPT = answering("0x01")
ALCHEMY = RpcUrl("https", "eth-mainnet.g.alchemy.com", None, "/v2")


def within_seconds(seconds: float) -> Deadline:
    return Deadline.after(seconds, time.monotonic)


@contextmanager
def alchemy(read_key: Any, script: Script = ACCEPT) -> Iterator[tuple[RpcEndpoint, Node]]:
    """Alchemy's endpoint, its connections led to a node on this machine."""
    node = Node(script)
    with node.running() as port:
        endpoint = RpcEndpoint(
            ALCHEMY,
            read_key=read_key,
            connect=lambda url, timeout: HTTPConnection("127.0.0.1", port, timeout=timeout),
        )
        yield endpoint, node
        endpoint.close()


def test_alchemy_gets_its_key_in_a_header_and_not_in_the_path() -> None:
    with alchemy(lambda _: "the-key") as (endpoint, node):
        endpoint.send([{"id": 1}], within_seconds(2.0))
    ((headers, _),) = node.seen
    assert headers["Authorization"] == "Bearer the-key"
    assert node.paths == ["/v2"]


def test_a_key_that_cannot_be_read_is_a_failure_of_the_endpoint() -> None:
    def read_key(_: str | None) -> str:
        raise RpcEndpointError("no key")

    with alchemy(read_key) as (endpoint, node):
        with pytest.raises(RpcEndpointError, match="no key"):
            endpoint.send([{"id": 1}], within_seconds(2.0))
        assert node.seen == []


def test_reading_the_key_counts_into_the_budget() -> None:
    done = threading.Event()

    def read_key(_: str | None) -> str:
        done.wait()
        return "late"

    with alchemy(read_key) as (endpoint, node):
        with pytest.raises(RpcEndpointError, match="timed out"):
            endpoint.send([{"id": 1}], within_seconds(0.2))
        done.set()
        assert node.seen == []


def accepting(*keys: str, refusal: int = 401) -> Script:
    """Alchemy's answer to a key it does not know, and a page to others."""

    def script(exchange: Exchange) -> None:
        given = exchange.handler.headers["Authorization"].removeprefix("Bearer ")
        if given in keys:
            answering("0x01", Connection="keep-alive")(exchange)
        else:
            exchange.reply(given.encode(), refusal)

    return script


def keys_of(node: Node) -> list[str]:
    return [headers["Authorization"].removeprefix("Bearer ") for headers, _ in node.seen]


@pytest.mark.parametrize("refusal", [401, 403])
def test_a_key_revoked_at_once_is_followed_by_the_secrets_new_one(refusal: int) -> None:
    secrets = ["canary-old", "canary-new"]
    key = AlchemyKey(
        "arn",
        get_secret=lambda _: json.dumps({"AlchemyApiKey": secrets.pop(0)}),
        monotonic=time.monotonic,
    )
    script = accepting("canary-new", refusal=refusal)
    with alchemy(key.read, script) as (endpoint, node):
        for _ in range(3):
            assert endpoint.send([{"id": 1}], within_seconds(2.0))
        assert keys_of(node) == ["canary-old", *["canary-new"] * 3]


def test_a_key_refused_for_good_is_sent_once_and_not_quoted() -> None:
    with alchemy(lambda _: "canary-old", accepting()) as (endpoint, node):
        with pytest.raises(RpcEndpointError) as failure:
            endpoint.send([{"id": 1}], within_seconds(2.0))
        assert str(failure.value) == "status 401"
        assert keys_of(node) == ["canary-old"]


def test_a_new_key_that_is_refused_too_ends_it() -> None:
    keys = iter(["canary-old", "canary-new", "canary-third"])
    with alchemy(lambda _: next(keys), accepting("canary-third")) as (endpoint, node):
        with pytest.raises(RpcEndpointError, match="status 401"):
            endpoint.send([{"id": 1}], within_seconds(2.0))
        assert keys_of(node) == ["canary-old", "canary-new"]


def test_another_failure_is_no_reason_to_look_for_a_new_key() -> None:
    keys = iter(["canary-old", "canary-new"])
    with alchemy(lambda _: next(keys), accepting(refusal=500)) as (endpoint, node):
        with pytest.raises(RpcEndpointError, match="status 500"):
            endpoint.send([{"id": 1}], within_seconds(2.0))
        assert keys_of(node) == ["canary-old"]


def test_no_key_is_read_for_a_stranger_that_refuses() -> None:
    def no_key(_: str | None) -> str:
        raise AssertionError("nobody asked for the key")

    node = Node(lambda exchange: exchange.reply(b"", 401))
    with node.running() as port:
        endpoint = RpcEndpoint(
            RpcUrl("http", "127.0.0.1", port, "/"),
            read_key=no_key,
            connect=open_connection,
        )
        with pytest.raises(RpcEndpointError, match="status 401"):
            endpoint.send([{"id": 1}], within_seconds(2.0))
    assert len(node.seen) == 1


def test_looking_for_a_new_key_counts_into_the_budget() -> None:
    done = threading.Event()

    def read_key(refused: str | None) -> str:
        if refused is not None:
            done.wait()
        return "canary-old" if refused is None else "canary-new"

    with alchemy(read_key, accepting("canary-new")) as (endpoint, node):
        with pytest.raises(RpcEndpointError, match="timed out"):
            endpoint.send([{"id": 1}], within_seconds(1.0))
        done.set()
        assert keys_of(node) == ["canary-old"]


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
