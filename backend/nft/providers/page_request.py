"""What a provider is asked for: a list, and which page of it."""

from typing import NamedTuple

from ethereum.chains import Chain


class OwnerNfts(NamedTuple):
    """A wallet's tokens, of one contract where there is one. Addresses are canonical."""

    chain: Chain
    owner: str
    contract: str | None = None


class ContractNfts(NamedTuple):
    """A contract's tokens; `contract` is canonical."""

    chain: Chain
    contract: str


type Query = OwnerNfts | ContractNfts


class PageRequest(NamedTuple):
    """`token` is the provider's own, None for the first page; `size` is 1 to 100."""

    token: str | None
    size: int
