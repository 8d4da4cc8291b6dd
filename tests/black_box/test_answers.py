"""Answers as snapshots: the local stack's is kept here, and whatever differs from it is printed.

On AWS a difference fails nothing: AWS is right, and the local stack is to be mended.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from botocore.credentials import Credentials

from tests.black_box.interview import Interview
from tests.black_box.visitor import Visitor
from verify.snapshot import Snapshot, differences, entry_of, written
from verify.suite import ROOT
from verify.target import Target

KEPT = Path(__file__).parent / "snapshots" / "local.json"
RENEW = ".venv/bin/pytest tests/black_box/test_answers.py --renew-snapshot"
RECORDED = ROOT / "build" / "verify"


@pytest.mark.needs_stand_in
def test_every_answer_is_as_the_local_stacks_snapshot_says(
    client: Visitor,
    tokens: dict[str, str],
    guest: Credentials,
    target: Target,
    is_own: bool,
    note: Callable[[str], None],
    request: pytest.FixtureRequest,
) -> None:
    interview = Interview(client, tokens, guest)
    answers = list(interview.answers())
    found: Snapshot = {name: entry_of(answer, interview.secrets) for name, answer in answers}
    text = written(found)
    assert not [name for secret, name in interview.secrets.items() if secret in text]
    if is_own and request.config.getoption("--renew-snapshot", default=False):
        KEPT.write_text(text)
    lines = differences(found, json.loads(KEPT.read_text()))
    if is_own:
        assert lines == [], f"if it is meant, renew the snapshot: {RENEW}"
        return
    _record(target, text, lines, note)


def _record(target: Target, text: str, lines: list[str], note: Callable[[str], None]) -> None:
    RECORDED.mkdir(parents=True, exist_ok=True)
    file = RECORDED / f"{target.name}.json"
    file.write_text(text)
    note(f"{len(lines)} differences from the local stack; answers are in {file}")
    for line in lines:
        note(f"differs: {line}")
