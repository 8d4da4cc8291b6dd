"""Choices that look random and are always the same for the same seed."""

import hashlib
from collections.abc import Sequence


class Dice:
    def __init__(self, seed: str) -> None:
        self._state = hashlib.sha256(seed.encode()).digest()

    def number(self, low: int, high: int) -> int:
        """From `low` to `high`, both included."""
        self._state = hashlib.sha256(self._state).digest()
        return low + int.from_bytes(self._state[:8]) % (high - low + 1)

    def pick[T](self, options: Sequence[T]) -> T:
        return options[self.number(0, len(options) - 1)]
