"""What a node may answer about a contract wallet, over real sockets that misbehave."""

from __future__ import annotations

import json
import logging
import socket
import struct
import time
from http.client import HTTPConnection

import pytest

from auth.contract_wallets import MAX_ENDPOINTS, Rpc
from auth.errors import RpcUnavailableError
from ethereum.address import Address
from ethereum.contract_wallet import CALLER
from ethereum.errors import ContractSignatureError, MalformedSignatureError
from nodes.endpoint import MAX_ANSWER_BYTES
from nodes.urls import RpcUrl
from runtime.https import Connect
from tests.fixtures.node import Exchange, Node, Script, answering, answers, running

WALLET = Address("0x" + "ab" * 20)
SIGNATURE = "0x" + "5a" * 100
MESSAGE = b"message"
PATH_KEY = "canary-key-in-the-path"
BUDGET = 0.5
ACCEPT = answering("0x01")


def local(port: int) -> RpcUrl:
    return RpcUrl("http", "127.0.0.1", port, f"/v3/{PATH_KEY}")


def no_key(_: str | None) -> str:
    raise AssertionError("nobody asked for the key")


def rpc_to(*ports: int) -> Rpc:
    urls = {1: tuple(map(local, ports))}
    return Rpc(urls, read_key=no_key, monotonic=time.monotonic)


def verify(rpc: Rpc, signature: str = SIGNATURE) -> None:
    rpc.verify(1, WALLET, MESSAGE, signature, agreeing=1)


def test_asks_for_the_chain_and_the_verdict_in_one_post() -> None:
    node = Node(ACCEPT)
    with node.running() as port:
        verify(rpc_to(port))
    ((headers, batch),) = node.seen
    assert node.paths == [f"/v3/{PATH_KEY}"]
    assert headers["Content-Type"] == "application/json"
    assert "Authorization" not in headers
    assert [request["method"] for request in batch] == ["eth_chainId", "eth_call"]
    call, block = batch[1]["params"]
    assert (call["from"], block, "to" in call) == (CALLER, "latest", False)
    assert "5a" * 100 in call["data"]


def test_a_refusal_is_final_and_no_second_node_is_asked() -> None:
    with running([answering("0x00"), ACCEPT]) as (nodes, ports):
        with pytest.raises(ContractSignatureError):
            verify(rpc_to(*ports))
        assert [len(node.seen) for node in nodes] == [1, 0]


def test_a_signature_that_is_no_hex_reaches_no_node() -> None:
    with running([ACCEPT]) as (nodes, ports):
        with pytest.raises(MalformedSignatureError):
            verify(rpc_to(*ports), "0x5")
        assert nodes[0].seen == []


def redirect(exchange: Exchange) -> None:
    port = exchange.handler.server.server_address[1]  # type: ignore[index]
    exchange.reply(b"", 307, Location=f"http://127.0.0.1:{port}/elsewhere")


def huge(exchange: Exchange) -> None:
    """The right answer, and more space behind it than we read."""
    exchange.reply(json.dumps(answers("0x01")).encode() + b" " * MAX_ANSWER_BYTES)


def endless(exchange: Exchange) -> None:
    exchange.handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    while not exchange.stop.is_set():
        exchange.handler.wfile.write(b" " * 4096)


def truncated(exchange: Exchange) -> None:
    exchange.reply(b"[{", Content_Length="4000")
    exchange.handler.close_connection = True


def hang_up(exchange: Exchange) -> None:
    exchange.handler.close_connection = True


def reset(exchange: Exchange) -> None:
    exchange.handler.connection.setsockopt(
        socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
    )
    exchange.handler.connection.close()
    exchange.handler.close_connection = True


def no_http(exchange: Exchange) -> None:
    exchange.handler.wfile.write(b"SSH-2.0-OpenSSH_9.9\r\n")
    exchange.handler.close_connection = True


def json_script(document: object) -> Script:
    return lambda exchange: exchange.reply_json(document)


def text_script(body: bytes, status: int = 200) -> Script:
    return lambda exchange: exchange.reply(body, status, Content_Type="text/html")


