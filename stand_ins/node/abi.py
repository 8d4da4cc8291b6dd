from collections.abc import Sequence

from eth_abi.abi import decode
from eth_abi.exceptions import DecodingError


def decoded(types: Sequence[str], data: bytes) -> tuple[object, ...] | None:
    """None where the data is no ABI encoding of these types."""
    try:
        values: tuple[object, ...] = decode(types, data)
    except (DecodingError, OverflowError):  # the second comes of a length beyond an index
        return None
    return values
