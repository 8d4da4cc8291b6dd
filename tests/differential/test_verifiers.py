"""Our verifier beside three others, over mutated messages: where they differ, a row says why.

10,000 messages; `FUZZ=full` makes it 200,000 with fresh randomness and prints the table's figures.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from tests.differential.mutations import DOMAIN, NONCE, sound_draft
from tests.differential.others import Question, Verdicts, verdicts
from tests.differential.ours import ADDRESS, Signed, our_refusal, sign, signed_message
from tests.differential.reasons import ACCEPTED, OTHERS, PATTERNS, REFUSED, STRICTER, reason
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


@pytest.mark.timeout(6 * 3600)
def test_each_disagreement_is_explained_and_none_is_ours_alone_to_accept() -> None:
    random = Random(SEED)  # noqa: S311  # a failure names SEED, so it can be had again
    rows: Counter[str] = Counter()
    for _ in range(COUNT // BATCH):
        messages = [signed_message(random) for _ in range(BATCH)]
        for signed, others in zip(messages, ask(messages), strict=True):
            code = our_refusal(signed)
            assert code or any(others), (SEED, signed, "we alone accept it")
            rows["accepted by all"] += not code and all(others)
            rows["refused by all"] += bool(code) and not any(others)
            found = [
                reason(signed, code, o)
                for o, yes in zip(OTHERS, others, strict=True)
                if yes is bool(code)
            ]
            assert None not in found, (SEED, signed, code, others)
            rows.update({str(row) for row in found})
    print(SEED, *rows.most_common(), sep="\n")
    assert rows["accepted by all"] > COUNT / 200
    assert set(rows) >= {*REFUSED.values(), *STRICTER, *ACCEPTED, PATTERNS}, (
        "a row that nothing shows"
    )


def test_all_accept_a_sound_message() -> None:
    text = sound_draft(Random(7), ADDRESS).text()  # noqa: S311
    signed = Signed(text, f"0x{sign(text).hex()}")
    assert (our_refusal(signed), ask([signed])) == ("", [Verdicts(True, True, True)])


def test_the_threat_model_has_a_row_for_each_reason() -> None:
    section = (
        THREAT_MODEL.read_text().partition("## Beside other verifiers")[2].partition("\n## ")[0]
    )
    rows = [line.split("|")[1].strip() for line in section.splitlines() if line.startswith("|")]
    assert sorted(rows[2:]) == sorted({*REFUSED.values(), *STRICTER, *ACCEPTED, PATTERNS})
