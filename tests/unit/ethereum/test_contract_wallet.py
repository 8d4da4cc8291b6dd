"""The question put to a node, byte for byte, and what its answers mean; tests/evm has EVMs."""

from __future__ import annotations

from typing import Any

import pytest
from eth_abi.abi import decode
from hypothesis import given
from hypothesis import strategies as st
from sha3 import keccak_256  # type: ignore[import-untyped]

from ethereum.address import Address
from ethereum.contract_wallet import (
    CALLER,
    MAX_SIGNATURE_BYTES,
    decode_contract_signature,
    verify_contract_signature,
)
from ethereum.contract_wallet_validator import CREATION_CODE
from ethereum.errors import (
    EthereumError,
    MalformedSignatureError,
    NodeAnswerError,
    SignatureError,
    WrongChainError,
)
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
    verify_contract_signature(WALLET, HASH, signature, chain_id=chain_id, send=node.send)
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
    with pytest.raises(EthereumError):
        verify(answer)


@pytest.mark.parametrize("length", [0, 1, 31, 32, 33, 64, 65, 66, MAX_SIGNATURE_BYTES])
def test_the_call_is_the_validator_and_its_abi_encoded_arguments(length: int) -> None:
    signature = bytes(number % 251 for number in range(length))
    chain, call = verify(answers("0x01"), signature).batch
    assert (chain["method"], chain["params"]) == ("eth_chainId", [])
    transaction, block = call["params"]
    assert (call["method"], block) == ("eth_call", "latest")
    assert set(transaction) == {"from", "data", "gas"}
    data = bytes.fromhex(transaction["data"][2:])
    assert data.startswith(CREATION_CODE)
    arguments = data[len(CREATION_CODE) :]
    assert len(arguments) % 32 == 0
    found = decode(["address", "bytes32", "bytes"], arguments, strict=True)
    assert found == (WALLET, HASH, signature)


def test_the_longest_call_is_creation_code_a_node_runs() -> None:
    longest = len(CREATION_CODE) + 4 * 32 + MAX_SIGNATURE_BYTES
    assert longest <= 49_152  # EIP-3860


def test_the_caller_is_nobody_in_particular() -> None:
    digest = keccak_256(b"nft-gallery contract wallet validator").hexdigest()
    assert "0x" + digest[-40:] == CALLER
    assert int(CALLER, 16) > 0xFFFF


@pytest.mark.parametrize(("text", "raw"), [("0x", b""), ("0x00", b"\0"), ("0xAbCd", b"\xab\xcd")])
def test_reads_a_signature_of_any_length(text: str, raw: bytes) -> None:
    assert decode_contract_signature(text) == raw


def test_reads_the_longest_signature_and_no_longer_one() -> None:
    longest = "0x" + "5a" * MAX_SIGNATURE_BYTES
    assert len(decode_contract_signature(longest)) == MAX_SIGNATURE_BYTES
    with pytest.raises(MalformedSignatureError):
        decode_contract_signature(longest + "5a")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "x",
        "5a",
        "0X5a",
        "0x5",
        "0x5g",
        "0x 5a",
        "0x5a ",
        "0x5a\n",
        "0x5a5",
        "0x٣٣",
        "é5a5a",
    ],
)
def test_refuses_a_signature_that_is_not_whole_bytes_in_hex(text: str) -> None:
    with pytest.raises(MalformedSignatureError):
        decode_contract_signature(text)
