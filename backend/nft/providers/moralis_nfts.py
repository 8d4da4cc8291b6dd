"""Moralis as an NftProvider."""

from dataclasses import dataclass

from ethereum.chains import Chain
from ethereum.untrusted_json import text
from nft.model import ContractDetails, Nft
from nft.providers import moralis_mapping, reading
from nft.providers.moralis import MoralisClient
from nft.providers.nft_provider import ProviderPage
from nft.providers.page_request import PageRequest
from nft.providers.reading import Document, document_of
from runtime.deadline import Deadline


@dataclass(frozen=True)
class MoralisNfts:
    client: MoralisClient

    def owned(
        self, chain: Chain, owner: str, contract: str | None, page: PageRequest, deadline: Deadline
    ) -> ProviderPage:
        body = document_of(self.client.owned(chain, owner, contract, page, deadline))
        return _page(body, chain=chain, owner=owner)

    def of_contract(
        self, chain: Chain, contract: str, page: PageRequest, deadline: Deadline
    ) -> ProviderPage:
        body = document_of(self.client.of_contract(chain, contract, page, deadline))
        return _page(body, chain=chain, owner=None)

    def nft(self, chain: Chain, contract: str, token_id: str, deadline: Deadline) -> Nft:
        body = document_of(self.client.nft(chain, contract, token_id, deadline))
        return moralis_mapping.nft(body, chain_id=chain.chain_id, owner=None)

    def contract(self, chain: Chain, contract: str, deadline: Deadline) -> ContractDetails:
        body = document_of(self.client.contract(chain, contract, deadline))
        reading.required(reading.address(body.get("token_address")), "a contract")
        return moralis_mapping.contract_details(body, chain_id=chain.chain_id, address=contract)


def _page(body: Document, *, chain: Chain, owner: str | None) -> ProviderPage:
    syncing = body.get("status") == "SYNCING"
    items = [
        moralis_mapping.nft(item, chain_id=chain.chain_id, owner=owner, syncing=syncing)
        for item in reading.required_items(body, "result")
    ]
    return ProviderPage(items=tuple(items), next_token=text(body.get("cursor")))
