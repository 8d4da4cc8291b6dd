"""Alchemy NFT API v3 as an NftProvider.

https://www.alchemy.com/docs/reference/nft-api-endpoints
Owner pages go on by `pageKey`; contract pages by `startToken`, a token id, which never expires.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from nft.chains import Chain
from nft.errors import UpstreamChainError, UpstreamNotFoundError
from nft.model import ContractDetails, Nft
from nft.providers import alchemy_mapping, reading
from nft.providers.alchemy import is_quota
from nft.providers.failures import failure
from nft.providers.http import Transport, UpstreamReply, UpstreamRequest
from nft.providers.keys import ProviderKey
from nft.providers.nft_provider import PageRequest, ProviderPage
from nft.providers.reading import Document, count, text
from runtime.settings import Secret

_NOT_ENABLED = (b"is not enabled for this app", b"EAPIs not enabled")


@dataclass(frozen=True)
class AlchemyNfts:
    """`base_url` holds `{network}`, such as https://{network}.g.alchemy.com/nft/v3."""

    base_url: str
    key: ProviderKey
    transport: Transport

    def owned(
        self, chain: Chain, owner: str, contract: str | None, page: PageRequest, seconds: float
    ) -> ProviderPage:
        params = {"owner": owner, "withMetadata": "true", "pageSize": str(page.size)}
        if contract is not None:
            params["contractAddresses[]"] = contract
        if page.token is not None:
            params["pageKey"] = page.token
        body = self._ask(chain, "getNFTsForOwner", params, seconds)
        return _page(body, "ownedNfts", chain=chain, owner=owner)

    def of_contract(
        self, chain: Chain, contract: str, page: PageRequest, seconds: float
    ) -> ProviderPage:
        params = {"contractAddress": contract, "withMetadata": "true", "limit": str(page.size)}
        if page.token is not None:
            params["startToken"] = page.token
        body = self._ask(chain, "getNFTsForContract", params, seconds)
        return _page(body, "nfts", chain=chain, owner=None)

    def nft(self, chain: Chain, contract: str, token_id: str, seconds: float) -> Nft:
        params = {"contractAddress": contract, "tokenId": token_id}
        body = self._ask(chain, "getNFTMetadata", params, seconds)
        nft = alchemy_mapping.nft(body, chain_id=chain.chain_id, owner=None)
        if nft.metadata_error is not None and nft.metadata_error.code in _NOT_THERE:
            raise UpstreamNotFoundError("the token does not exist", upstream_status=200)
        return nft

    def contract(self, chain: Chain, contract: str, seconds: float) -> ContractDetails:
        body = self._ask(chain, "getContractMetadata", {"contractAddress": contract}, seconds)
        if body.get("tokenType") == "NOT_A_CONTRACT":
            raise UpstreamNotFoundError("no contract there", upstream_status=200)
        reading.required(reading.address(body.get("address")), "a contract")
        return alchemy_mapping.contract_details(body, chain_id=chain.chain_id, address=contract)

    def _ask(
        self, chain: Chain, method: str, params: Mapping[str, str], seconds: float
    ) -> Document:
        base_url = self.base_url.replace("{network}", chain.alchemy)

        def send(key: Secret, seconds: float) -> Document:
            request = UpstreamRequest(
                url=f"{base_url}/{method}",
                params=params,
                secret_headers={"Authorization": Secret(f"Bearer {key.reveal()}")},
            )
            reply = self.transport(request, seconds)
            if reply.status != 200:
                raise _chain_failure(reply) or failure(reply, is_quota=is_quota)
            return reading.document_of(reply)

        return self.key.ask(send, seconds)


_NOT_THERE = frozenset({"token_not_found", "no_contract"})


def _chain_failure(reply: UpstreamReply) -> UpstreamChainError | None:
    if reply.status == 403 and any(words in reply.body[:4096] for words in _NOT_ENABLED):
        return UpstreamChainError("network not enabled for the app", upstream_status=403)
    return None


def _page(body: Document, name: str, *, chain: Chain, owner: str | None) -> ProviderPage:
    listed = reading.required_items(body, name)
    return ProviderPage(
        items=tuple(
            alchemy_mapping.nft(item, chain_id=chain.chain_id, owner=owner) for item in listed
        ),
        next_token=text(body.get("pageKey")),
        total_count=count(body.get("totalCount")),
        as_of=alchemy_mapping.as_of(body.get("validAt")),
    )
