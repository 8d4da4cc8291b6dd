"""Tokens as Moralis Web3 Data API v2.2 writes them.

https://docs.moralis.com/web3-data-api/evm/reference/get-wallet-nfts
"""

import json

from local.stand_ins.alchemy_shape import metadata
from local.stand_ins.catalogue import ERC1155, Token

_SYNCED_AT = "2026-01-15T09:30:00.000Z"
_NO_PREVIEW = {"width": None, "height": None, "url": None}
_NO_SINGLE_MINTER = "ERC1155 tokens don't have a single minter"


def owned_nft(
    token: Token, owner: str, *, normalize: bool, media: bool, hexadecimal: bool
) -> dict[str, object]:
    """`metadata` is a JSON string there; a token without any has null."""
    document = metadata(token)
    collection = token.collection
    block = collection.deployed_block + token.token_id % 1_000_000 + 1
    item: dict[str, object] = {
        "token_address": collection.address.lower(),
        "token_id": hex(token.token_id) if hexadecimal else str(token.token_id),
        "amount": str(token.balance),
        "owner_of": owner.lower(),
        "token_hash": token.digest[:32],
        "block_number_minted": str(block),
        "block_number": str(block),
        "contract_type": collection.token_type,
        "name": collection.name,
        "symbol": collection.symbol,
        "token_uri": token.token_uri if token.error is None else None,
        "metadata": json.dumps(document, ensure_ascii=False) if document else None,
        "last_token_uri_sync": _SYNCED_AT,
        "last_metadata_sync": _SYNCED_AT if document else None,
        "minter_address": _minter(token, owner),
        "possible_spam": collection.is_spam,
        "verified_collection": collection.verified,
        "rarity_rank": None,
        "rarity_percentage": None,
        "rarity_label": None,
        "collection_logo": None,
        "collection_banner_image": None,
    }
    if normalize:
        item["normalized_metadata"] = _normalized(document, token)
    if media:
        item["media"] = _media(token)
    return item


def _minter(token: Token, owner: str) -> str:
    return _NO_SINGLE_MINTER if token.collection.token_type == ERC1155 else owner.lower()


def _normalized(document: dict[str, object], token: Token) -> dict[str, object]:
    return {
        "name": document.get("name"),
        "description": document.get("description"),
        "animation_url": document.get("animation_url"),
        "external_link": None,
        "external_url": None,
        "image": document.get("image"),
        "attributes": [
            {
                "trait_type": name,
                "value": value,
                "display_type": None,
                "max_value": None,
                "trait_count": 0,
                "order": None,
            }
            for name, value in token.attributes
        ],
    }


def _media(token: Token) -> dict[str, object]:
    if token.image is None:
        return {
            "status": "invalid_url" if token.error else "host_unavailable",
            "mimetype": None,
            "category": None,
            "original_media_url": None,
            "updatedAt": None,
            "parent_hash": None,
            "media_collection": dict.fromkeys(("low", "medium", "high"), _NO_PREVIEW),
        }
    sizes = {"low": 100, "medium": 250, "high": 500}
    return {
        "status": "success",
        "mimetype": "video/mp4" if token.animation else "image/svg+xml",
        "category": "video" if token.animation else "image",
        "original_media_url": token.animation or token.image,
        "updatedAt": _SYNCED_AT,
        "parent_hash": f"0x{token.digest}",
        "media_collection": {
            name: {"width": size, "height": size, "url": token.image}
            for name, size in sizes.items()
        },
    }
