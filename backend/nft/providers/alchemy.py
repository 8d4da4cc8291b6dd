"""Alchemy NFT API v3: its requests, and its failures as NftError.

https://www.alchemy.com/docs/reference/nft-api-endpoints
The key goes into the Authorization header, never into the URL:
https://www.alchemy.com/docs/how-to-use-api-keys-in-http-headers
Owner pages go on by `pageKey`; contract pages by `startToken`, a token id, which never expires.
"""

from collections.abc import Mapping

from ethereum.chains import Chain
from nft.errors import UpstreamChainError, UpstreamError
from nft.providers.failures import failure
from nft.providers.http import UpstreamReply, UpstreamRequest
from nft.providers.page_request import PageRequest
from nft.providers.provider_client import ProviderClient
from runtime.cached_secret import Secret
from runtime.deadline import Deadline

_QUOTA_WORDS = "capacity limit exceeded"
_NOT_ENABLED = (b"is not enabled for this app", b"EAPIs not enabled")


class AlchemyClient(ProviderClient):
    """`base_url` holds `{network}`, such as https://{network}.g.alchemy.com/nft/v3."""

    def owned(
        self, chain: Chain, owner: str, contract: str | None, page: PageRequest, deadline: Deadline
    ) -> UpstreamReply:
        """{ownedNfts, totalCount, validAt, pageKey?}"""
        params = {"owner": owner, "withMetadata": "true", "pageSize": str(page.size)}
        if contract is not None:
            params["contractAddresses[]"] = contract
        if page.token is not None:
            params["pageKey"] = page.token
        return self._get(chain, "getNFTsForOwner", params, deadline)

    def of_contract(
        self, chain: Chain, contract: str, page: PageRequest, deadline: Deadline
    ) -> UpstreamReply:
        """{nfts, pageKey?}"""
        params = {"contractAddress": contract, "withMetadata": "true", "limit": str(page.size)}
        if page.token is not None:
            params["startToken"] = page.token
        return self._get(chain, "getNFTsForContract", params, deadline)

    def nft(self, chain: Chain, contract: str, token_id: str, deadline: Deadline) -> UpstreamReply:
        params = {"contractAddress": contract, "tokenId": token_id}
        return self._get(chain, "getNFTMetadata", params, deadline)

    def contract(self, chain: Chain, contract: str, deadline: Deadline) -> UpstreamReply:
        return self._get(chain, "getContractMetadata", {"contractAddress": contract}, deadline)

    def _get(
        self, chain: Chain, method: str, params: Mapping[str, str], deadline: Deadline
    ) -> UpstreamReply:
        url = f"{self.base_url.replace('{network}', chain.alchemy)}/{method}"

        def request_with(key: Secret) -> UpstreamRequest:
            headers = {"Authorization": Secret(f"Bearer {key.reveal()}")}
            return UpstreamRequest(url, params, headers)

        return self._send(request_with, deadline, failure_of=_failure)


def _failure(reply: UpstreamReply) -> UpstreamError:
    if reply.status == 403 and any(words in reply.body[:4096] for words in _NOT_ENABLED):
        return UpstreamChainError("network not enabled for the app", upstream_status=403)
    return failure(reply, is_quota=_is_quota)


def _is_quota(status: int, text: str) -> bool:
    return status == 403 and _QUOTA_WORDS in text.lower()
