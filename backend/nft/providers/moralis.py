"""Moralis Web3 Data API v2.2: its requests, and its failures as NftError.

https://docs.moralis.com/web3-data-api/evm/reference/nft-api
A cursor carries its query, so `limit` goes with the first page only. An exhausted plan arrives as
401 there, told apart by its words only.
"""

import re
from collections.abc import Mapping

from ethereum.chains import Chain
from nft.errors import UpstreamError
from nft.providers.failures import failure
from nft.providers.http import UpstreamReply, UpstreamRequest
from nft.providers.page_request import PageRequest
from nft.providers.provider_client import ProviderClient
from runtime.cached_secret import Secret
from runtime.deadline import Deadline

_READING = {"format": "decimal", "normalizeMetadata": "true", "media_items": "true"}
_QUOTA_WORDS = re.compile(r"Validation service blocked|usage has been consumed", re.IGNORECASE)


class MoralisClient(ProviderClient):
    """`base_url` ends in /api/v2.2."""

    def owned(
        self, chain: Chain, owner: str, contract: str | None, page: PageRequest, deadline: Deadline
    ) -> UpstreamReply:
        """{status, page, page_size, cursor, result}"""
        chosen = {} if contract is None else {"token_addresses[]": contract}
        return self._get(chain, f"{owner}/nft", {**_READING, **chosen, **_place(page)}, deadline)

    def of_contract(
        self, chain: Chain, contract: str, page: PageRequest, deadline: Deadline
    ) -> UpstreamReply:
        """As `owned`."""
        return self._get(chain, f"nft/{contract}", {**_READING, **_place(page)}, deadline)

    def nft(self, chain: Chain, contract: str, token_id: str, deadline: Deadline) -> UpstreamReply:
        return self._get(chain, f"nft/{contract}/{token_id}", _READING, deadline)

    def contract(self, chain: Chain, contract: str, deadline: Deadline) -> UpstreamReply:
        return self._get(chain, f"nft/{contract}/metadata", {}, deadline)

    def _get(
        self, chain: Chain, path: str, params: Mapping[str, str], deadline: Deadline
    ) -> UpstreamReply:
        url, query = f"{self.base_url}/{path}", {"chain": chain.hex_id, **params}

        def request_with(key: Secret) -> UpstreamRequest:
            return UpstreamRequest(url, query, {"X-API-Key": key})

        return self._send(request_with, deadline, failure_of=_failure)


def _place(page: PageRequest) -> dict[str, str]:
    return {"limit": str(page.size)} if page.token is None else {"cursor": page.token}


def _failure(reply: UpstreamReply) -> UpstreamError:
    return failure(reply, is_quota=_is_quota)


def _is_quota(status: int, text: str) -> bool:
    return status == 401 and _QUOTA_WORDS.search(text) is not None
