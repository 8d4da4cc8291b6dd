"""What tests of several kinds stand on."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, settings

from tests.evm.tooling import compiled_contracts
from tests.npm_tools import ToolsMissingError

# both limits are of time, which on a busy machine says nothing about the code
settings.register_profile(
    "busy machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
# the same examples for each fault of `make mutants`, and nothing remembered from one to the next
settings.register_profile("mutants", settings.get_profile("busy machine"), derandomize=True)
settings.load_profile("busy machine")


@pytest.fixture(scope="session")
def contracts() -> Mapping[str, str]:
    """Creation code in hex, by contract of tests/evm/contracts."""
    try:
        return compiled_contracts()
    except ToolsMissingError as error:
        pytest.skip(f"no Solidity compiler: {error}")
