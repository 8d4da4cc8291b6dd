"""One question to one node."""

from typing import Any

import pytest

from ethereum.address import Address
from nodes.errors import ContractRevertError, NodeAnswerError, WrongChainError
from nodes.eth_call import contract_call, eth_call

CONTRACT = Address("0xbc4ca0eda7647a8ab7c2061c2e118a18a936f13d")
CALL = contract_call(CONTRACT, b"\x01\x02")


def answers(call: dict[str, object], chain_id: object = "0x1") -> list[dict[str, object]]:
    return [{"id": 2, **call}, {"id": 1, "result": chain_id}]


def read(answer: object) -> bytes:
    return eth_call(CALL, chain_id=1, send=lambda _: answer)


def test_asks_for_the_chain_and_the_call_in_one_batch() -> None:
    sent: list[Any] = []

    def send(batch: list[dict[str, object]]) -> object:
        sent.extend(batch)
        return answers({"result": "0xABcd"})

    assert eth_call(CALL, chain_id=1, send=send) == b"\xab\xcd"
    assert [request["method"] for request in sent] == ["eth_chainId", "eth_call"]
    assert sent[1]["params"] == [{"to": CONTRACT, "data": "0x0102"}, "latest"]


def test_no_contract_answers_nothing() -> None:
    assert read(answers({"result": "0x"})) == b""


@pytest.mark.parametrize(
    ("error", "data"),
    [
        ({"code": 3, "message": "execution reverted", "data": "0x556f1830"}, b"\x55\x6f\x18\x30"),
        ({"code": -32000, "message": "VM error", "data": "Reverted 0x01"}, b"\x01"),
        ({"code": 3, "message": "x"}, b""),
        ({"code": -32000, "message": "execution reverted"}, b""),
        ({"code": 3, "message": "x", "data": "0x1"}, b""),
    ],
)
def test_a_revert_carries_what_the_contract_said(error: object, data: bytes) -> None:
    with pytest.raises(ContractRevertError) as reverted:
        read(answers({"error": error}))
    assert reverted.value.data == data


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {},
        [],
        [None, None],
        answers({"result": "0x"})[:1],
        [*answers({"result": "0x"}), {"id": 3}],
        answers({"result": "0x1"}),
        answers({"result": "0xgg"}),
        answers({"result": None}),
        answers({"result": 7}),
        answers({"result": "0x"}, chain_id=1),
        answers({"result": "0x"}, chain_id="0x01"),
        answers({"error": "quota"}),
        answers({"error": {"code": -32005, "message": "limit exceeded"}}),
        [{"id": 2, "result": "0x"}, {"id": 2, "result": "0x1"}],
        [{"id": 2, "result": "0x"}, {"id": 1, "result": "0x1", "error": {"code": -32000}}],
    ],
)
def test_what_cannot_be_relied_on_is_no_answer(answer: object) -> None:
    with pytest.raises(NodeAnswerError):
        read(answer)


def test_a_node_of_another_chain_is_not_believed() -> None:
    calls: list[dict[str, object]] = [{"result": "0x"}, {"error": {"code": 3, "data": "0x"}}]
    for call in calls:
        with pytest.raises(WrongChainError):
            read(answers(call, chain_id="0x2"))
