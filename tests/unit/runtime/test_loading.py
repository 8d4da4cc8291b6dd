"""Packages are loaded without the collector, which goes on as it was."""

import gc
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from runtime.loading import load

SEEN = "import gc, sys; sys.collector_was_on = gc.isenabled(); {}"


@pytest.fixture(autouse=True)
def thawed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.syspath_prepend(str(tmp_path))
    gc.unfreeze()  # of a handler that another test imported
    yield
    gc.unfreeze()
    gc.enable()
    sys.modules.pop("a_large_package", None)


def test_nothing_is_collected_meanwhile_and_what_is_there_is_frozen(tmp_path: Path) -> None:
    (tmp_path / "a_large_package.py").write_text(SEEN.format(""))
    load("a_large_package")
    assert not vars(sys)["collector_was_on"]
    assert gc.isenabled()
    assert gc.get_freeze_count() > 1000


def test_a_package_that_is_there_costs_nothing() -> None:
    load("json")
    assert gc.get_freeze_count() < 1000


def test_the_collector_goes_on_where_the_package_fails(tmp_path: Path) -> None:
    (tmp_path / "a_large_package.py").write_text(SEEN.format("raise OSError('broken')"))
    with pytest.raises(OSError, match="broken"):
        load("a_large_package")
    assert gc.isenabled()


def test_the_collector_stays_off_where_it_was_off(tmp_path: Path) -> None:
    (tmp_path / "a_large_package.py").write_text("")
    gc.disable()
    load("a_large_package")
    assert not gc.isenabled()
