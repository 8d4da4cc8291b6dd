"""Numbers as contracts have them, 0 to 2^256 - 1: token ids, amounts.

https://docs.soliditylang.org/en/latest/types.html#integers
"""

import re

UINT256_END = 2**256

_CANONICAL = re.compile(r"0|[1-9][0-9]{0,77}")
_DECIMAL = re.compile(r"[0-9]{1,78}")
_HEX = re.compile(r"0x[0-9a-fA-F]{1,64}")


def is_uint256(text: str) -> bool:
    """Whether `text` is a uint256 in decimal digits, without leading zeros."""
    return _CANONICAL.fullmatch(text) is not None and int(text) < UINT256_END


def parse_uint256(text: str) -> int | None:
    """The number from decimal digits, or from hex digits after 0x; None for anything else."""
    if _HEX.fullmatch(text):
        return int(text, 16)
    if _DECIMAL.fullmatch(text) and int(text) < UINT256_END:
        return int(text)
    return None
