"""What is not a list: the chains, one token, one contract, the gate.

Addresses are canonical. An answer names its provider; a lookup raises NftError only.
"""

from collections.abc import Callable
from functools import partial

from ethereum.chains import CHAINS, Chain
from freshness.subjects import contract_subject, owner_subject, token_subject
from nft.errors import NotHolderError
from nft.failover.circuit_breaker import Question
from nft.gallery import FRESH_SECONDS, Gallery
from nft.model import ContractDetails, Nft, to_json
from nft.pictures import PictureChoice, with_pictures
from nft.providers.nft_provider import NftProvider
from nft.providers.page_request import OwnerNfts, PageRequest
from runtime.answer import Answer
from runtime.answer_cache import digest
from runtime.deadline import Deadline

CHAINS_FRESH_SECONDS = 300
"""The list changes with a deployment only."""

GATE_PAGE_SIZE = 10
"""One would do, were it not for items that nobody can read."""


def list_chains() -> Answer:
    chains = [
        {
            "chainId": chain.chain_id,
            "name": chain.name,
            "testnet": chain.testnet,
            "providers": chain.providers,
        }
        for chain in CHAINS.values()
    ]
    body = to_json({"chains": chains}).decode()
    return Answer(body, max_age=CHAINS_FRESH_SECONDS, is_public=True)


def find_nft(
    gallery: Gallery,
    chain: Chain,
    contract: str,
    token_id: str,
    *,
    image: PictureChoice = "link",
    deadline: Deadline,
) -> Answer:
    """A picture that cannot be had is data of the answer. Raises UpstreamNotFoundError."""

    def read(provider: NftProvider, deadline: Deadline) -> Nft:
        return provider.nft(chain, contract, token_id, deadline)

    about = partial(token_subject, chain.chain_id, contract, token_id)
    question = Question(digest("nft", chain.chain_id, contract, token_id), about)
    find = partial(_find, gallery, chain, question, read)
    return with_pictures(find, gallery.pictures.put_into_nft, image, deadline)


def find_contract(
    gallery: Gallery,
    chain: Chain,
    contract: str,
    *,
    image: PictureChoice = "link",
    deadline: Deadline,
) -> Answer:
    """As find_nft, with both pictures of the collection."""

    def read(provider: NftProvider, deadline: Deadline) -> ContractDetails:
        return provider.contract(chain, contract, deadline)

    about = partial(contract_subject, chain.chain_id, contract)
    question = Question(digest("contract", chain.chain_id, contract), about)
    find = partial(_find, gallery, chain, question, read)
    return with_pictures(find, gallery.pictures.put_into_contract, image, deadline)


def find_holding(
    gallery: Gallery, chain: Chain, owner: str, contract: str, *, deadline: Deadline
) -> Answer:
    """204 where a provider says now that `owner` holds a token of `contract`; never cached.

    "No" needs all providers that answer. Raises NotHolderError.
    """
    query = OwnerNfts(chain, owner, contract)
    about = partial(owner_subject, chain.chain_id, owner)
    question = Question(digest("gate", chain.chain_id, owner, contract), about)

    def ask(provider: str, deadline: Deadline) -> tuple[str, bool]:
        with gallery.failover.request(provider, deadline, for_wallet=True):
            few = PageRequest(token=None, size=GATE_PAGE_SIZE)
            page = gallery.providers[provider].page(query, few, deadline)
        return provider, any(_proves(item, query) for item in page.items)

    provider, is_holder = gallery.failover.first(
        chain.providers, question, ask, deadline=deadline, weak=lambda answer: not answer[1]
    )
    if not is_holder:
        raise NotHolderError("no provider knows a token of the contract")
    return Answer("", 204, provider, upstream_status=200)


def _proves(item: Nft, query: OwnerNfts) -> bool:
    """Of this contract and this owner, since a provider may ignore a filter, and at least one."""
    whose = (item.contract.address.lower(), (item.owner or "").lower())
    return whose == (query.contract, query.owner) and int(item.balance or 0) > 0


def _find(
    gallery: Gallery,
    chain: Chain,
    question: Question,
    read: Callable[[NftProvider, Deadline], Nft | ContractDetails],
    deadline: Deadline,
) -> Answer:
    def ask(provider: str, deadline: Deadline) -> Nft | ContractDetails:
        with gallery.failover.request(provider, deadline):
            return read(gallery.providers[provider], deadline)

    def look_up() -> Answer:
        document = gallery.failover.first(chain.providers, question, ask, deadline=deadline)
        body = to_json(document).decode()
        return Answer(body, provider=document.provider, upstream_status=200)

    return gallery.answers.answer(
        question.key, look_up, about=question.about, fresh_seconds=FRESH_SECONDS
    )