ERROR = {"jsonrpc": "2.0", "id": 2, "error": {"code": -32000, "message": "out of gas"}}
CHAIN, VERDICT = answers("0x01")
FAILING: dict[str, Script] = {
    "status 500": text_script(b"[]", 500),
    "status 401": text_script(b"{}", 401),
    "status 429": text_script(b"{}", 429),
    "an accepting body under status 500": lambda e: e.reply(b"[]", 500),
    "a redirect": redirect,
    "HTML": text_script(b"<!doctype html><title>Welcome</title>"),
    "an empty body": text_script(b""),
    "bytes": text_script(b"\xff\xfe\x00"),
    "deep nesting": text_script(b"[" * 60_000),
    "a huge body": huge,
    "an endless body": endless,
    "a truncated body": truncated,
    "a closed connection": hang_up,
    "a reset connection": reset,
    "another protocol": no_http,
    "null": json_script(None),
    "an object": json_script({"error": {"code": -32600, "message": "no batches"}}),
    "one answer": json_script([CHAIN]),
    "three answers": json_script([CHAIN, VERDICT, VERDICT]),
    "one answer twice": json_script([VERDICT, VERDICT]),
    "other ids": json_script([CHAIN, {**VERDICT, "id": 3}]),
    "ids as text": json_script([CHAIN, {**VERDICT, "id": "2"}]),
    "ids as booleans": json_script([{**CHAIN, "id": True}, VERDICT]),
    "ids swapped": json_script([{**CHAIN, "id": 2}, {**VERDICT, "id": 1}]),
    "an error": json_script([CHAIN, ERROR]),
    "an error and a result": json_script([CHAIN, {**ERROR, "result": "0x01"}]),
    "no result": json_script([CHAIN, {"jsonrpc": "2.0", "id": 2}]),
    "a list of lists": json_script([[], []]),
    "an empty verdict": answering("0x"),
    "a verdict we do not give": answering("0x05"),
    "a word for a verdict": answering("0x" + "00" * 31 + "01"),
    "a verdict without 0x": answering("01"),
    "a number for a verdict": json_script(answers(1)),
    "true for a verdict": json_script(answers(True)),
    "another chain": answering("0x01", "0x89"),
    "no chain": answering("0x01", "0x"),
    "a decimal chain": answering("0x01", "1"),
    "a padded chain": answering("0x01", "0x01"),
    "a number for a chain": json_script(answers("0x01", 1)),
}


@pytest.mark.parametrize("script", FAILING.values(), ids=FAILING)
def test_a_node_that_fails_is_not_a_refusal_and_the_next_is_asked(
    script: Script, caplog: pytest.LogCaptureFixture
) -> None:
    with running([script, ACCEPT]) as (nodes, ports):
        with pytest.raises(RpcUnavailableError) as failure:
            verify(rpc_to(ports[0]))
        assert failure.value.code == "rpc_unavailable"
        verify(rpc_to(*ports))
        assert len(nodes[1].seen) == 1
    assert [record.__dict__["endpoint"] for record in caplog.records] == [0, 0]
    codes = {record.__dict__["code"] for record in caplog.records}
    assert len(codes) == 1
    assert codes <= {
        "rpc_endpoint_failed",
        "rpc_key_refused",
        "unusable_node_answer",
        "node_on_another_chain",
    }


