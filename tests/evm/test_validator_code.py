"""The committed validator is the committed source."""

from __future__ import annotations

from collections.abc import Mapping

from ethereum.contract_wallet_validator import CREATION_CODE
from tests.evm.contracts.generate import module_text
from tests.npm_tools import ROOT


def test_the_committed_bytes_are_what_solc_makes_of_the_committed_source(
    contracts: Mapping[str, str],
) -> None:
    assert contracts["ContractWalletValidator"] == CREATION_CODE.hex()


def test_the_module_is_as_generated() -> None:
    module = ROOT / "backend" / "ethereum" / "contract_wallet_validator.py"
    assert module.read_text() == module_text(CREATION_CODE.hex())
