"""Runs tests/black_box on a target, in this process."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from verify.redaction import redacted
from verify.target import Target

ROOT = Path(__file__).resolve().parent.parent
SUITE = ROOT / "tests" / "black_box"


class Updates(Protocol):
    """Gives the target other parameters of the template, its users staying as they are."""

    keys: Mapping[str, str]
    """AlchemyApiKey and MoralisApiKey as the stand-ins take them."""

    def change(self, parameters: Mapping[str, str]) -> None:
        """Returns once the target has them. What is not named stays as it is."""
        ...


@dataclass(frozen=True)
class Given:
    target: Target
    updates: Updates | None = None


GIVEN = pytest.StashKey[Given]()
"""Where the suite finds its target; where there is none, it starts a local stack of its own."""

_FIXED = (
    *("-q", "-rs", "-p", "no:cacheprovider", "-p", "no:xdist", f"--rootdir={ROOT}"),
    # this process has loaded some of the packages that pytest's plugins would rewrite
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),
)


@dataclass(frozen=True)
class _Giving:
    given: Given

    def pytest_configure(self, config: pytest.Config) -> None:
        config.stash[GIVEN] = self.given

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """What a test that failed says may hold a token."""
        if report.failed:
            report.longrepr = redacted(report.longreprtext)
            report.sections = [(name, redacted(text)) for name, text in report.sections]


def run_suite(given: Given, words: Sequence[str] = ()) -> int:
    """pytest's exit status; `words` are more arguments of its. One test after the other."""
    os.environ.pop("PYTEST_ADDOPTS", None)
    return int(pytest.main([str(SUITE), *_FIXED, *words], plugins=[_Giving(given)]))
