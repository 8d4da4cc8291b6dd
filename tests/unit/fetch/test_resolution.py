"""Every answer of the DNS counts, and the rule is the real one here."""

from collections.abc import Sequence
from ipaddress import ip_address

import pytest

from fetch.errors import ForbiddenTargetError, UnreachableError
from fetch.public_address import is_public
from fetch.resolution import MAX_ADDRESSES, allowed_addresses, resolve_with_system


def addresses(*answers: str) -> list[str]:
    allowed = allowed_addresses("a.example", resolve=lambda _: answers, is_allowed=is_public)
    return [str(address) for address in allowed]


def test_public_answers_are_kept_in_their_order() -> None:
    answers = ["2606:4700:4700::1111", "1.1.1.1"]
    assert addresses(*answers) == answers


@pytest.mark.parametrize("private", ["10.0.0.1", "169.254.169.254", "fd00:ec2::254", "64:ff9b::1"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_single_private_answer_refuses_the_name(private: str, place: int) -> None:
    answers = ["1.1.1.1", "8.8.8.8"]
    answers.insert(place, private)
    with pytest.raises(ForbiddenTargetError):
        addresses(*answers)


def test_a_mapped_answer_is_judged_and_used_as_ipv4() -> None:
    assert addresses("::ffff:8.8.8.8") == ["8.8.8.8"]
    with pytest.raises(ForbiddenTargetError):
        addresses("::ffff:127.0.0.1")


@pytest.mark.parametrize("answer", ["", "localhost", "127.1", "fe80::1%eth0%", "0x7f000001"])
def test_an_answer_that_is_no_address_refuses_the_name(answer: str) -> None:
    with pytest.raises(ForbiddenTargetError):
        addresses(answer)


def test_a_name_without_an_answer_is_unreachable() -> None:
    def refuse(_: str) -> Sequence[str]:
        raise OSError

    with pytest.raises(UnreachableError):
        addresses()
    with pytest.raises(UnreachableError):
        allowed_addresses("a.example", resolve=refuse, is_allowed=is_public)


def test_a_flood_of_answers_is_refused() -> None:
    assert len(addresses(*["1.1.1.1"] * MAX_ADDRESSES)) == MAX_ADDRESSES
    with pytest.raises(ForbiddenTargetError):
        addresses(*["1.1.1.1"] * (MAX_ADDRESSES + 1))


@pytest.mark.parametrize("spelling", ["2130706433", "0x7f.1", "017700000001", "127.1", "127.0.0.1"])
def test_what_the_system_makes_of_a_spelling_is_what_is_judged(spelling: str) -> None:
    resolved = resolve_with_system(spelling)
    assert resolved == ["127.0.0.1"]
    assert not is_public(ip_address(resolved[0]))
