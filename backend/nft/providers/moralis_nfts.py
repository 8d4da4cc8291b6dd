"""Moralis Web3 Data API v2.2 as an NftProvider.

https://docs.moralis.com/web3-data-api/evm/reference/nft-api
A cursor carries its query, so `limit` goes with the first page only.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from nft.chains import Chain
from nft.model import ContractDetails, Nft
from nft.providers import moralis_mapping, reading
from nft.providers.failures import failure
from nft.providers.http import Transport, UpstreamRequest
from nft.providers.keys import ProviderKey
from nft.providers.moralis import is_quota
from nft.providers.nft_provider import PageRequest, ProviderPage
from nft.providers.reading import Document, text
from runtime.settings import Secret

_READING = {"format": "decimal", "normalizeMetadata": "true", "media_items": "true"}


@dataclass(frozen=True)
class MoralisNfts:
    """`base_url` ends in /api/v2.2."""

    base_url: str
    key: ProviderKey
    transport: Transport

    def owned(
        self, chain: Chain, owner: str, contract: str | None, page: PageRequest, seconds: float
    ) -> ProviderPage:
        chosen = {} if contract is None else {"token_addresses[]": contract}
        params = {**_READING, **chosen, **_place(page)}
        return _page(self._ask(chain, f"{owner}/nft", params, seconds), chain=chain, owner=owner)

    def of_contract(
        self, chain: Chain, contract: str, page: PageRequest, seconds: float
    ) -> ProviderPage:
        params = {**_READING, **_place(page)}
        body = self._ask(chain, f"nft/{contract}", params, seconds)
        return _page(body, chain=chain, owner=None)

    def nft(self, chain: Chain, contract: str, token_id: str, seconds: float) -> Nft:
        body = self._ask(chain, f"nft/{contract}/{token_id}", _READING, seconds)
        return moralis_mapping.nft(body, chain_id=chain.chain_id, owner=None)

    def contract(self, chain: Chain, contract: str, seconds: float) -> ContractDetails:
        body = self._ask(chain, f"nft/{contract}/metadata", {}, seconds)
        reading.required(reading.address(body.get("token_address")), "a contract")
        return moralis_mapping.contract_details(body, chain_id=chain.chain_id, address=contract)

    def _ask(self, chain: Chain, path: str, params: Mapping[str, str], seconds: float) -> Document:
        def send(key: Secret, seconds: float) -> Document:
            request = UpstreamRequest(
                url=f"{self.base_url}/{path}",
                params={"chain": chain.moralis, **params},
                secret_headers={"X-API-Key": key},
            )
            reply = self.transport(request, seconds)
            if reply.status != 200:
                raise failure(reply, is_quota=is_quota)
            return reading.document_of(reply)

        return self.key.ask(send, seconds)


def _place(page: PageRequest) -> dict[str, str]:
    return {"limit": str(page.size)} if page.token is None else {"cursor": page.token}


def _page(body: Document, *, chain: Chain, owner: str | None) -> ProviderPage:
    syncing = body.get("status") == "SYNCING"
    listed = reading.required_items(body, "result")
    return ProviderPage(
        items=tuple(
            moralis_mapping.nft(item, chain_id=chain.chain_id, owner=owner, syncing=syncing)
            for item in listed
        ),
        next_token=text(body.get("cursor")),
    )
