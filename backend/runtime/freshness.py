"""May what is cached still be shown? Asked by the cache; the room `freshness` can say."""

from collections.abc import Collection
from typing import NewType, Protocol

Subject = NewType("Subject", str)
"""What an answer is about, such as a wallet or a token: see `freshness.subjects`."""


class Freshness(Protocol):
    def changed_since(self, subjects: Collection[Subject], asked_at: float) -> bool:
        """Whether any of them may have changed since `asked_at`, in Unix seconds."""


class NoChanges:
    """Freshness where nobody tells of changes: what is cached lives by its own short time."""

    def changed_since(self, subjects: Collection[Subject], asked_at: float) -> bool:
        return False


NO_CHANGES = NoChanges()
