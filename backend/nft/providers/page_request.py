"""Which page of a list a provider is asked for."""

from typing import NamedTuple


class PageRequest(NamedTuple):
    """`token` is the provider's own, None for the first page; `size` is 1 to 100."""

    token: str | None
    size: int
