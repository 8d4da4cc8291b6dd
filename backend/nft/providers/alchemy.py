"""Alchemy NFT API v3: its requests, and its failures as NftError.

https://www.alchemy.com/docs/reference/nft-api-endpoints
The key goes into the Authorization header, never into the URL:
https://www.alchemy.com/docs/how-to-use-api-keys-in-http-headers
Owner pages go on by `pageKey`; contract pages by `startToken`, a token id, which never expires.
"""

from collections.abc import Mapping

from ethereum.chains import Chain
from nft.errors import UpstreamChainError, UpstreamError
from nft.providers.client import ProviderClient
from nft.providers.failures import failure
from nft.providers.http import UpstreamReply
from nft.providers.page_request import OwnerNfts, PageRequest, Query
from runtime.cached_secret import Secret
from runtime.deadline import Deadline

_QUOTA_WORDS = "capacity limit exceeded"
_NOT_ENABLED = (b"is not enabled for this app", b"EAPIs not enabled")


class AlchemyClient(ProviderClient):
    """`base_url` holds `{network}`, such as https://{network}.g.alchemy.com/nft/v3."""

    def page(self, query: Query, page: PageRequest, deadline: Deadline) -> UpstreamReply:
        """{ownedNfts, totalCount, validAt, pageKey?}, or {nfts, pageKey?} of a contract."""
        if isinstance(query, OwnerNfts):
            params = {"owner": query.owner, "withMetadata": "true", "pageSize": str(page.size)}
            if query.contract is not None:
                params["contractAddresses[]"] = query.contract
            method, token = "getNFTsForOwner", "pageKey"
        else:
            params = {"contractAddress": query.contract, "withMetadata": "true"}
            params["limit"] = str(page.size)
            method, token = "getNFTsForContract", "startToken"
        if page.token is not None:
            params[token] = page.token
        return self.get(self._url(query.chain, method), params, deadline)

    def nft(self, chain: Chain, contract: str, token_id: str, deadline: Deadline) -> UpstreamReply:
        params = {"contractAddress": contract, "tokenId": token_id}
        return self.get(self._url(chain, "getNFTMetadata"), params, deadline)

    def contract(self, chain: Chain, contract: str, deadline: Deadline) -> UpstreamReply:
        params = {"contractAddress": contract}
        return self.get(self._url(chain, "getContractMetadata"), params, deadline)

    def headers(self, key: Secret) -> Mapping[str, Secret]:
        return {"Authorization": Secret(f"Bearer {key.reveal()}")}

    def failure(self, reply: UpstreamReply) -> UpstreamError:
        if reply.status == 403 and any(words in reply.body[:4096] for words in _NOT_ENABLED):
            return UpstreamChainError("network not enabled for the app", upstream_status=403)
        return failure(reply, is_quota=_is_quota)

    def _url(self, chain: Chain, method: str) -> str:
        return f"{self.base_url.replace('{network}', chain.alchemy)}/{method}"


def _is_quota(status: int, text: str) -> bool:
    return status == 403 and _QUOTA_WORDS in text.lower()
