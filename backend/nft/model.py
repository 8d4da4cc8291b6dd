"""One NFT, one contract, one page: the same shape whichever provider it comes from.

Python says snake_case, JSON says camelCase; traits keep the names of the OpenSea metadata
standard (trait_type, display_type, max_value): https://docs.opensea.io/docs/metadata-standards
Addresses are EIP-55. Token ids, balances, supplies and prices are decimal strings, for a
uint256 fits no JSON number. Times are ISO 8601 as the provider wrote them. Names and texts are what
strangers put on chain: data, never markup. A URL is https or a picture in a data: URI, else null;
`original_url` and `token_uri` may be ipfs: and ar: too. None is to be fetched unseen.
"""

from typing import Literal

from msgspec import Struct
from msgspec.json import Encoder

from ethereum.token_document import Trait

to_json = Encoder().encode
"""Compact JSON, in UTF-8, of a struct of this module or of plain values."""

type TokenType = Literal["ERC721", "ERC1155", "UNKNOWN"]
type MediaStatus = Literal["ready", "processing", "unavailable"]
type MetadataStatus = Literal["ok", "pending", "missing", "error"]


class Contract(Struct, frozen=True, rename="camel"):
    address: str
    name: str | None = None
    symbol: str | None = None
    token_type: TokenType = "UNKNOWN"  # noqa: S105
    total_supply: str | None = None
    deployer: str | None = None
    deployed_block: int | None = None


class FloorPrice(Struct, frozen=True, rename="camel"):
    """`amount` in `currency`, `usd` in US dollars."""

    amount: str
    currency: str
    usd: str | None = None


class Collection(Struct, frozen=True, rename="camel"):
    """How marketplaces show the contract; `verified` is null where nobody said."""

    name: str | None = None
    slug: str | None = None
    image_url: str | None = None
    banner_image_url: str | None = None
    external_url: str | None = None
    verified: bool | None = None
    floor_price: FloorPrice | None = None


class Image(Struct, frozen=True, rename="camel"):
    """`original_url` is as the token writes it."""

    url: str | None = None
    thumbnail_url: str | None = None
    original_url: str | None = None
    content_type: str | None = None
    bytes: int | None = None


class Animation(Struct, frozen=True, rename="camel"):
    """May be HTML: show it in a sandboxed frame of another origin or not at all."""

    url: str | None = None
    original_url: str | None = None
    content_type: str | None = None


class Media(Struct, frozen=True, rename="camel"):
    image: Image | None
    animation: Animation | None
    status: MediaStatus


class Spam(Struct, frozen=True, rename="camel"):
    """The provider's verdict: null is "did not say", which is not "safe"."""

    is_spam: bool | None = None
    classifications: tuple[str, ...] = ()


class MetadataFailure(Struct, frozen=True, rename="camel"):
    """Why a token has no metadata; `retryable` when a later look may find some."""

    code: str
    message: str
    retryable: bool


class Mint(Struct, frozen=True, rename="camel"):
    address: str | None = None
    block_number: int | None = None
    timestamp: str | None = None
    transaction_hash: str | None = None


class Acquisition(Struct, frozen=True, rename="camel"):
    """When the owner's balance last changed, as far as the provider says."""

    block_number: int | None = None
    timestamp: str | None = None


class Nft(Struct, frozen=True, rename="camel"):
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
    metadata_error: MetadataFailure | None
    mint: Mint | None
    acquired_at: Acquisition | None
    updated_at: str | None
    provider: str
    stale: bool = False


class Block(Struct, frozen=True, rename="camel"):
    block_number: int | None
    block_hash: str | None
    timestamp: str | None


class NftPage(Struct, frozen=True, rename="camel"):
    """`next_cursor` null is the only end: a page before it may be short or empty.

    `total_count` and `as_of` are null where the provider keeps none; `as_of` may move between
    pages. `hidden_spam` counts what `spam=exclude` left out of this page, `unreadable_count` the
    provider's items that name no token.
    """

    items: tuple[Nft, ...]
    total_count: int | None
    next_cursor: str | None
    as_of: Block | None
    provider: str
    hidden_spam: int = 0
    unreadable_count: int = 0
    stale: bool = False


class Links(Struct, frozen=True, rename="camel"):
    twitter: str | None = None
    discord: str | None = None
    website: str | None = None


class ContractDetails(Struct, frozen=True, rename="camel"):
    chain_id: int
    contract: Contract
    collection: Collection
    links: Links
    spam: Spam
    provider: str
    stale: bool = False
