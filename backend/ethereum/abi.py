"""The ABI of contracts, as far as it is used here: read where asked, never beyond a bound.

What a stranger's contract sends may point from many places to one long value, so that decoding it
whole takes the square or the cube of its size. Here nothing is decoded but what is asked for, and
each count and size is compared with a limit of the caller's before anything is copied.

https://docs.soliditylang.org/en/latest/abi-spec.html
"""

from typing import NamedTuple, Self

from ethereum.address import Address
from ethereum.errors import AbiError

_WORD = 32
_ADDRESS_BYTES = 20


class AbiTuple(NamedTuple):
    """Values one after the other, a word each, from `start` on; a long one lies where it points.

    All methods raise AbiError for what is not there, or is larger than it may be.
    """

    data: bytes
    start: int = 0

    def word_at(self, slot: int) -> bytes:
        """The 32 bytes of value number `slot`."""
        return self._read(self.start + slot * _WORD, _WORD)

    def address_at(self, slot: int) -> Address:
        """Value number `slot`, an `address`."""
        word = self.word_at(slot)
        if any(word[:-_ADDRESS_BYTES]):
            raise AbiError("no address")
        return Address("0x" + word[-_ADDRESS_BYTES:].hex())

    def bytes_at(self, slot: int, *, at_most: int) -> bytes:
        """Value number `slot`, a `bytes` or `string` of `at_most` bytes."""
        start = self.tuple_at(slot).start
        return self._read(start + _WORD, self._size_at(start, at_most))

    def array_at(self, slot: int, *, at_most: int) -> tuple[int, Self]:
        """Value number `slot`, an array: its count, and its elements as the values of a tuple."""
        start = self.tuple_at(slot).start
        return self._size_at(start, at_most), self._replace(start=start + _WORD)

    def tuple_at(self, slot: int) -> Self:
        """The tuple that value number `slot` points to."""
        return self._replace(start=self.start + int.from_bytes(self.word_at(slot)))

    def _size_at(self, start: int, at_most: int) -> int:
        size = int.from_bytes(self._read(start, _WORD))
        if size > at_most:
            raise AbiError("a value that is too large")
        return size

    def _read(self, start: int, size: int) -> bytes:
        value = self.data[start : start + size]
        if len(value) < size:
            raise AbiError("a value that is cut off")
        return value


def encode_bytes(*values: bytes) -> bytes:
    """abi.encode(bytes, bytes, ...)"""
    heads, tails = b"", b""
    for value in values:
        heads += (len(values) * _WORD + len(tails)).to_bytes(_WORD)
        tails += len(value).to_bytes(_WORD) + value + bytes(-len(value) % _WORD)
    return heads + tails
