"""What each route asks, over both providers: chains, contracts, tokens, owners, the gate.

Inputs are checked before (nft.parameters); addresses are canonical. Every lookup has `deadline`
on the gallery's clock, names its provider in the answer, and raises NftError only.
"""

from collections.abc import Callable
from dataclasses import replace

from freshness.subjects import Subject, contract_subject, owner_subject, token_subject
from nft.chains import CHAINS, Chain
from nft.errors import NotHolderError
from nft.gallery import FRESH_SECONDS, Gallery, answer_of, kept
from nft.json_text import json_text
from nft.model import ContractDetails, Nft
from nft.paging.cursor_token import binding
from nft.paging.listing import Listing, SpamChoice, list_page
from nft.providers.nft_provider import NftProvider, PageRequest, ProviderPage
from runtime.answer import Answer

CHAINS_FRESH_SECONDS = 300
"""The list changes with a deployment only."""


def list_chains() -> Answer:
    chains = [
        {
            "chainId": chain.chain_id,
            "name": chain.name,
            "testnet": chain.testnet,
            "providers": list(chain.providers),
        }
        for chain in CHAINS.values()
    ]
    body = json_text({"chains": chains})
    return Answer(body, max_age=CHAINS_FRESH_SECONDS, is_public=True)


def list_owner_nfts(
    gallery: Gallery,
    chain: Chain,
    owner: str,
    *,
    route: str,
    contract: str | None,
    spam: SpamChoice,
    limit: int,
    cursor: str | None,
    deadline: float,
    fresh_seconds: int = FRESH_SECONDS,
) -> Answer:
    """`route` tells /me from /owners: a cursor of one is not good for the other."""

    def read(provider: NftProvider, page: PageRequest, seconds: float) -> ProviderPage:
        found = provider.owned(chain, owner, contract, page, seconds)
        return found if contract is None else _of_contract_only(found, contract)

    listing = Listing(
        route,
        chain,
        (owner, contract),
        read,
        limit,
        about=owner_subject(chain.chain_id, owner),
        spam=spam,
        fresh_seconds=fresh_seconds,
    )
    return list_page(gallery, listing, cursor, deadline)


def list_contract_nfts(
    gallery: Gallery,
    chain: Chain,
    contract: str,
    *,
    limit: int,
    cursor: str | None,
    deadline: float,
) -> Answer:
    def read(provider: NftProvider, page: PageRequest, seconds: float) -> ProviderPage:
        return provider.of_contract(chain, contract, page, seconds)

    about = contract_subject(chain.chain_id, contract)
    listing = Listing("contract_nfts", chain, (contract,), read, limit, about)
    return list_page(gallery, listing, cursor, deadline)


def find_nft(
    gallery: Gallery, chain: Chain, contract: str, token_id: str, *, deadline: float
) -> Answer:
    """Raises UpstreamNotFoundError."""
    key = binding("nft", chain.chain_id, contract, token_id)
    return _find(
        gallery,
        chain,
        key,
        lambda provider, seconds: provider.nft(chain, contract, token_id, seconds),
        deadline,
        about=token_subject(chain.chain_id, contract, token_id),
    )


def find_contract(gallery: Gallery, chain: Chain, contract: str, *, deadline: float) -> Answer:
    """Raises UpstreamNotFoundError."""
    key = binding("contract", chain.chain_id, contract)
    return _find(
        gallery,
        chain,
        key,
        lambda provider, seconds: provider.contract(chain, contract, seconds),
        deadline,
        about=contract_subject(chain.chain_id, contract),
    )


def hold_token(
    gallery: Gallery, chain: Chain, owner: str, contract: str, *, deadline: float
) -> Answer:
    """204 where a provider says now that `owner` holds a token of `contract`, never from memory.

    "No" needs all providers that answer. Raises NotHolderError.
    """

    def ask(provider: str, until: float) -> Answer | None:
        def send(seconds: float) -> ProviderPage:
            page = PageRequest(token=None, size=1)
            return gallery.providers[provider].owned(chain, owner, contract, page, seconds)

        items = gallery.failover.call(provider, send, until).items
        return Answer("", 204, provider, upstream_status=200) if _holds(items, contract) else None

    held = gallery.failover.first(
        chain.providers,
        lambda provider, until: (ask(provider, until),),
        deadline=deadline,
        weak=lambda answer: answer == (None,),
    )[0]
    if held is None:
        raise NotHolderError("no provider knows a token of the contract")
    return held


def _holds(items: tuple[Nft, ...], contract: str) -> bool:
    """A provider that ignores the filter proves nothing."""
    return any(item.contract.address.lower() == contract and item.balance != "0" for item in items)


def _of_contract_only(page: ProviderPage, contract: str) -> ProviderPage:
    chosen = tuple(item for item in page.items if item.contract.address.lower() == contract)
    return replace(page, items=chosen)


def _find(
    gallery: Gallery,
    chain: Chain,
    key: str,
    read: Callable[[NftProvider, float], Nft | ContractDetails],
    deadline: float,
    *,
    about: Subject,
) -> Answer:
    def ask(provider: str, until: float) -> Nft | ContractDetails:
        return gallery.failover.call(
            provider, lambda seconds: read(gallery.providers[provider], seconds), until
        )

    def first() -> Answer:
        found = gallery.failover.first(
            chain.providers, ask, deadline=deadline, weak=lambda _: False
        )
        return answer_of(found)

    return kept(gallery, key, first, about={about})