def test_logs_nothing_of_the_url_or_the_answer(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    scripts = [text_script(b"canary-body", 500), json_script([CHAIN, {"id": "canary-body"}])]
    with running(scripts) as (_, ports), pytest.raises(RpcUnavailableError):
        verify(rpc_to(*ports))
    logged = " ".join(str(record.__dict__) for record in caplog.records)
    assert len(caplog.records) == 2
    canaries = (PATH_KEY, "127.0.0.1", "canary-body", WALLET, "5a5a5a")
    assert [canary for canary in canaries if canary in logged] == []


def test_asks_the_next_node_where_nobody_listens() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with running([ACCEPT]) as (_, ports):
            verify(rpc_to(unused.getsockname()[1], *ports))


def test_asks_in_the_order_of_the_settings_and_at_most_two() -> None:
    failing = text_script(b"", 503)
    with running([failing, failing, ACCEPT]) as (nodes, ports):
        with pytest.raises(RpcUnavailableError):
            verify(rpc_to(*ports))
        assert [len(node.seen) for node in nodes] == [1, 1, 0]
        assert MAX_ENDPOINTS == 2


def at_hosts(*urls: tuple[str, int]) -> Rpc:
    """Endpoints of chain 1; 127.0.0.1 and localhost are two hosts to whoever reads names."""
    listed = tuple(RpcUrl("http", host, port, "/") for host, port in urls)
    return Rpc({1: listed}, read_key=no_key, monotonic=time.monotonic)


def agree(rpc: Rpc) -> None:
    rpc.verify(1, WALLET, MESSAGE, SIGNATURE, agreeing=2)


def test_two_endpoints_at_one_host_are_one_voice() -> None:
    with running([ACCEPT, ACCEPT]) as (nodes, (one, other)):
        rpc = at_hosts(("127.0.0.1", one), ("127.0.0.1", other))
        assert rpc.hosts(1) == 1
        with pytest.raises(RpcUnavailableError):
            agree(rpc)
        assert [len(node.seen) for node in nodes] == [0, 0]


def test_one_endpoint_of_each_host_is_asked() -> None:
    with running([ACCEPT, ACCEPT, ACCEPT]) as (nodes, (first, second, third)):
        rpc = at_hosts(("127.0.0.1", first), ("127.0.0.1", second), ("localhost", third))
        assert rpc.hosts(1) == 2
        agree(rpc)
        assert [len(node.seen) for node in nodes] == [1, 0, 1]


def test_the_second_endpoint_of_a_host_stands_in_for_its_first() -> None:
    failing = text_script(b"", 503)
    with running([failing, ACCEPT, ACCEPT]) as (nodes, (first, second, third)):
        agree(at_hosts(("127.0.0.1", first), ("127.0.0.1", second), ("localhost", third)))
        assert [len(node.seen) for node in nodes] == [1, 1, 1]


def test_the_place_of_an_endpoint_is_that_in_the_settings(
    caplog: pytest.LogCaptureFixture,
) -> None:
    failing = text_script(b"", 503)
    with running([ACCEPT, failing]) as (_, (first, second)), pytest.raises(RpcUnavailableError):
        agree(at_hosts(("127.0.0.1", first), ("127.0.0.1", first), ("localhost", second)))
    assert [record.__dict__["endpoint"] for record in caplog.records] == [2]


def connect_to(ports: dict[str, int]) -> Connect:
    """Three names, and where they lead."""
    return lambda url, timeout: HTTPConnection("127.0.0.1", ports[url.host], timeout=timeout)


@pytest.mark.parametrize("down", [0, 1, 2])
def test_a_third_host_stands_in_for_one_that_is_down(down: int) -> None:
    scripts = [ACCEPT, ACCEPT, ACCEPT]
    scripts[down] = text_script(b"", 503)
    with running(scripts) as (nodes, ports):
        names = [f"{name}.example" for name in "abc"]
        rpc = Rpc(
            {1: tuple(RpcUrl("https", name, None, "") for name in names)},
            read_key=no_key,
            monotonic=time.monotonic,
            connect=connect_to(dict(zip(names, ports, strict=True))),
        )
        agree(rpc)
        assert [len(node.seen) for node in nodes] == [1, 1, 0 if down == 2 else 1]


def test_two_of_three_hosts_do_not_outvote_the_one_that_says_no() -> None:
    with running([answering("0x00"), ACCEPT, ACCEPT]) as (_, ports):
        names = [f"{name}.example" for name in "abc"]
        rpc = Rpc(
            {1: tuple(RpcUrl("https", name, None, "") for name in names)},
            read_key=no_key,
            monotonic=time.monotonic,
            connect=connect_to(dict(zip(names, ports, strict=True))),
        )
        with pytest.raises(ContractSignatureError):
            agree(rpc)
