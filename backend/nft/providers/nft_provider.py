"""What the lookups ask of a provider, in our words; each provider answers it in its own dialect."""

from dataclasses import dataclass
from typing import Protocol

from nft.chains import Chain
from nft.model import Block, ContractDetails, Nft


@dataclass(frozen=True, slots=True)
class PageRequest:
    """`token` is the provider's own, None for the first page; `size` is 1 to 100."""

    token: str | None
    size: int


@dataclass(frozen=True, slots=True)
class ProviderPage:
    items: tuple[Nft, ...]
    next_token: str | None
    total_count: int | None = None
    as_of: Block | None = None


class NftProvider(Protocol):
    """Addresses are canonical, `seconds` bounds the whole call; raises UpstreamError and
    ProviderKeyError, and nothing else."""

    def owned(
        self, chain: Chain, owner: str, contract: str | None, page: PageRequest, seconds: float
    ) -> ProviderPage: ...

    def of_contract(
        self, chain: Chain, contract: str, page: PageRequest, seconds: float
    ) -> ProviderPage: ...

    def nft(self, chain: Chain, contract: str, token_id: str, seconds: float) -> Nft: ...

    def contract(self, chain: Chain, contract: str, seconds: float) -> ContractDetails: ...
