"""The list of faults that nobody could notice: each of code that is there, each with a reason."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from tests.contract.conftest import ROOT

LIST = ROOT / "tests" / "equivalent_mutants.toml"
ENTRIES: list[dict[str, Any]] = tomllib.loads(LIST.read_text())["equivalent"]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["was"])
def test_an_equivalent_mutant_is_of_code_that_is_there(entry: dict[str, Any]) -> None:
    lines = [line.strip() for line in (ROOT / entry["file"]).read_text().splitlines()]
    assert entry["was"] in lines
    assert entry["was"] not in entry["becomes"]
    assert entry["why"]
