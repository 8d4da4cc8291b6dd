"""Addresses, token ids and choices as callers write them."""

import pytest

from runtime.errors import InvalidAddressError, InvalidParameterError, InvalidTokenIdError
from runtime.event import query_choice, read_address, read_token_id

CONTRACT = "0xbc4ca0eda7647a8ab7c2061c2e118a18a936f13d"


def test_a_token_is_an_address_and_a_uint256() -> None:
    assert read_address("0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D") == CONTRACT
    assert read_token_id(str(2**256 - 1)) == str(2**256 - 1)
    assert read_token_id("0") == "0"


@pytest.mark.parametrize(
    "token_id", ["", "-1", "01", "0x1", "1.0", "\u0661", str(2**256), "1" * 5000]
)
def test_anything_else_is_no_token_id(token_id: str) -> None:
    with pytest.raises(InvalidTokenIdError):
        read_token_id(token_id)


@pytest.mark.parametrize(
    "address",
    [CONTRACT[:-1], "https://a.example/", "0xbC4CA0EdA7647A8aB7C2061c2E118A18a936f13D"],
)
def test_anything_else_is_no_address(address: str) -> None:
    with pytest.raises(InvalidAddressError):
        read_address(address)


def test_a_choice_is_the_first_where_it_is_absent_and_nothing_beside_the_list() -> None:
    assert query_choice({"queryStringParameters": None}, "image", "link", "inline") == "link"
    event = {"queryStringParameters": {"image": "inline"}}
    assert query_choice(event, "image", "link", "inline") == "inline"
    with pytest.raises(InvalidParameterError, match="image is none of link, inline"):
        query_choice({"queryStringParameters": {"image": "raw"}}, "image", "link", "inline")
