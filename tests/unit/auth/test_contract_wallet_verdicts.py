"""What one node's answer says about a contract wallet; tests/evm has EVMs."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth.contract_wallets import verify_on_node
from ethereum.address import Address
from ethereum.contract_wallet import validator_call
from ethereum.errors import SignatureError
from nodes.errors import NodeAnswerError, NodeError, WrongChainError
from tests.fixtures.node import answers

WALLET = Address("0x" + "ab" * 20)
HASH = bytes(range(32))


class RecordingNode:
    """Answers one batch, and keeps it."""

    def __init__(self, answer: object) -> None:
        self.answer = answer
        self.batch: list[dict[str, Any]] = []

    def send(self, batch: list[dict[str, object]]) -> object:
        self.batch = batch
        return self.answer


def verify(answer: object, signature: bytes = b"\x5a", chain_id: int = 1) -> RecordingNode:
    node = RecordingNode(answer)
    verify_on_node(WALLET, HASH, signature, node.send, chain_id=chain_id)
    return node


def test_accepts_the_one_verdict_on_the_one_chain() -> None:
    verify(answers("0x01"))
    verify(answers("0x01", "0x7a69"), chain_id=31337)
    verify(answers("0x01", "0x7A69"), chain_id=31337)


def test_takes_the_answers_in_any_order() -> None:
    verify(answers("0x01")[::-1])


VERDICTS = {
    "0x00": "contract_signature_refused",
    "0x02": "no_contract",
    "0x03": "undeployable_wallet",
    "0x04": "malformed_wrapper",
}


@pytest.mark.parametrize(("verdict", "code"), VERDICTS.items())
def test_each_refusal_has_its_code(verdict: str, code: str) -> None:
    with pytest.raises(SignatureError) as refusal:
        verify(answers(verdict))
    assert refusal.value.code == code


@pytest.mark.parametrize("verdict", [*VERDICTS, "0x01", "0x", "0x05"])
def test_no_verdict_of_another_chain_counts(verdict: str) -> None:
    with pytest.raises(WrongChainError):
        verify(answers(verdict, "0x2"))


@pytest.mark.parametrize(
    "verdict", ["0x", "0x1", "0x05", "0xff", "01", "0X01", "0x01\n", " 0x01", "0x" + "01".zfill(64)]
)
def test_anything_else_is_no_verdict(verdict: str) -> None:
    with pytest.raises(NodeAnswerError):
        verify(answers(verdict))


@pytest.mark.parametrize(
    "chain_id", ["0x", "0x01", "1", "", "0x1\n", "0x" + "f" * 17, "0xg", "\u0661"]
)
def test_a_chain_id_that_is_no_quantity_is_refused(chain_id: str) -> None:
    with pytest.raises(NodeAnswerError):
        verify(answers("0x01", chain_id))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "result", "error", "jsonrpc"]), inner)
    ),
)


@given(JSON)
def test_no_other_json_is_ever_accepted_and_only_refusals_are_raised(answer: object) -> None:
    with pytest.raises((SignatureError, NodeError)):
        verify(answer)


def test_asks_for_the_chain_beside_the_validators_call() -> None:
    chain, call = verify(answers("0x01"), b"\x5a").batch
    assert (chain["method"], chain["params"]) == ("eth_chainId", [])
    assert call["method"] == "eth_call"
    assert call["params"] == [validator_call(WALLET, HASH, b"\x5a"), "latest"]


@pytest.mark.parametrize("error", [{"code": 3, "data": "0x01"}, {"code": -32000}, "quota"])
def test_an_error_is_no_verdict_whatever_it_carries(error: object) -> None:
    chain, verdict = answers("0x01")
    with pytest.raises(NodeAnswerError):
        verify([chain, {**verdict, "error": error}])
