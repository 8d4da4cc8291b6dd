"""20-byte account addresses: canonical lower case for comparing, EIP-55 for showing.

https://eips.ethereum.org/EIPS/eip-55
"""

import re
from typing import NewType

from ethereum.errors import AddressError

Address = NewType("Address", str)
"""`0x` and 40 lower-case hex digits."""

HEX_ADDRESS = "0x[0-9a-fA-F]{40}"
"""The pattern, for a grammar that has addresses in it."""

_HEX_ADDRESS = re.compile(HEX_ADDRESS)
_CANONICAL_ADDRESS = re.compile("0x[0-9a-f]{40}")


def is_hex_address(text: str) -> bool:
    """Whether `text` is `0x` and 40 hex digits, whatever checksum they make."""
    return _HEX_ADDRESS.fullmatch(text) is not None


def is_canonical_address(text: str) -> bool:
    """Whether `text` is exactly an `Address`: `0x` and 40 lower-case hex digits."""
    return _CANONICAL_ADDRESS.fullmatch(text) is not None


def begins_as_address(text: str) -> bool:
    """Whether `text` is an address, or goes on after one."""
    return _HEX_ADDRESS.match(text) is not None


def parse_address(text: str) -> Address:
    """Canonical form of `0x` + 40 hex digits; mixed case must carry the right EIP-55 checksum.

    Raises:
        AddressError: `text` is no address, or its checksum is wrong.
    """
    if not is_hex_address(text):
        raise AddressError("not 0x and 40 hex digits")
    digits = text[2:]
    address = Address("0x" + digits.lower())
    has_checksum = digits not in (digits.lower(), digits.upper())
    if has_checksum and to_checksum_address(address) != text:
        raise AddressError("wrong EIP-55 checksum")
    return address


def to_checksum_address(address: Address) -> str:
    """EIP-55 form: a letter is a capital where the keccak-256 of the digits has a nibble over 7."""
    # here, so that routes that only compare addresses load no keccak
    from sha3 import keccak_256  # type: ignore[import-untyped]

    digits = address[2:]
    nibbles = keccak_256(digits.encode("ascii")).hexdigest()
    return "0x" + "".join(
        digit.upper() if nibble > "7" else digit
        for digit, nibble in zip(digits, nibbles, strict=False)
    )
