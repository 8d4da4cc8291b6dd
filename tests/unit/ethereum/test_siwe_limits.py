"""An EIP-4361 message at its limits: length, times, numbers."""

from typing import Any

import pytest

from ethereum.errors import (
    ChainIdMismatchError,
    ExpiredMessageError,
    IssuedAtError,
    NotYetValidMessageError,
    ResourcesMismatchError,
    SiweError,
    SiweFormatError,
)
from ethereum.siwe import (
    SiweMessage,
    create_siwe_message,
    generate_siwe_nonce,
    parse_siwe_message,
    validate_siwe_message,
)
from tests.unit.ethereum.test_siwe_validation import EXPECTED
from tests.unit.ethereum.test_siwe_validation import MESSAGE as EXPECTED_MESSAGE

ISSUED = 1767225600.0
MESSAGE = EXPECTED_MESSAGE._replace(statement="Sign in.", expiration_time=None)


def validate(message: SiweMessage, now: float = ISSUED, **changes: Any) -> None:
    near = (ISSUED - 10, ISSUED + 10)
    expected: dict[str, Any] = {**EXPECTED, "expected_statement": "Sign in."}
    expected |= {"expected_issued_between": near, "now": now, **changes}
    validate_siwe_message(message, **expected)


def of_length(length: int) -> SiweMessage:
    rest = len(create_siwe_message(MESSAGE._replace(statement="")))
    return MESSAGE._replace(statement="a" * (length - rest))


def test_a_message_has_4096_characters_at_most() -> None:
    longest = create_siwe_message(of_length(4096))
    assert len(longest) == 4096
    assert parse_siwe_message(longest) == of_length(4096)
    for length in (4097, 4098, 10_000):
        with pytest.raises(SiweFormatError, match="too long"):
            create_siwe_message(of_length(length))


def test_a_nonce_has_128_bits() -> None:
    asked: list[int] = []

    def random_bytes(count: int) -> bytes:
        asked.append(count)
        return b"\xab" * count

    assert generate_siwe_nonce(random_bytes) == "ab" * 16
    assert asked == [16]


@pytest.mark.parametrize("issued", [-10, -9, 0, 9, 10])
def test_a_message_may_be_issued_at_either_end_of_the_time_allowed(issued: int) -> None:
    validate(MESSAGE, expected_issued_between=(ISSUED + issued - 10, ISSUED + 10 + issued))


@pytest.mark.parametrize("early", [1, 2, 1000])
def test_a_message_issued_outside_the_time_allowed_is_refused(early: int) -> None:
    for between in ((ISSUED + early, ISSUED + 5000), (ISSUED - 5000, ISSUED - early)):
        with pytest.raises(IssuedAtError):
            validate(MESSAGE, expected_issued_between=between)


@pytest.mark.parametrize("late", [0, 1, 100])
def test_a_message_ends_when_its_expiration_time_comes(late: int) -> None:
    message = MESSAGE._replace(expiration_time="2026-01-01T00:00:05Z")
    validate(message, now=ISSUED + 4)
    with pytest.raises(ExpiredMessageError):
        validate(message, now=ISSUED + 5 + late)


def test_a_message_is_valid_from_its_not_before_time_on_and_not_long_before() -> None:
    message = MESSAGE._replace(not_before="2026-01-01T00:01:00Z")
    for now in (ISSUED + 60, ISSUED + 61, ISSUED + 1000):
        validate(message, now=now)
    for early in (1, 2, 1000):
        with pytest.raises(NotYetValidMessageError):
            validate(message, now=ISSUED - early)


@pytest.mark.parametrize("chain_id", [0, 2, 136, 138])
def test_the_neighbours_of_an_allowed_chain_are_refused(chain_id: int) -> None:
    with pytest.raises(ChainIdMismatchError):
        validate(MESSAGE._replace(chain_id=chain_id))


LARGER: dict[str, Any] = {
    "domain": "zzz.example",
    "uri": "https://zzz.example",
    "nonce": "zzzzzzzzzzzzzzzz",
    "statement": "zzz",
    "resources": ("https://zzz.example",),
    "scheme": "zzz",
}
SMALLER: dict[str, Any] = {
    "domain": "aaa.example",
    "uri": "aaa://example",
    "nonce": "00000000",
    "statement": "",
    "resources": ("aaa:example",),
    "scheme": "aaa",
}


@pytest.mark.parametrize("name", LARGER)
@pytest.mark.parametrize("others", [LARGER, SMALLER])
def test_no_field_is_right_for_being_greater_or_smaller(name: str, others: dict[str, Any]) -> None:
    with pytest.raises(SiweError):
        validate(MESSAGE._replace(**{name: others[name]}))
    validate(MESSAGE)


def test_resources_are_right_where_they_are_the_same_in_the_same_order() -> None:
    names = ["https://gallery.example/1", "https://gallery.example/2"]
    validate(MESSAGE._replace(resources=tuple(names)), expected_resources=tuple(names))
    for others in (names[::-1], names[:1], [*names, names[0]], []):
        with pytest.raises(ResourcesMismatchError):
            validate(MESSAGE._replace(resources=tuple(others)), expected_resources=tuple(names))
