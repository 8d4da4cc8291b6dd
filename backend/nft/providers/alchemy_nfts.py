"""Alchemy as an NftProvider."""

from dataclasses import dataclass

from ethereum.chains import Chain
from ethereum.untrusted_json import text
from nft.errors import UpstreamNotFoundError
from nft.model import ContractDetails, Nft
from nft.providers import alchemy_mapping, reading
from nft.providers.alchemy import AlchemyClient
from nft.providers.nft_provider import ProviderPage
from nft.providers.page_request import PageRequest
from nft.providers.reading import Document, count, document_of
from runtime.deadline import Deadline

_NOT_THERE = frozenset({"token_not_found", "no_contract"})


@dataclass(frozen=True)
class AlchemyNfts:
    client: AlchemyClient

    def owned(
        self, chain: Chain, owner: str, contract: str | None, page: PageRequest, deadline: Deadline
    ) -> ProviderPage:
        body = document_of(self.client.owned(chain, owner, contract, page, deadline))
        return _page(body, "ownedNfts", chain=chain, owner=owner)

    def of_contract(
        self, chain: Chain, contract: str, page: PageRequest, deadline: Deadline
    ) -> ProviderPage:
        body = document_of(self.client.of_contract(chain, contract, page, deadline))
        return _page(body, "nfts", chain=chain, owner=None)

    def nft(self, chain: Chain, contract: str, token_id: str, deadline: Deadline) -> Nft:
        body = document_of(self.client.nft(chain, contract, token_id, deadline))
        nft = alchemy_mapping.nft(body, chain_id=chain.chain_id, owner=None)
        if nft.metadata_error is not None and nft.metadata_error.code in _NOT_THERE:
            raise UpstreamNotFoundError("the token does not exist", upstream_status=200)
        return nft

    def contract(self, chain: Chain, contract: str, deadline: Deadline) -> ContractDetails:
        body = document_of(self.client.contract(chain, contract, deadline))
        if body.get("tokenType") == "NOT_A_CONTRACT":
            raise UpstreamNotFoundError("no contract there", upstream_status=200)
        reading.required(reading.address(body.get("address")), "a contract")
        return alchemy_mapping.contract_details(body, chain_id=chain.chain_id, address=contract)


def _page(body: Document, name: str, *, chain: Chain, owner: str | None) -> ProviderPage:
    items = [
        alchemy_mapping.nft(item, chain_id=chain.chain_id, owner=owner)
        for item in reading.required_items(body, name)
    ]
    return ProviderPage(
        items=tuple(items),
        next_token=text(body.get("pageKey")),
        total_count=count(body.get("totalCount")),
        as_of=alchemy_mapping.as_of(body.get("validAt")),
    )
