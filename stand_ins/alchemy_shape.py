"""Tokens as Alchemy NFT API v3 writes them, every nullable field included.

https://www.alchemy.com/docs/reference/nft-api-overview
"""

from stand_ins.catalogue import Collection, Token

_ONLY_IN_LISTS = frozenset({"isSpam", "spamClassifications"})
_LAST_UPDATED = "2026-01-15T09:30:00.000Z"
_NO_IMAGE = dict.fromkeys(
    ("cachedUrl", "thumbnailUrl", "pngUrl", "contentType", "size", "originalUrl")
)
_NO_ANIMATION = dict.fromkeys(("cachedUrl", "contentType", "size", "originalUrl"))
_NO_MINT = dict.fromkeys(("mintAddress", "blockNumber", "timestamp", "transactionHash"))


def owned_nft(token: Token) -> dict[str, object]:
    acquired = {"blockTimestamp": None, "blockNumber": None}
    return {**nft(token), "balance": str(token.balance), "acquiredAt": acquired}


def nft(token: Token) -> dict[str, object]:
    return {
        "contract": _contract(token.collection),
        "tokenId": str(token.token_id),
        "tokenType": token.collection.token_type,
        "name": token.name,
        "description": token.description,
        "tokenUri": _through_gateway(token.token_uri) if token.error is None else None,
        "image": _image(token),
        "animation": _animation(token),
        "raw": {"tokenUri": token.token_uri, "metadata": token.document, "error": token.error},
        "collection": _collection(token.collection),
        "mint": _NO_MINT,
        "owners": None,
        "timeLastUpdated": _LAST_UPDATED,
    }


def contract_metadata(collection: Collection) -> dict[str, object]:
    """Of a contract alone: without what only lists say of it."""
    told = _contract(collection)
    return {name: value for name, value in told.items() if name not in _ONLY_IN_LISTS}


def unknown_contract(address: str) -> dict[str, object]:
    nothing = dict.fromkeys(("name", "symbol", "totalSupply", "contractDeployer"))
    told = {"address": address, "tokenType": "NOT_A_CONTRACT", "deployedBlockNumber": None}
    return {**nothing, **told, "openSeaMetadata": None}


def unknown_nft(address: str, token_id: int, *, is_contract: bool) -> dict[str, object]:
    error = "Token does not exist" if is_contract else "Contract does not have any code"
    return {
        "contract": unknown_contract(address),
        "tokenId": str(token_id),
        "tokenType": "NOT_A_CONTRACT",
        "name": None,
        "description": None,
        "tokenUri": None,
        "image": dict(_NO_IMAGE),
        "animation": dict(_NO_ANIMATION),
        "raw": {"tokenUri": None, "metadata": {}, "error": error},
        "collection": None,
        "mint": _NO_MINT,
        "owners": None,
        "timeLastUpdated": _LAST_UPDATED,
    }


def without_metadata(token: Token) -> dict[str, object]:
    address = token.collection.address
    return {"contractAddress": address, "tokenId": str(token.token_id)}


def _contract(collection: Collection) -> dict[str, object]:
    supply = collection.total_supply
    return {
        "address": collection.address,
        "name": collection.name,
        "symbol": collection.symbol,
        "totalSupply": str(supply) if supply else None,
        "tokenType": collection.token_type,
        "contractDeployer": f"0x{collection.deployed_block:040x}",
        "deployedBlockNumber": collection.deployed_block,
        "openSeaMetadata": _opensea(collection),
        "isSpam": True if collection.is_spam else None,
        "spamClassifications": ["OwnedByMostHoneyPots", "Erc721TooManyOwners"]
        if collection.is_spam
        else [],
    }


def _opensea(collection: Collection) -> dict[str, object]:
    known = collection.verified
    return {
        "floorPrice": collection.floor_price,
        "collectionName": collection.name,
        "collectionSlug": collection.slug,
        "safelistRequestStatus": "verified" if known else "not_requested",
        "imageUrl": None,
        "description": collection.description,
        "externalUrl": None,
        "twitterUsername": None,
        "discordUrl": None,
        "bannerImageUrl": None,
        "lastIngestedAt": _LAST_UPDATED if known else None,
    }


def _collection(collection: Collection) -> dict[str, object] | None:
    if collection.name is None:
        return None
    return {
        "name": collection.name,
        "slug": collection.slug,
        "externalUrl": None,
        "bannerImageUrl": None,
    }


def _image(token: Token) -> dict[str, object]:
    if token.image is None:
        return dict(_NO_IMAGE)
    return {
        "cachedUrl": token.image,
        "thumbnailUrl": token.image,
        "pngUrl": None,
        "contentType": "image/svg+xml",
        "size": len(token.image),
        "originalUrl": token.image,
    }


def _animation(token: Token) -> dict[str, object]:
    if token.animation is None:
        return dict(_NO_ANIMATION)
    return {
        "cachedUrl": None,
        "contentType": "video/mp4",
        "size": 1_048_576,
        "originalUrl": _through_gateway(token.animation),
    }


def _through_gateway(url: str | None) -> str | None:
    if url is None or url.startswith("data:"):
        return None
    return url.replace("ipfs://", "https://ipfs.io/ipfs/")
