"""One NFT, one contract, one page: the same shape whichever provider told of it.

Python says snake_case, JSON says camelCase; traits keep the names of the OpenSea metadata
standard (trait_type, display_type, max_value): https://docs.opensea.io/docs/metadata-standards
Addresses are EIP-55. Token ids, balances, supplies and prices are decimal strings, for a
uint256 fits no JSON number. Times are ISO 8601 as the provider wrote them. Names, texts and URLs
are what strangers put on chain: data, never markup and never to be fetched unseen.
"""

import dataclasses
from dataclasses import dataclass
from functools import cache
from typing import Literal

type TokenType = Literal["ERC721", "ERC1155", "UNKNOWN"]
type MediaStatus = Literal["ready", "processing", "unavailable"]
type MetadataStatus = Literal["ok", "pending", "missing", "error"]
type TraitValue = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Contract:
    address: str
    name: str | None = None
    symbol: str | None = None
    token_type: TokenType = "UNKNOWN"  # noqa: S105
    total_supply: str | None = None
    deployer: str | None = None
    deployed_block: int | None = None


@dataclass(frozen=True, slots=True)
class FloorPrice:
    """`amount` in `currency`, `usd` in US dollars."""

    amount: str
    currency: str
    usd: str | None = None


@dataclass(frozen=True, slots=True)
class Collection:
    """How marketplaces show the contract; `verified` is null where nobody said."""

    name: str | None = None
    slug: str | None = None
    image_url: str | None = None
    banner_image_url: str | None = None
    external_url: str | None = None
    verified: bool | None = None
    floor_price: FloorPrice | None = None


@dataclass(frozen=True, slots=True)
class Trait:
    trait_type: str | None
    value: TraitValue
    display_type: str | None = None
    max_value: int | float | None = None


@dataclass(frozen=True, slots=True)
class Image:
    """`url` and `thumbnail_url` are https or data:image/; `original_url` is as the token says."""

    url: str | None = None
    thumbnail_url: str | None = None
    original_url: str | None = None
    content_type: str | None = None
    bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Animation:
    """May be HTML: show it in a sandboxed frame of another origin or not at all."""

    url: str | None = None
    original_url: str | None = None
    content_type: str | None = None


@dataclass(frozen=True, slots=True)
class Media:
    image: Image | None
    animation: Animation | None
    status: MediaStatus


@dataclass(frozen=True, slots=True)
class Spam:
    """The provider's verdict: null is "did not say", which is not "safe"."""

    is_spam: bool | None = None
    classifications: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MetadataError:
    """Why a token has no metadata; `retryable` when a later look may find some."""

    code: str
    message: str
    retryable: bool


@dataclass(frozen=True, slots=True)
class Mint:
    address: str | None = None
    block_number: int | None = None
    timestamp: str | None = None
    transaction_hash: str | None = None


@dataclass(frozen=True, slots=True)
class Acquisition:
    """When the owner's balance last changed, as far as the provider says."""

    block_number: int | None = None
    timestamp: str | None = None


@dataclass(frozen=True, slots=True)
class Nft:
    """`owner` and `balance` are null outside owner lists, unless the provider names an owner.

    `stale`: from memory, since no provider answers.
    """

    chain_id: int
    contract: Contract
    collection: Collection
    token_id: str
    token_type: TokenType
    owner: str | None
    balance: str | None
    name: str | None
    description: str | None
    external_url: str | None
    token_uri: str | None
    attributes: tuple[Trait, ...]
    media: Media
    spam: Spam
    metadata_status: MetadataStatus
    metadata_error: MetadataError | None
    mint: Mint | None
    acquired_at: Acquisition | None
    updated_at: str | None
    provider: str
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    block_number: int | None
    block_hash: str | None
    timestamp: str | None


@dataclass(frozen=True, slots=True)
class NftPage:
    """`next_cursor` null is the only end: a page before it may be short or empty.

    `total_count` and `as_of` are null where the provider keeps none; `as_of` may move between
    pages. `hidden_spam` counts what `spam=exclude` left out of this page.
    """

    items: tuple[Nft, ...]
    total_count: int | None
    next_cursor: str | None
    as_of: Block | None
    provider: str
    hidden_spam: int = 0
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Links:
    twitter: str | None = None
    discord: str | None = None
    website: str | None = None


@dataclass(frozen=True, slots=True)
class ContractDetails:
    chain_id: int
    contract: Contract
    collection: Collection
    links: Links
    spam: Spam
    provider: str
    stale: bool = False


def to_json(value: object) -> object:
    """Dataclasses as objects and tuples as lists, in names and values of JSON."""
    if isinstance(value, tuple):
        return [to_json(item) for item in value]
    names = _names(type(value))  # type: ignore[arg-type]  # mypy doubts that types hash
    if names is None:
        return value
    return {name: to_json(getattr(value, key)) for key, name in names}


@cache
def _names(kind: type) -> tuple[tuple[str, str], ...] | None:
    """(attribute, JSON name) of a dataclass; None for any other type."""
    if not dataclasses.is_dataclass(kind):
        return None
    keys = [entry.name for entry in dataclasses.fields(kind)]
    return tuple((key, key if kind is Trait else _camel(key)) for key in keys)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
