"""Moralis Web3 Data API v2.2: its requests, and its failures as NftError.

https://docs.moralis.com/web3-data-api/evm/reference/nft-api
A cursor carries its query, so `limit` goes with the first page only. An exhausted plan arrives as
401 there, told apart by its words only.
"""

import re
from collections.abc import Mapping

from ethereum.chains import Chain
from nft.errors import UpstreamError
from nft.providers.client import ProviderClient
from nft.providers.failures import failure
from nft.providers.http import UpstreamReply
from nft.providers.page_request import OwnerNfts, PageRequest, Query
from runtime.cached_secret import Secret
from runtime.deadline import Deadline

_READING = {"format": "decimal", "normalizeMetadata": "true", "media_items": "true"}
_QUOTA_WORDS = re.compile(r"Validation service blocked|usage has been consumed", re.IGNORECASE)


class MoralisClient(ProviderClient):
    """`base_url` ends in /api/v2.2."""

    def page(self, query: Query, page: PageRequest, deadline: Deadline) -> UpstreamReply:
        """{status, page, page_size, cursor, result}"""
        params = {**_READING, **_place(page)}
        if isinstance(query, OwnerNfts):
            path = f"{query.owner}/nft"
            if query.contract is not None:
                params["token_addresses[]"] = query.contract
        else:
            path = f"nft/{query.contract}"
        return self._get(query.chain, path, params, deadline)

    def nft(self, chain: Chain, contract: str, token_id: str, deadline: Deadline) -> UpstreamReply:
        return self._get(chain, f"nft/{contract}/{token_id}", _READING, deadline)

    def contract(self, chain: Chain, contract: str, deadline: Deadline) -> UpstreamReply:
        return self._get(chain, f"nft/{contract}/metadata", {}, deadline)

    def headers(self, key: Secret) -> Mapping[str, Secret]:
        return {"X-API-Key": key}

    def failure(self, reply: UpstreamReply) -> UpstreamError:
        return failure(reply, is_quota=_is_quota)

    def _get(
        self, chain: Chain, path: str, params: Mapping[str, str], deadline: Deadline
    ) -> UpstreamReply:
        query = {"chain": chain.hex_id, **params}
        return self.get(f"{self.base_url}/{path}", query, deadline)


def _place(page: PageRequest) -> dict[str, str]:
    return {"limit": str(page.size)} if page.token is None else {"cursor": page.token}


def _is_quota(status: int, text: str) -> bool:
    return status == 401 and _QUOTA_WORDS.search(text) is not None
