"""What the lookups ask of a provider, in our words; each provider answers it in its own dialect."""

from dataclasses import dataclass
from typing import Protocol

from ethereum.chains import Chain
from nft.model import Block, ContractDetails, Nft
from nft.providers.page_request import PageRequest, Query
from runtime.deadline import Deadline


@dataclass(frozen=True, slots=True)
class ProviderPage:
    items: tuple[Nft, ...]
    next_token: str | None
    total_count: int | None = None
    as_of: Block | None = None


class NftProvider(Protocol):
    """Addresses are canonical; raises UpstreamError and ProviderKeyError, and nothing else."""

    def page(self, query: Query, page: PageRequest, deadline: Deadline) -> ProviderPage: ...

    def nft(self, chain: Chain, contract: str, token_id: str, deadline: Deadline) -> Nft: ...

    def contract(self, chain: Chain, contract: str, deadline: Deadline) -> ContractDetails: ...
