"""clients/js has an entry for every error code that a client can see."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from auth import errors
from ethereum.errors import CodedError
from tools.error_codes import error_codes

SOURCES = Path(__file__).resolve().parents[2] / "clients" / "js" / "src"


def codes_below(error: type[CodedError]) -> set[str]:
    """The codes of a class and of all that are made of it."""
    return {error.code}.union(*map(codes_below, error.__subclasses__()))


@pytest.mark.parametrize("parent", [errors.SignUpRefusedError, errors.TokenRefusedError])
def test_codes_that_cognito_shows_have_an_entry(parent: type[errors.AuthError]) -> None:
    """Cognito shows a client the text of what these two raise, which is the code."""
    entries = re.findall(r"^  (\w+): '", (SOURCES / "errors.ts").read_text(), re.MULTILINE)
    assert codes_below(parent) <= set(entries)


def test_codes_of_the_api_have_an_entry() -> None:
    """`make docs` writes the list; the union of the client's codes is made of it."""
    text = (SOURCES / "generated.ts").read_text()
    listed = re.search(r"API_ERROR_CODES = \[(.*?)\]", text, re.DOTALL)
    assert listed
    assert re.findall(r'"(\w+)"', listed[1]) == [error.code for error in error_codes()]
