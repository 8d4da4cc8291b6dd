"""Our verifier beside three others, over mutated messages: where they differ, a row says why.

10,000 messages; `FUZZ=full` makes it 200,000 with fresh randomness and prints the table's figures.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from tests.differential.mutations import sound_draft
from tests.differential.others import Question, Verdicts, verdicts
from tests.differential.ours import ADDRESS, Signed, our_refusal, sign, signed_message
from tests.differential.reasons import ACCEPTED, ALL, OTHERS, REFUSED, reason
from tests.differential.values import DOMAIN, NONCE
from tests.npm_tools import ToolsMissingError

FULL = os.environ.get("FUZZ") == "full"
COUNT = 200_000 if FULL else 10_000
SEED = os.environ.get("SEED", os.urandom(8).hex() if FULL else "4361")
BATCH = 10_000
TIME = "2026-01-01T00:00:30Z"
THREAT_MODEL = Path(__file__).parents[2] / "docs" / "threat-model.md"


def ask(messages: list[Signed]) -> list[Verdicts]:
    address = ADDRESS.lower()
    questions = [Question(*signed, address, DOMAIN, NONCE, TIME) for signed in messages]
    try:
        return verdicts(questions)
    except ToolsMissingError as error:
        pytest.skip(f"no other verifiers: {error}")


def reasons(signed: Signed, code: str, others: Verdicts) -> list[str | None]:
    """One for each of the others whose word is not ours."""
    said = zip(OTHERS, others, strict=True)
    return [reason(signed, code, other) for other, accepts in said if accepts is bool(code)]


@pytest.mark.timeout(6 * 3600)
def test_each_disagreement_is_explained_and_none_is_ours_alone_to_accept() -> None:
    random = Random(SEED)  # noqa: S311  # a failure names SEED, so it can be had again
    rows: Counter[str | None] = Counter()
    for _ in range(COUNT // BATCH):
        messages = [signed_message(random) for _ in range(BATCH)]
        for signed, others in zip(messages, ask(messages), strict=True):
            code = our_refusal(signed)
            assert code or any(others), (SEED, signed, "we alone accept it")
            found = reasons(signed, code, others)
            assert None not in found, (SEED, signed, code, others)
            rows.update(set(found) or {"refused by all" if code else "accepted by all"})
    print(SEED, *rows.most_common(), sep="\n")
    assert rows["accepted by all"] > COUNT / 200
    assert set(rows) >= {*REFUSED, *ACCEPTED}, "a row that no message is of"


def test_all_accept_a_sound_message() -> None:
    text = sound_draft(Random(7), ADDRESS).text()  # noqa: S311
    signed = Signed(text, f"0x{sign(text).hex()}")
    assert (our_refusal(signed), ask([signed])) == ("", [Verdicts(True, True, True)])


def test_the_threat_model_has_a_row_for_each_reason() -> None:
    section = THREAT_MODEL.read_text().partition("## Beside other verifiers")[2]
    table = [line.split("|") for line in section.partition("\n## ")[0].splitlines() if "|" in line]
    rows = {cells[1].strip(): set(cells[2].strip().split(", ")) for cells in table}
    expected = {
        name: {"all"} if others == ALL else others
        for name, others in {**REFUSED, **ACCEPTED}.items()
    }
    assert {name: others for name, others in rows.items() if name in expected} == expected
    assert len(rows) == len(expected) + len({"we refuse", "we accept", "---"})
