"""clients/js has an entry for every error code that a client can see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from auth import errors
from tools.error_codes import error_codes

SOURCES = Path(__file__).resolve().parents[2] / "clients" / "js" / "src"


def shown_by_cognito(parent: type[errors.AuthError]) -> Iterator[str]:
    """Cognito shows a client the text of what these two raise, which is the code."""
    yield parent.code
    for child in parent.__subclasses__():
        yield from shown_by_cognito(child)


@pytest.mark.parametrize("parent", [errors.SignUpRefusedError, errors.TokenRefusedError])
def test_codes_that_cognito_shows_have_an_entry(parent: type[errors.AuthError]) -> None:
    entries = re.findall(r"^  (\w+): '", (SOURCES / "errors.ts").read_text(), re.MULTILINE)
    assert set(shown_by_cognito(parent)) <= set(entries)


def test_codes_of_the_api_have_an_entry() -> None:
    """`make docs` writes the list; the union of the client's codes is made of it."""
    text = (SOURCES / "generated.ts").read_text()
    listed = re.search(r"API_ERROR_CODES = \[(.*?)\]", text, re.DOTALL)
    assert listed
    assert re.findall(r'"(\w+)"', listed[1]) == [error.code for error in error_codes()]
