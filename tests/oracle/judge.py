"""A plugin of pytest: what ministack gets wrong must fail, just so, and nothing else may.

An expected failure that passes is red, and so is one that fails in another way than was written
down, or that no test is called by.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable
from dataclasses import dataclass

import pytest

from tests.oracle.deviations import DEVIATIONS


class UnknownTestsError(Exception):
    """The suite has renamed or dropped a test that ministack fails."""


@dataclass(frozen=True)
class Expected:
    reason: str
    seen: str

    def is_seen_in(self, message: str) -> bool:
        return re.search(self.seen, message) is not None


def expected_failures(names: Iterable[str]) -> dict[str, Expected]:
    """By the name of a test that there is. Raises UnknownTestsError for names that none has."""
    there = list(names)
    found: dict[str, Expected] = {}
    unknown: list[str] = []
    for deviation in DEVIATIONS:
        for wanted, seen in deviation.tests.items():
            matching = [name for name in there if wanted in (name, name.partition("[")[0])]
            found |= dict.fromkeys(matching, Expected(deviation.reason, seen))
            unknown += [] if matching else [wanted]
    if unknown:
        raise UnknownTestsError(f"no test is called {', '.join(unknown)}: see deviations.py")
    return found


_EXPECTED = pytest.StashKey[Expected]()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    by_name = {f"{item.path.name}::{item.name}": item for item in items}
    try:
        expected = expected_failures(by_name)
    except UnknownTestsError as error:
        raise pytest.UsageError(str(error)) from error
    for name, each in expected.items():
        by_name[name].stash[_EXPECTED] = each
        by_name[name].add_marker(pytest.mark.xfail(reason=each.reason, strict=True))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    expected = item.stash.get(_EXPECTED, None)
    if expected is None or not hasattr(report, "wasxfail") or call.excinfo is None:
        return report
    if not expected.is_seen_in(str(call.excinfo.value)):
        report.outcome = "failed"
        report.longrepr = f"expected to see {expected.seen!r}, but:\n{report.longreprtext}"
        del report.wasxfail
    return report
