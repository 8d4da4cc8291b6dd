"""What the lookups ask of a provider, in our words; each provider answers it in its own dialect."""

from dataclasses import dataclass
from typing import Protocol

from ethereum.chains import Chain
from nft.model import Block, ContractDetails, Nft
from nft.providers.page_request import PageRequest, Query
from runtime.deadline import Deadline


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An item of a page that names no token; `mark` is a digest of what it says instead."""

    mark: str


type Entry = Nft | Unreadable


@dataclass(frozen=True, slots=True)
class ProviderPage:
    """`entries` in the provider's order, all of them."""

    entries: tuple[Entry, ...]
    next_token: str | None
    total_count: int | None = None
    as_of: Block | None = None

    @property
    def items(self) -> tuple[Nft, ...]:
        return tuple(entry for entry in self.entries if isinstance(entry, Nft))


class NftProvider(Protocol):
    """Addresses are canonical; raises UpstreamError and ProviderKeyError, and nothing else."""

    def page(self, query: Query, page: PageRequest, deadline: Deadline) -> ProviderPage: ...

    def nft(self, chain: Chain, contract: str, token_id: str, deadline: Deadline) -> Nft: ...

    def contract(self, chain: Chain, contract: str, deadline: Deadline) -> ContractDetails: ...
