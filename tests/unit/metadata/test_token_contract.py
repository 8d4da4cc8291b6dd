"""Which token, and what its contract says."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from eth_abi.abi import encode
from hypothesis import given
from hypothesis import strategies as st

from ethereum.address import Address
from metadata.errors import TokenNotFoundError
from metadata.token_contract import TOKEN_URI, URI, ReadContract, read_token_uri
from nodes.errors import ContractRevertError, NodeAnswerError, NodeUnavailableError

CONTRACT = Address("0xbc4ca0eda7647a8ab7c2061c2e118a18a936f13d")


def contract(answers: dict[bytes, bytes | Exception]) -> ReadContract:
    """Answers by selector; what is not among them reverts."""

    def read(to: Address, data: bytes) -> bytes:
        assert to == CONTRACT
        assert data[4:] == (7).to_bytes(32)
        answer = answers.get(data[:4], ContractRevertError(b""))
        if isinstance(answer, Exception):
            raise answer
        return answer

    return read


def text(value: str) -> bytes:
    return encode(["string"], [value])


def uri_of(answers: dict[bytes, bytes | Exception]) -> str:
    return read_token_uri(CONTRACT, 7, read=contract(answers))


def test_erc721_is_asked_first() -> None:
    answers: dict[bytes, bytes | Exception] = {TOKEN_URI: text("ipfs://a/{id}"), URI: text("b")}
    assert uri_of(answers) == "ipfs://a/{id}"


def test_erc1155_takes_the_id_in_hex() -> None:
    assert uri_of({URI: text("ipfs://a/{id}.json")}) == f"ipfs://a/{'0' * 63}7.json"


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"\0" * 32,
        text(""),
        text(" \0"),
        text("ipfs://a")[:-32],
        b"\xff" * 96,
        (2**256 - 32).to_bytes(32) + b"\xff" * 64,
        (32).to_bytes(32) + (2**255).to_bytes(32),
        encode(["bytes"], [b"\xff\xfe"]),
        ContractRevertError(b"no such token"),
    ],
)
def test_an_answer_without_a_text_is_none(broken: bytes | Exception) -> None:
    assert uri_of({TOKEN_URI: broken, URI: text("ipfs://b")}) == "ipfs://b"
    with pytest.raises(TokenNotFoundError):
        uri_of({TOKEN_URI: broken})


def test_a_node_that_cannot_say_is_no_missing_token() -> None:
    for answers in ({TOKEN_URI: NodeAnswerError()}, {URI: NodeAnswerError()}):
        with pytest.raises(NodeUnavailableError):
            uri_of(dict(answers))


@given(st.binary(max_size=200))
def test_a_contract_may_answer_any_bytes(answer: bytes) -> None:
    read: Callable[[Address, bytes], bytes] = lambda *_: answer  # noqa: E731
    with suppress(TokenNotFoundError):
        assert read_token_uri(CONTRACT, 7, read=read)
