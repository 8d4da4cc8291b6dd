"""Writes backend/ethereum/contract_wallet_validator.py from what compile.mjs prints.

node compile.mjs FOLDER ContractWalletValidator.sol | python generate.py > MODULE
"""

from __future__ import annotations

import json
import sys

_HEAD = '''"""Creation code of tests/evm/contracts/ContractWalletValidator.sol; it returns one byte.

Generated; tests/evm/test_validator_code.py compiles it again.
"""

CREATION_CODE = bytes.fromhex(
'''
_DIGITS_PER_LINE = 92


def module_text(creation_code: str) -> str:
    """The generated module, from the hex digits of the creation code."""
    starts = range(0, len(creation_code), _DIGITS_PER_LINE)
    lines = (f'    "{creation_code[start : start + _DIGITS_PER_LINE]}"\n' for start in starts)
    return f"{_HEAD}{''.join(lines)})\n"


if __name__ == "__main__":
    sys.stdout.write(module_text(json.load(sys.stdin)["ContractWalletValidator"]))
