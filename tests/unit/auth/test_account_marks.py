"""Who opened an account decides how many nodes may open it by their word."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth.account_marks import Marks, contract_mark, hosts_to_agree, marks_of
from auth.errors import KeyRequiredError, MarksNotShownError
from auth.user_attributes import CONTRACT_AT, PROVEN_AT

PROVEN = "2026-01-01T00:00:00Z"
ON_137, ON_1, CLEARING = (contract_mark(chain, 1767225600.0) for chain in (137, 1, 0))
STATES = {
    "nobody": Marks(),
    "a key": Marks(PROVEN),
    "a contract here": Marks(PROVEN, ON_137),
    "a contract here, whose proof could not be marked": Marks("", ON_137),
    "a contract on another chain": Marks(PROVEN, ON_1),
    "a contract on another chain, not proven": Marks("", ON_1),
    "a key that is clearing the mark": Marks(PROVEN, CLEARING),
    "a key that is clearing the mark, not proven": Marks("", CLEARING),
    "a mark that we did not write": Marks("", "137"),
    "an attribute that holds anything": Marks(PROVEN, "137 soon"),
}
OPEN_TO_ONE = [name for name in STATES if name == "nobody" or name.startswith("a contract here")]


@pytest.mark.parametrize("marks", STATES.values(), ids=STATES)
@pytest.mark.parametrize("hosts", [2, 3])
def test_of_two_hosts_two_must_agree_whoever_opened_the_account(marks: Marks, hosts: int) -> None:
    assert hosts_to_agree(marks, chain_id=137, hosts=hosts) == 2


@pytest.mark.parametrize("name", OPEN_TO_ONE)
def test_one_host_opens_what_nobody_or_a_contract_on_its_chain_has_opened(name: str) -> None:
    assert hosts_to_agree(STATES[name], chain_id=137, hosts=1) == 1


@pytest.mark.parametrize("name", [name for name in STATES if name not in OPEN_TO_ONE])
def test_one_host_opens_nothing_else(name: str) -> None:
    with pytest.raises(KeyRequiredError) as refusal:
        hosts_to_agree(STATES[name], chain_id=137, hosts=1)
    assert refusal.value.code == "key_required"


@given(st.text())
def test_no_other_text_counts_as_a_mark(text: str) -> None:
    assert Marks("", text).contract_chain is None


@pytest.mark.parametrize(
    "text",
    [
        *("0137 2026-01-01T00:00:00Z", "137 2026-01-01T00:00:00Z\n", " 137 2026-01-01T00:00:00Z"),
        *("137  2026-01-01T00:00:00Z", "137,2026-01-01T00:00:00Z", "137 2026-01-01", "137 "),
        *("\u0661 2026-01-01T00:00:00Z", "1e2 2026-01-01T00:00:00Z", "9" * 20 + f" {PROVEN}"),
    ],
)
def test_no_other_spelling_counts_as_a_mark(text: str) -> None:
    assert Marks(PROVEN, text).contract_chain is None
    with pytest.raises(KeyRequiredError):
        hosts_to_agree(Marks(PROVEN, text), chain_id=137, hosts=1)


def test_a_mark_says_the_chain_and_the_time() -> None:
    assert ON_137 == "137 2026-01-01T00:00:00Z"
    assert Marks("", ON_137) == Marks("", ON_137)
    assert (Marks("", ON_137).contract_chain, Marks("", ON_137).contract_time) == (137, PROVEN)


def test_reads_the_marks_among_other_attributes() -> None:
    shown = {"sub": "1", PROVEN_AT: PROVEN, CONTRACT_AT: ON_137, "custom:other": "x"}
    assert marks_of(shown) == Marks(PROVEN, ON_137)
    assert marks_of({"sub": "1"}) == marks_of({"sub": "1", PROVEN_AT: ""}) == Marks()
    assert marks_of({"sub": "1", CONTRACT_AT: None}).are_blank


@pytest.mark.parametrize("attributes", [None, [], "", 0, [CONTRACT_AT]])
def test_what_is_no_attributes_shows_no_user(attributes: Any) -> None:
    with pytest.raises(MarksNotShownError):
        marks_of(attributes)
