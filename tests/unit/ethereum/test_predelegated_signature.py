"""The ERC-8010 wrapper, taken apart; tests/evm judges what is inside."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from eth_abi.abi import encode
from hypothesis import given
from hypothesis import strategies as st

from ethereum.address import Address
from ethereum.contract_wallet import CALLER, MAX_SIGNATURE_BYTES, VALIDATOR, wallet_call
from ethereum.contract_wallet_validator import CREATION_CODE
from ethereum.errors import MalformedWrapperError
from ethereum.predelegated_signature import (
    Authorization,
    PredelegatedSignature,
    is_predelegated,
    unwrap_predelegated,
)

MAGIC = bytes.fromhex("8010" * 16)
ACCOUNT, DELEGATE, TARGET = (Address("0x" + digits * 20) for digits in ("ab", "cd", "ef"))
TYPES = ["(uint256,address,uint256,uint8,uint256,uint256)", "address", "bytes"]
NUMBERS = st.integers(0, 2**256 - 1)


def wrap(inner: bytes, authorization: Any, target: str = TARGET, data: bytes = b"") -> bytes:
    context = encode(TYPES, [authorization, target, data])
    return inner + context + len(context).to_bytes(32) + MAGIC


@given(st.binary(), st.binary(), NUMBERS, st.integers(0, 2**64 - 2), st.booleans(), NUMBERS)
def test_reads_what_abi_encodes(
    inner: bytes, data: bytes, chain_id: int, nonce: int, is_odd: bool, r: int
) -> None:
    authorization = Authorization(chain_id, DELEGATE, nonce, int(is_odd), r, 0)
    wrapped = wrap(inner, authorization, data=data)
    assert is_predelegated(wrapped)
    assert unwrap_predelegated(wrapped) == PredelegatedSignature(authorization, TARGET, data, inner)


def word(number: int) -> bytes:
    return number.to_bytes(32)


GOOD = [1, int(DELEGATE, 16), 0, 1, 7, 8, int(TARGET, 16), 256, 0]


def of_words(**changed: int) -> bytes:
    """A context whose word `w<index>` is another."""
    numbers = [changed.get(f"w{index}", number) for index, number in enumerate(GOOD)]
    return b"".join(map(word, numbers))


HUGE = 2**256 - 1
MALFORMED = {
    "nothing but the magic word": b"",
    "no length": b"\1" * 31,
    "an empty context": word(0),
    "a context too short": of_words()[:-32] + word(256),
    "a length beyond the beginning": of_words() + word(289),
    "a huge length": of_words() + word(HUGE),
    "a delegate of more than 20 bytes": of_words(w1=2**160) + word(288),
    "a target of more than 20 bytes": of_words(w6=2**160) + word(288),
    "a nonce no account reaches": of_words(w2=2**64 - 1) + word(288),
    "a parity of two": of_words(w3=2) + word(288),
    "an offset beyond the end": of_words(w7=257) + word(288),
    "a huge offset": of_words(w7=HUGE) + word(288),
    "data beyond the end": of_words(w8=1) + word(288),
    "huge data": of_words(w8=HUGE) + word(288),
}


def test_takes_a_wrapper_of_the_least_size() -> None:
    assert unwrap_predelegated(of_words() + word(288) + MAGIC).signature == b""


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED)
def test_refuses_a_malformed_wrapper_before_any_node_is_asked(body: bytes) -> None:
    with pytest.raises(MalformedWrapperError):
        wallet_call(ACCOUNT, bytes(32), body + MAGIC)


@given(st.binary(max_size=400))
def test_reads_or_refuses_whatever_stands_before_the_magic_word(body: bytes) -> None:
    with suppress(MalformedWrapperError):
        unwrap_predelegated(body + MAGIC)


@given(st.binary(max_size=100))
def test_no_other_signature_is_taken_for_one(signature: bytes) -> None:
    assert not is_predelegated(signature + b"\0")


def test_asks_with_the_authorization_and_the_validator_as_code() -> None:
    """Geth takes no authorization in a transaction without `to`."""
    authorization = (10, DELEGATE, 0, 1, 0x0A, 2**255)
    call, overrides = wallet_call(ACCOUNT, bytes(32), wrap(b"\x5a", authorization))
    assert call == {
        "from": CALLER,
        "to": VALIDATOR,
        "gas": "0x989680",
        "authorizationList": [
            {
                "chainId": "0xa",
                "address": DELEGATE,
                "nonce": "0x0",
                "yParity": "0x1",
                "r": "0xa",
                "s": hex(2**255),
            }
        ],
    }
    assert list(overrides) == [VALIDATOR]
    assert overrides[VALIDATOR]["code"].startswith("0x" + CREATION_CODE.hex())


def test_any_other_call_pretends_no_state() -> None:
    call, overrides = wallet_call(ACCOUNT, bytes(32), b"\x5a")
    assert (set(call), overrides) == ({"from", "data", "gas"}, {})


def test_the_longest_program_is_code_that_an_account_may_have() -> None:
    authorization = (1, DELEGATE, 0, 1, 7, 8)
    empty = wrap(b"", authorization, data=b"\1")
    longest = wrap(b"\x5a" * (MAX_SIGNATURE_BYTES - len(empty)), authorization, data=b"\1")
    assert len(longest) == MAX_SIGNATURE_BYTES
    _, overrides = wallet_call(ACCOUNT, bytes(32), longest)
    assert len(bytes.fromhex(overrides[VALIDATOR]["code"][2:])) <= 24_576  # EIP-170
