"""Token ids and amounts, as callers and providers write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethereum.uint256 import is_uint256, parse_uint256

LARGEST = 2**256 - 1


@given(st.integers(0, LARGEST))
def test_every_uint256_is_read_from_decimal_and_from_hex(number: int) -> None:
    assert is_uint256(str(number))
    assert parse_uint256(str(number)) == parse_uint256(hex(number)) == number


def test_leading_zeros_are_read_and_are_no_canonical_form() -> None:
    assert parse_uint256("007") == parse_uint256("0x07") == 7
    assert not is_uint256("007")


@pytest.mark.parametrize(
    "text",
    ["", "-1", "1.0", "1e3", " 1", "1\n", "\u0661", str(2**256), "0x" + "f" * 65, "0x", "0X1", "f"],
)
def test_anything_else_is_no_uint256(text: str) -> None:
    assert not is_uint256(text)
    assert parse_uint256(text) is None


def test_a_long_text_costs_nothing() -> None:
    digits = "1" * 100_000  # int() refuses as many, and would take long
    assert not is_uint256(digits)
    assert parse_uint256(digits) is None


def test_hex_is_no_canonical_form() -> None:
    assert not is_uint256("0x1")
