"""Alchemy NFT API v3, getNFTsForOwner.

https://www.alchemy.com/docs/reference/nft-api-endpoints/nft-api-endpoints/nft-ownership-endpoints/get-nf-ts-for-owner-v-3
The key goes into the Authorization header, never into the URL:
https://www.alchemy.com/docs/how-to-use-api-keys-in-http-headers
"""

from nft.providers.failures import failure
from nft.providers.http import Transport, UpstreamRequest, json_object
from runtime.settings import Secret

PAGE_SIZE = 100
_QUOTA_WORDS = "capacity limit exceeded"


def owned_nfts_request(
    base_url: str, *, key: Secret, owner: str, page_key: str | None
) -> UpstreamRequest:
    """`base_url` ends in /nft/v3; `page_key` comes from the page before."""
    params = {"owner": owner, "withMetadata": "true", "pageSize": str(PAGE_SIZE)}
    if page_key is not None:
        params["pageKey"] = page_key
    return UpstreamRequest(
        url=f"{base_url}/getNFTsForOwner",
        params=params,
        secret_headers={"Authorization": Secret(f"Bearer {key.reveal()}")},
    )


def owned_nfts(transport: Transport, request: UpstreamRequest, *, seconds: float) -> str:
    """Alchemy's own JSON text: {ownedNfts, totalCount, validAt, pageKey?}.

    Raises UpstreamError.
    """
    reply = transport(request, seconds)
    if reply.status != 200:
        raise failure(reply, is_quota=is_quota)
    return json_object(reply, required_list="ownedNfts")


def is_quota(status: int, text: str) -> bool:
    return status == 403 and _QUOTA_WORDS in text.lower()
