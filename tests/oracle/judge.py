"""A plugin of pytest: what ministack gets wrong must fail, just so, and nothing else may.

An expected failure that passes is red, and so is one that fails in another way than was written
down, or that no test is called by.
"""

from __future__ import annotations

from collections.abc import Generator

import pytest

from tests.oracle.deviations import Expected, UnknownTestsError, expected_failures

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
