"""The call put to a node, byte for byte, and what it returns; tests/evm has EVMs."""

from __future__ import annotations

import pytest
from eth_abi.abi import decode
from sha3 import keccak_256  # type: ignore[import-untyped]

from ethereum.address import Address
from ethereum.contract_wallet import (
    CALLER,
    MAX_SIGNATURE_BYTES,
    check_verdict,
    decode_contract_signature,
    is_verdict,
    validator_call,
)
from ethereum.contract_wallet_validator import CREATION_CODE
from ethereum.errors import MalformedSignatureError, SignatureError

WALLET = Address("0x" + "ab" * 20)
HASH = bytes(range(32))


VERDICTS = {
    b"\x00": "contract_signature_refused",
    b"\x02": "no_contract",
    b"\x03": "undeployable_wallet",
    b"\x04": "malformed_wrapper",
}


def test_one_verdict_accepts() -> None:
    assert is_verdict(b"\x01")
    check_verdict(b"\x01")


@pytest.mark.parametrize(("verdict", "code"), VERDICTS.items())
def test_each_refusal_has_its_code(verdict: bytes, code: str) -> None:
    assert is_verdict(verdict)
    with pytest.raises(SignatureError) as refusal:
        check_verdict(verdict)
    assert refusal.value.code == code


@pytest.mark.parametrize("returned", [b"", b"\x05", b"\xff", b"\x01\x01", b"\x01".rjust(32, b"\0")])
def test_anything_else_is_no_verdict_and_accepts_nothing(returned: bytes) -> None:
    assert not is_verdict(returned)
    with pytest.raises(SignatureError):
        check_verdict(returned)


@pytest.mark.parametrize("length", [0, 1, 31, 32, 33, 64, 65, 66, MAX_SIGNATURE_BYTES])
def test_the_call_is_the_validator_and_its_abi_encoded_arguments(length: int) -> None:
    signature = bytes(number % 251 for number in range(length))
    transaction = validator_call(WALLET, HASH, signature)
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
