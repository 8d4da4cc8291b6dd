"""The call about an ERC-8010 signature, decoded with eth-abi; and the wrapper at its limits."""

from __future__ import annotations

from typing import Any

import pytest
from eth_abi.abi import decode

from ethereum.contract_wallet import wallet_call
from ethereum.contract_wallet_validator import CREATION_CODE
from ethereum.errors import MalformedWrapperError
from ethereum.predelegated_signature import unwrap_predelegated

from .test_predelegated_signature import ACCOUNT, DELEGATE, MAGIC, TARGET, of_words, word, wrap

HASH = bytes(range(32))
ERC_6492 = bytes.fromhex("6492" * 16)
AUTHORIZATION = (137, DELEGATE, 7, 1, 8, 9)
LENGTHS = (0, 1, 31, 32, 33, 64, 96, 256, 300)


def asked(wrapped: bytes) -> tuple[Any, ...]:
    """Account, hash and the ERC-6492 wrapper of the program that the node is to run."""
    ((_, override),) = wallet_call(ACCOUNT, HASH, wrapped).overrides.items()
    program = bytes.fromhex(override["code"][2:])
    assert program.startswith(CREATION_CODE)
    decoded: tuple[Any, ...] = decode(
        ["address", "bytes32", "bytes"], program[len(CREATION_CODE) :], strict=True
    )
    return decoded


@pytest.mark.parametrize("of_data", LENGTHS)
@pytest.mark.parametrize("of_signature", LENGTHS)
def test_the_account_is_prepared_as_erc_6492_prepares_one(of_data: int, of_signature: int) -> None:
    data, signature = b"\xda" * of_data, b"\x51" * of_signature
    account, message_hash, wrapper = asked(wrap(signature, AUTHORIZATION, TARGET, data))
    assert (account, message_hash, wrapper[-32:]) == (ACCOUNT, HASH, ERC_6492)
    target = TARGET if data else "0x" + "00" * 20
    decoded = decode(["address", "bytes", "bytes"], wrapper[:-32], strict=True)
    assert decoded == (target, data, signature)
    assert len(wrapper) % 32 == 0


@pytest.mark.parametrize("length", LENGTHS)
def test_data_and_signature_of_any_length_are_taken_apart(length: int) -> None:
    data, signature = bytes(range(256))[:length], b"\x51" * length
    read = unwrap_predelegated(wrap(signature, AUTHORIZATION, TARGET, data))
    assert (read.data, read.signature) == (data, signature)


def test_the_last_nonce_of_an_account_is_read() -> None:
    last = unwrap_predelegated(of_words(w2=2**64 - 2) + word(288) + MAGIC)
    assert last.authorization.nonce == 2**64 - 2
    for beyond in (2**64 - 1, 2**64, 2**255):
        with pytest.raises(MalformedWrapperError):
            unwrap_predelegated(of_words(w2=beyond) + word(288) + MAGIC)


@pytest.mark.parametrize("parity", [2, 3, 27, 28, 2**255])
def test_a_parity_is_zero_or_one(parity: int) -> None:
    for good in (0, 1):
        read = unwrap_predelegated(of_words(w3=good) + word(288) + MAGIC)
        assert read.authorization.y_parity == good
    with pytest.raises(MalformedWrapperError):
        unwrap_predelegated(of_words(w3=parity) + word(288) + MAGIC)


@pytest.mark.parametrize("name", ["w1", "w6"])
def test_an_address_has_twenty_bytes(name: str) -> None:
    assert unwrap_predelegated(of_words(**{name: 2**160 - 1}) + word(288) + MAGIC)
    for beyond in (2**160, 2**160 + 1, 2**255):
        with pytest.raises(MalformedWrapperError):
            unwrap_predelegated(of_words(**{name: beyond}) + word(288) + MAGIC)


@pytest.mark.parametrize("size", [0, 32, 224, 255, 256, 287])
def test_a_context_has_nine_words_at_least(size: int) -> None:
    whole = of_words(w7=0, w0=0)
    with pytest.raises(MalformedWrapperError):
        unwrap_predelegated(whole[:size] + word(size) + MAGIC)
    assert unwrap_predelegated(whole + word(288) + MAGIC).data == b""
