"""What an address looks like, whatever its checksum."""

import pytest

from ethereum.address import begins_as_address, is_canonical_address, is_hex_address

LOWER = "0x" + "ab" * 20


@pytest.mark.parametrize("text", [LOWER, "0x" + "AB" * 20, "0x" + "aB" * 20])
def test_an_address_has_forty_hex_digits_of_any_case(text: str) -> None:
    assert is_hex_address(text)
    assert is_canonical_address(text) == (text == LOWER)


@pytest.mark.parametrize(
    "text",
    ["", "0x", LOWER[:-1], LOWER + "a", LOWER + "\n", "0X" + "ab" * 20, "0x" + "\u0661" * 40],
)
def test_anything_else_is_none(text: str) -> None:
    assert not is_hex_address(text)
    assert not is_canonical_address(text)


def test_what_goes_on_after_an_address_begins_as_one() -> None:
    assert begins_as_address(LOWER + ".eth")
    assert not begins_as_address("x" + LOWER)
