"""What the ABNF of EIP-4361 allows and we refuse: exactly what docs/threat-model.md lists.

The ABNF is read by siwe for Python, which has it from the standard's text.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from abnf import ParseError
from siwe.grammars import eip4361  # type: ignore[import-untyped]

from ethereum.siwe import MAX_MESSAGE_LENGTH
from tests.differential.mutations import sound_draft
from tests.differential.ours import ADDRESS
from tests.differential.reasons import is_message

TEXT = sound_draft(Random(7), ADDRESS).text()  # noqa: S311
THREAT_MODEL = Path(__file__).parents[2] / "docs" / "threat-model.md"
STRICTER = {
    "a domain that is empty": [TEXT.replace("a.io wants", " wants")],
    "a chain id with a leading zero, or of more than 19 digits": [
        TEXT.replace("Chain ID: ", "Chain ID: 0"),
        TEXT.replace("Chain ID: ", f"Chain ID: {'1' * 19}"),
    ],
    "a leap second, the year 0, and `t` or `z` in a time": [
        TEXT.replace("00:00:10Z", "00:00:60Z"),
        TEXT.replace("Issued At: 2026", "Issued At: 0000"),
        TEXT.replace("01T00", "01t00"),
        TEXT.replace("10Z", "10z"),
    ],
    "`0X` before an address, and `V` before an IP address of a future version": [
        TEXT.replace("0x", "0X"),
        TEXT.replace("https://a.io", "https://[V1.a]"),
    ],
    "an address in both cases with another checksum than EIP-55's": [
        TEXT.replace(ADDRESS, f"0x{ADDRESS[2:].swapcase()}")
    ],
    "more than 4,096 characters": [TEXT.replace("Hi.", "a" * MAX_MESSAGE_LENGTH)],
}


def is_allowed(text: str) -> bool:
    try:
        eip4361.Rule("sign-in-with-ethereum").parse_all(text)
    except ParseError:
        return False
    return True


@pytest.mark.parametrize("texts", STRICTER.values(), ids=STRICTER)
def test_refuses_what_the_abnf_allows(texts: list[str]) -> None:
    for text in texts:
        assert len(text) > MAX_MESSAGE_LENGTH or is_allowed(text)  # it would take siwe minutes
        assert not is_message(text)


def test_the_threat_model_lists_what_is_refused() -> None:
    section = (
        THREAT_MODEL.read_text().partition("### Stricter than the ABNF")[2].partition("\n#")[0]
    )
    listed = [
        line.removeprefix("- ").rstrip(".;")
        for line in section.splitlines()
        if line.startswith("- ")
    ]
    assert listed == list(STRICTER)
