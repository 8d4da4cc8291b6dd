"""Two EVMs, each with the test contracts at hand."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Mapping

import pytest

from tests.evm.anvil import Anvil
from tests.evm.chain import Chain
from tests.evm.py_evm import PyEvm
from tests.evm.world import World
from tests.npm_tools import ToolsMissingError


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


EVMS: Mapping[str, Callable[[], Chain]] = {"py-evm": PyEvm, "anvil": lambda: Anvil(free_port())}


@pytest.fixture(scope="session", params=EVMS)
def chain(request: pytest.FixtureRequest) -> Iterator[Chain]:
    """The same tests on py-evm and on anvil."""
    try:
        started = EVMS[request.param]()
    except ToolsMissingError as error:
        pytest.skip(f"no {request.param}: {error}")
    yield started
    started.close()


@pytest.fixture(scope="session")
def world(chain: Chain, contracts: Mapping[str, str]) -> World:
    return World(chain, contracts)
