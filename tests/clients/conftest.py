"""Which clients the contract suite runs through, and the local stack behind them all."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator

import pytest

from tests.clients.driver import Driver, over_lines
from tests.clients.python_driver import PythonDriver
from tests.e2e.conftest import ROOT, RunningStack, start_stack
from tests.e2e.test_amplify import NODE
from tools.node_packages import client

type OpenDriver = Callable[[str, str], Driver]
"""(site, origin) -> a device of its own."""


def python_over_lines(site: str, origin: str) -> Driver:
    folders = (ROOT, ROOT / "clients" / "python" / "src")
    path = f"PYTHONPATH={os.pathsep.join(map(str, folders))}"
    command = ("env", path, sys.executable, "-m", "tests.clients.python_driver")
    return over_lines(command, site, origin)


def javascript(kind: str) -> OpenDriver:
    """A way into nft-gallery-client: a row of js_kinds.mjs."""
    script = str(ROOT / "tests" / "clients" / "driver.mjs")

    def open_one(site: str, origin: str) -> Driver:
        client()
        return over_lines((NODE, script, kind), site, origin)

    return open_one


DRIVERS: dict[str, OpenDriver] = {
    "python": PythonDriver,
    "javascript": javascript("core"),
    "javascript with Amplify": javascript("amplify"),
    "javascript with React": javascript("react"),
}


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    running = start_stack(tmp_path_factory.mktemp("clients"))
    yield running
    running.stop()


@pytest.fixture(params=DRIVERS)
def open_device(
    request: pytest.FixtureRequest, stack: RunningStack
) -> Iterator[Callable[..., Driver]]:
    """Another device each time it is called, at the site's own origin unless one is given."""
    opened: list[Driver] = []

    def open_one(origin: str | None = None) -> Driver:
        opened.append(DRIVERS[request.param](stack.site, origin or stack.site))
        return opened[-1]

    yield open_one
    for driver in opened:
        driver.close()


@pytest.fixture
def device(open_device: Callable[..., Driver]) -> Driver:
    return open_device()
