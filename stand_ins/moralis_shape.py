"""Tokens as Moralis Web3 Data API v2.2 writes them.

https://docs.moralis.com/web3-data-api/evm/reference/get-wallet-nfts
"""

import json
from dataclasses import dataclass

from stand_ins.catalogue import ERC1155, Collection, Token

_SYNCED_AT = "2026-01-15T09:30:00.000Z"
_NO_PREVIEW = {"width": None, "height": None, "url": None}
_NO_SINGLE_MINTER = "ERC1155 tokens don't have a single minter"


@dataclass(frozen=True)
class Form:
    """What the query says of how an item is written."""

    normalize: bool
    media: bool
    hexadecimal: bool


def owned_nft(token: Token, owner: str, form: Form) -> dict[str, object]:
    minter = _minter(token, owner)
    return {**nft(token, form), "owner_of": owner.lower(), "minter_address": minter}


def contract_metadata(collection: Collection) -> dict[str, object]:
    return {
        "token_address": collection.address.lower(),
        "name": collection.name,
        "symbol": collection.symbol,
        "contract_type": collection.token_type,
        "synced_at": _SYNCED_AT,
        "possible_spam": collection.is_spam,
        "verified_collection": collection.verified,
        "collection_logo": None,
        "collection_banner_image": None,
        "collection_category": None,
        "project_url": None,
        "wiki_url": None,
        "discord_url": None,
        "telegram_url": None,
        "twitter_username": None,
        "instagram_username": None,
    }


def nft(token: Token, form: Form) -> dict[str, object]:
    """`metadata` is a JSON string there; a token without any has null."""
    document = token.document
    collection = token.collection
    block = collection.deployed_block + token.token_id % 1_000_000 + 1
    item: dict[str, object] = {
        "token_address": collection.address.lower(),
        "token_id": hex(token.token_id) if form.hexadecimal else str(token.token_id),
        "amount": str(token.balance),
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
        "minter_address": None,
        "possible_spam": collection.is_spam,
        "verified_collection": collection.verified,
        "rarity_rank": None,
        "rarity_percentage": None,
        "rarity_label": None,
        "collection_logo": None,
        "collection_banner_image": None,
    }
    if form.normalize:
        item["normalized_metadata"] = _normalized(document, token)
    if form.media:
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
