"""What tests of several kinds stand on."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.evm.tooling import ToolsMissingError, compiled_contracts


@pytest.fixture(scope="session")
def contracts() -> Mapping[str, str]:
    """Creation code in hex, by contract of tests/evm/contracts."""
    try:
        return compiled_contracts()
    except ToolsMissingError as error:
        pytest.skip(f"no Solidity compiler: {error}")
