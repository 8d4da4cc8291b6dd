import pytest
from eth_utils.address import to_checksum_address as oracle_checksum
from hypothesis import given
from hypothesis import strategies as st

from ethereum.address import (
    Address,
    is_canonical_address,
    parse_address,
    to_checksum_address,
)
from ethereum.errors import AddressError

# https://eips.ethereum.org/EIPS/eip-55#test-cases
EIP55_VECTORS = (
    "0x52908400098527886E0F7030069857D2E4169EE7",
    "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
    "0xde709f2102306220921060314715629080e2fb77",
    "0x27b1fdb04752bbc536007a920d24acb045561c26",
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
    "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
)
NOT_ADDRESSES = (
    "",
    "0x",
    "5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
    "0X5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
    "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beae",
    "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed0",
    "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaeg",
    "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed\n",
    " 0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
    "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beae\uff11",
    "vitalik.eth",
)


@pytest.mark.parametrize("checksummed", EIP55_VECTORS)
def test_writes_the_checksum_of_every_eip_55_vector(checksummed: str) -> None:
    assert to_checksum_address(Address(checksummed.lower())) == checksummed


@given(st.binary(min_size=20, max_size=20))
def test_writes_the_checksum_eth_utils_writes(raw: bytes) -> None:
    address = Address("0x" + raw.hex())
    assert to_checksum_address(address) == oracle_checksum(address)


@pytest.mark.parametrize("checksummed", EIP55_VECTORS)
def test_all_spellings_of_an_address_have_one_canonical_form(checksummed: str) -> None:
    shouted = "0x" + checksummed[2:].upper()
    spellings = {parse_address(text) for text in (checksummed, checksummed.lower(), shouted)}
    assert spellings == {checksummed.lower()}
    assert is_canonical_address(spellings.pop())


@pytest.mark.parametrize("checksummed", EIP55_VECTORS[4:])
def test_refuses_mixed_case_with_a_wrong_checksum(checksummed: str) -> None:
    wrong = "0x" + checksummed[2:].swapcase()
    with pytest.raises(AddressError, match="checksum"):
        parse_address(wrong)


@pytest.mark.parametrize("text", NOT_ADDRESSES)
def test_refuses_what_is_not_an_address(text: str) -> None:
    assert not is_canonical_address(text)
    with pytest.raises(AddressError):
        parse_address(text)


def test_only_lower_case_is_canonical() -> None:
    assert not is_canonical_address(EIP55_VECTORS[0])
