"""The bounded reader of ABI data, against eth_abi, and against what is made to be costly."""

from __future__ import annotations

import pytest
from eth_abi.abi import decode, encode
from eth_abi.exceptions import DecodingError
from hypothesis import given
from hypothesis import strategies as st

from ethereum.abi import AbiTuple, encode_bytes
from ethereum.errors import AbiError

SHORT = st.binary(max_size=100)
HUGE = 2**256 - 1


def words(numbers: list[int]) -> bytes:
    return b"".join(number.to_bytes(32) for number in numbers)


@given(st.lists(SHORT, max_size=5))
def test_bytes_are_encoded_as_eth_abi_does(values: list[bytes]) -> None:
    assert encode_bytes(*values) == encode(["bytes"] * len(values), values)


@given(st.binary(min_size=20, max_size=20), SHORT, st.lists(SHORT, max_size=5), SHORT)
def test_values_are_read_as_eth_abi_wrote_them(
    address: bytes, first: bytes, several: list[bytes], prefix: bytes
) -> None:
    types = ["address", "bytes", "bytes[]"]
    written = prefix + encode(types, ["0x" + address.hex(), first, several])
    values = AbiTuple(written, len(prefix))
    assert values.address_at(0) == "0x" + address.hex()
    assert values.bytes_at(1, at_most=100) == first
    count, elements = values.array_at(2, at_most=5)
    assert [elements.bytes_at(number, at_most=100) for number in range(count)] == several


@given(st.binary(max_size=200) | st.lists(st.integers(0, 99), max_size=9).map(words))
def test_what_eth_abi_reads_of_any_data_is_read_the_same(data: bytes) -> None:
    try:
        (expected,) = decode(["bytes"], data)
    except (DecodingError, OverflowError):
        return
    assert AbiTuple(data).bytes_at(0, at_most=len(data)) == expected


@pytest.mark.parametrize("number", [HUGE, 2**255, 2**64, 2**63, 2**32])
def test_an_offset_or_a_size_of_any_height_leads_nowhere(number: int) -> None:
    offset, size = number.to_bytes(32), (32).to_bytes(32) + number.to_bytes(32)
    for data in (offset, offset + bytes(64), size, size + bytes(64)):
        with pytest.raises(AbiError):
            AbiTuple(data).bytes_at(0, at_most=HUGE)
    with pytest.raises(AbiError):
        AbiTuple(size + bytes(64)).array_at(0, at_most=4)


def test_a_value_above_its_limit_is_refused_before_it_is_read() -> None:
    encoded = encode(["bytes", "bytes[]"], [b"x" * 9, [b""] * 5])
    with pytest.raises(AbiError, match="too large"):
        AbiTuple(encoded).bytes_at(0, at_most=8)
    with pytest.raises(AbiError, match="too large"):
        AbiTuple(encoded).array_at(1, at_most=4)


def test_what_has_more_than_20_bytes_is_no_address() -> None:
    with pytest.raises(AbiError, match="no address"):
        AbiTuple(b"\x01".rjust(12, b"\0") + bytes(20)).address_at(0)
