"""Moralis Web3 Data API v2.2, NFTs of a wallet.

https://docs.moralis.com/web3-data-api/evm/reference/get-wallet-nfts
An exhausted plan arrives as 401 there, told apart by its words only.
"""

import re

from nft.providers.failures import failure
from nft.providers.http import Transport, UpstreamRequest, json_object
from runtime.errors import UnsupportedChainError
from runtime.settings import Secret

PAGE_SIZE = 100
DEFAULT_CHAIN = "eth"
# The chains both providers serve. Ids go upstream: some names hold a space.
CHAIN_IDS = {
    "eth": "0x1",
    "sepolia": "0xaa36a7",
    "polygon": "0x89",
    "polygon amoy": "0x13882",
    "arbitrum": "0xa4b1",
    "optimism": "0xa",
    "base": "0x2105",
    "base sepolia": "0x14a34",
    "avalanche": "0xa86a",
    "linea": "0xe708",
    "linea sepolia": "0xe705",
    "fantom": "0xfa",
}
_QUOTA_WORDS = re.compile(r"Validation service blocked|usage has been consumed", re.IGNORECASE)


def chain_id(chain: str | None) -> str:
    """The 0x id for a chain's name or 0x id in any case; Ethereum when none is asked for.

    Raises UnsupportedChainError.
    """
    wanted = (chain or DEFAULT_CHAIN).lower()
    if wanted in CHAIN_IDS.values():
        return wanted
    if wanted not in CHAIN_IDS:
        raise UnsupportedChainError("not on the list")
    return CHAIN_IDS[wanted]


def owned_nfts_request(
    base_url: str, *, key: Secret, owner: str, chain: str, cursor: str | None
) -> UpstreamRequest:
    """`base_url` ends in /api/v2.2, `chain` is a 0x id; a cursor already carries the limit."""
    params = {
        "chain": chain,
        "format": "decimal",
        "normalizeMetadata": "true",
        "media_items": "true",
    }
    page = {"limit": str(PAGE_SIZE)} if cursor is None else {"cursor": cursor}
    return UpstreamRequest(
        url=f"{base_url}/{owner}/nft",
        params={**params, **page},
        secret_headers={"X-API-Key": key},
    )


def owned_nfts(transport: Transport, request: UpstreamRequest, *, seconds: float) -> str:
    """Moralis's own JSON text: {status, page, page_size, cursor, result}. Raises UpstreamError."""
    reply = transport(request, seconds)
    if reply.status != 200:
        raise failure(reply, is_quota=is_quota)
    return json_object(reply, required_list="result")


def is_quota(status: int, text: str) -> bool:
    return status == 401 and _QUOTA_WORDS.search(text) is not None
