"""JSON-RPC of the stand-in node: what it answers, what it refuses, and failures on demand."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from eth_abi.abi import encode
from httpx import Client, Response

from ethereum.chains import CHAINS
from names.ens_name import dns_encoded, namehash
from stand_ins.app import build_stand_ins
from stand_ins.catalogue import COLLECTIONS
from stand_ins.demo_wallet.accounts import ACCOUNTS
from stand_ins.faults import fault_address
from stand_ins.node.ens import UNIVERSAL_RESOLVER
from tests.evm.chain import call_data
from tests.fixtures.asgi_client import asgi_client
from tests.stand_ins.conftest import BASE, NOW

APES = COLLECTIONS[0].address
CONTRACT, TO_COME = ACCOUNTS[3].address, ACCOUNTS[4].address
NOBODY = f"0x{'9' * 40}"
QUESTIONS = ("c87b56dd", "9061b923", "1626ba7e")
ENDS = ("", "0000", "f" * 512)
UNREADABLE = ["0x", "0x12345678", *(f"0x{one}{more}" for one in QUESTIONS for more in ENDS)]


def request(method: str, *params: object, number: object = 1) -> dict[str, object]:
    return {"jsonrpc": "2.0", "id": number, "method": method, "params": list(params)}


def ask(node: Client, method: str, *params: object, chain_id: int = 1) -> Any:
    return node.post(f"/{chain_id}", json=request(method, *params)).json()


def token_uri(contract: str, token_id: int = 1) -> dict[str, object]:
    return {"to": contract, "data": "0x" + call_data("tokenURI(uint256)", token_id).hex()}


def resolve(name: str) -> dict[str, object]:
    question = call_data("addr(bytes32)", namehash(name))
    data = call_data("resolve(bytes,bytes)", dns_encoded(name), question)
    return {"to": UNIVERSAL_RESOLVER, "data": "0x" + data.hex()}


@pytest.mark.parametrize("chain_id", CHAINS)
def test_answers_for_every_chain_of_the_table_and_needs_no_key(node: Client, chain_id: int) -> None:
    assert ask(node, "eth_chainId", chain_id=chain_id)["result"] == hex(chain_id)


def test_has_the_block_that_alchemy_has(node: Client, alchemy: Client) -> None:
    at = alchemy.get("getNFTsForOwner", params={"owner": NOBODY}).json()["validAt"]
    assert ask(node, "eth_blockNumber")["result"] == hex(at["blockNumber"])
    assert at["blockNumber"] == (int(NOW) - 1_438_269_973) // 14


@pytest.mark.parametrize(
    ("address", "chain_id", "has_code"),
    [
        (APES, 1, True),
        (APES.lower(), 1, True),
        (UNIVERSAL_RESOLVER, 1, True),
        (CONTRACT, 1, True),
        (TO_COME, 1, False),
        (ACCOUNTS[0].address, 1, False),
        (NOBODY, 1, False),
        (APES, 137, False),
        (CONTRACT, 137, False),
    ],
)
def test_contracts_have_code_on_their_own_chain_only(
    node: Client, address: str, chain_id: int, has_code: bool
) -> None:
    code = ask(node, "eth_getCode", address, "latest", chain_id=chain_id)["result"]
    assert (code != "0x") is has_code


def test_where_no_contract_stands_a_call_returns_nothing(node: Client) -> None:
    assert ask(node, "eth_call", token_uri(NOBODY), "latest")["result"] == "0x"
    assert ask(node, "eth_call", token_uri(APES), "latest", chain_id=137)["result"] == "0x"


@pytest.mark.parametrize("contract", [APES, UNIVERSAL_RESOLVER, CONTRACT])
@pytest.mark.parametrize("data", UNREADABLE)
def test_what_a_contract_has_not_reverts(node: Client, contract: str, data: str) -> None:
    error = ask(node, "eth_call", {"to": contract, "data": data}, "latest")["error"]
    assert error == {"code": 3, "message": "execution reverted", "data": "0x"}


def test_answers_a_batch_in_its_order_by_its_ids(node: Client) -> None:
    batch = [request("eth_chainId", number="a"), request("eth_mining", number=None)]
    first, second = node.post("/1", json=batch).json()
    assert first == {"jsonrpc": "2.0", "id": "a", "result": "0x1"}
    assert (second["id"], second["error"]["code"]) == (None, -32601)


@pytest.mark.parametrize(
    ("sent", "echoed"),
    [("7", 7), ('"\\ud800"', "\ud800"), ("NaN", None), ("[1]", None), ("{}", None), ("1.5", None)],
)
def test_names_the_request_by_its_id_if_it_is_one(node: Client, sent: str, echoed: object) -> None:
    answer = node.post("/1", content=f'{{"method": "\\ud800", "id": {sent}}}'.encode())
    assert (answer.json()["id"], answer.json()["error"]["code"]) == (echoed, -32601)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", -32700),
        (b"{", -32700),
        (b"[" * 100_000, -32700),
        (b"\xff", -32700),
        (b"[]", -32600),
        (b"1", -32600),
        (b"{}", -32600),
        (b'{"method": 1}', -32600),
        (b'{"method": "eth_chainId", "params": {}}', -32600),
        (b'{"method": "eth_sendRawTransaction", "params": ["0x"]}', -32601),
        (b'{"method": "eth_getCode"}', -32602),
        (b'{"method": "eth_getCode", "params": [1]}', -32602),
        (b'{"method": "eth_call"}', -32602),
        (b'{"method": "eth_call", "params": ["0x"]}', -32602),
        (b'{"method": "eth_call", "params": [{"to": "0x12", "data": "0x"}]}', -32602),
        (b'{"method": "eth_call", "params": [{"to": 7}]}', -32602),
        (b'{"method": "eth_call", "params": [{"data": "0x1"}]}', -32602),
        (b'{"method": "eth_call", "params": [{"data": 5}]}', -32602),
        (b'{"method": "eth_call", "params": [{"data": "0x6001"}]}', -32000),
        (b'{"method": "eth_call", "params": [{}]}', -32000),
    ],
)
def test_refuses_what_it_cannot_answer_by_its_code(node: Client, body: bytes, code: int) -> None:
    answer = node.post("/1", content=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (200, code)


def test_refuses_what_only_an_evm_could_say(node: Client) -> None:
    call = token_uri(APES)
    pretended = ask(node, "eth_call", call, "latest", {NOBODY: {"code": "0x00"}})
    authorized = ask(node, "eth_call", {**call, "authorizationList": [{}]}, "latest")
    for answer in (pretended, authorized):
        assert answer["error"]["code"] == -32000
        assert "revert" not in answer["error"]["message"]


def test_refuses_another_chain_a_large_body_and_other_verbs(node: Client) -> None:
    assert node.post("/99999", json=request("eth_chainId")).status_code == 404
    assert node.post("/x", json=request("eth_chainId")).status_code == 404
    assert node.post("/1", content=b" " * (256 * 1024 + 1)).status_code == 413
    assert node.get("/1").status_code == 405


def asking_for(fault: str, node: Client, way: str) -> Response:
    reverse = f"{fault_address('node', fault)[2:]}.addr.reverse"
    calls = {
        "name": resolve(f"fault-{fault}.eth"),
        "subname": resolve(f"any.fault-{fault}.eth"),
        "address": token_uri(fault_address("node", fault)),
        "reverse": resolve(reverse),
        "wallet": {"data": "0x" + encode(["address"], [fault_address("node", fault)]).hex()},
    }
    batch = [request("eth_chainId"), request("eth_call", calls[way], "latest", number=2)]
    return node.post("/1", json=batch)


WAYS = ["name", "subname", "address", "reverse", "wallet"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500, 503])
def test_fails_with_the_status_that_a_name_or_an_address_asks_for(
    node: Client, way: str, status: int
) -> None:
    answer = asking_for(str(status), node, way)
    assert answer.status_code == status
    assert answer.json()["error"]["code"] < 0
    assert answer.headers.get("Retry-After") == ("2" if status == 429 else None)


@pytest.mark.parametrize("way", WAYS)
def test_answers_garbage_where_a_name_or_an_address_asks_for_it(node: Client, way: str) -> None:
    assert asking_for("html", node, way).text.startswith("<!DOCTYPE html>")
    assert asking_for("redirect", node, way).status_code == 307
    assert asking_for("quota", node, way).status_code == 429
    with pytest.raises(json.JSONDecodeError):
        asking_for("truncated", node, way).json()


@pytest.mark.parametrize("way", WAYS)
def test_serves_another_chain_where_a_name_or_an_address_asks_for_it(
    node: Client, way: str
) -> None:
    assert asking_for("chain", node, way).json()[0]["result"] == "0x2"


def test_keeps_silent_as_long_as_it_was_told_to() -> None:
    stand_ins = build_stand_ins(alchemy_key="a", moralis_key="m", now=time.time, slow_seconds=0.2)
    node = asgi_client(stand_ins.app, base_url=f"{BASE}/node", headers={})
    started = time.monotonic()
    asking_for("slow", node, "name")
    assert time.monotonic() - started >= 0.2


@pytest.mark.parametrize("whose", ["alchemy", "moralis", "both"])
def test_the_failures_of_providers_are_not_the_nodes(node: Client, whose: str) -> None:
    call = token_uri(fault_address(whose, "500"))
    assert ask(node, "eth_call", call, "latest") == {"jsonrpc": "2.0", "id": 1, "result": "0x"}


def test_an_unknown_fault_is_a_name_like_another(node: Client) -> None:
    (_, answer) = asking_for("418", node, "name").json()
    assert answer["error"]["code"] == 3
