"""Shapes of the API's answers, and what each route wants from its caller.

`make docs` writes this file from docs/openapi.json. Do not edit it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NotRequired, TypedDict

type Authorizer = Literal["bearer", "none", "sigv4"]

ROUTES: Mapping[str, Authorizer] = {
    "/health": "none",
    "/getNFTsCollectionAlchemy": "sigv4",
    "/getNFTsAlchemy": "bearer",
    "/getNFTsMoralis": "bearer",
    "/getNFTsAlchemyLambda": "bearer",
    "/getNFTsMoralisLambda": "bearer",
    "/chains": "none",
    "/chains/{chainId}/contracts/{contractAddress}": "sigv4",
    "/chains/{chainId}/contracts/{contractAddress}/nfts": "sigv4",
    "/chains/{chainId}/contracts/{contractAddress}/nfts/{tokenId}": "sigv4",
    "/chains/{chainId}/owners/{owner}/nfts": "sigv4",
    "/me/nfts": "bearer",
    "/gate/{chainId}/{contractAddress}": "bearer",
    "/names/{name}": "sigv4",
    "/addresses/{address}/name": "sigv4",
    "/me/name": "bearer",
    "/chains/{chainId}/contracts/{contractAddress}/nfts/{tokenId}/metadata": "sigv4",
}

PUBLIC_ROUTES = frozenset(
    (
        "/chains",
        "/chains/{chainId}/contracts/{contractAddress}",
        "/chains/{chainId}/contracts/{contractAddress}/nfts",
        "/chains/{chainId}/contracts/{contractAddress}/nfts/{tokenId}",
        "/chains/{chainId}/owners/{owner}/nfts",
        "/names/{name}",
        "/addresses/{address}/name",
        "/chains/{chainId}/contracts/{contractAddress}/nfts/{tokenId}/metadata",
    )
)
"""What a gallery with `publicUrl` in its config.json answers there, to anybody."""


class TokenMetadataImage(TypedDict):
    url: str | None
    contentType: PictureType
    status: Literal["inline", "remote", "missing", "unusable", "unavailable"]
    isVerified: NotRequired[bool]
    error: NotRequired[PictureError]


class TokenMetadata(TypedDict):
    chainId: int
    contractAddress: str
    tokenId: str
    tokenUri: TokenUri
    source: Literal["https", "ipfs", "arweave", "data"]
    isVerified: bool
    name: str | None
    description: str | None
    externalUrl: WebUrl
    animationUrl: PictureUrl
    attributes: list[Trait]
    image: TokenMetadataImage


class EnsName(TypedDict):
    name: str
    address: str


type WebUrl = str | None


type PictureUrl = str | None


type OriginalUrl = str | None


type TokenUri = str | None


class Contract(TypedDict):
    address: str
    name: str | None
    symbol: str | None
    tokenType: Literal["ERC721", "ERC1155", "UNKNOWN"]
    totalSupply: str | None
    deployer: str | None
    deployedBlock: int | None


class CollectionFloorPrice(TypedDict):
    amount: str
    currency: str
    usd: str | None


class CollectionInlined(TypedDict):
    image: InlinedPicture
    bannerImage: InlinedPicture


class Collection(TypedDict):
    name: str | None
    slug: str | None
    imageUrl: PictureUrl
    bannerImageUrl: PictureUrl
    externalUrl: WebUrl
    verified: bool | None
    floorPrice: CollectionFloorPrice | None
    inlined: NotRequired[CollectionInlined]


class Trait(TypedDict):
    trait_type: str | None
    value: str | float | bool
    display_type: str | None
    max_value: float | str | None


class MediaImage(TypedDict):
    url: PictureUrl
    thumbnailUrl: PictureUrl
    originalUrl: OriginalUrl
    contentType: str | None
    bytes: int | None


class MediaAnimation(TypedDict):
    url: PictureUrl
    originalUrl: OriginalUrl
    contentType: str | None


class Media(TypedDict):
    image: MediaImage | None
    animation: MediaAnimation | None
    status: Literal["ready", "processing", "unavailable"]
    inlined: NotRequired[InlinedPicture]


class InlinedPicture(TypedDict):
    url: str | None
    contentType: PictureType
    isVerified: bool
    status: Literal["inline", "missing", "unavailable"]
    error: PictureError


type PictureType = (
    Literal["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/svg+xml"]
    | None
)


type PictureError = (
    Literal[
        "metadata_unavailable",
        "metadata_timeout",
        "metadata_too_large",
        "metadata_wrong_type",
        "metadata_mismatch",
        "unsupported_uri",
    ]
    | None
)


class Spam(TypedDict):
    isSpam: bool | None
    classifications: list[str]


class Block(TypedDict):
    blockNumber: int | None
    blockHash: str | None
    timestamp: str | None


class NftMetadataError(TypedDict):
    code: str
    message: str
    retryable: bool


class NftMint(TypedDict):
    address: str | None
    blockNumber: int | None
    timestamp: str | None
    transactionHash: str | None


class NftAcquiredAt(TypedDict):
    blockNumber: int | None
    timestamp: str | None


class Nft(TypedDict):
    chainId: int
    contract: Contract
    collection: Collection
    tokenId: str
    tokenType: Literal["ERC721", "ERC1155", "UNKNOWN"]
    owner: str | None
    balance: str | None
    name: str | None
    description: str | None
    externalUrl: WebUrl
    tokenUri: TokenUri
    attributes: list[Trait]
    media: Media
    spam: Spam
    metadataStatus: Literal["ok", "pending", "missing", "error"]
    metadataError: NftMetadataError | None
    mint: NftMint | None
    acquiredAt: NftAcquiredAt | None
    updatedAt: str | None
    provider: Literal["alchemy", "moralis"]
    stale: bool


class NftPage(TypedDict):
    items: list[Nft]
    totalCount: int | None
    nextCursor: str | None
    asOf: Block
    provider: Literal["alchemy", "moralis"]
    hiddenSpam: int
    unreadableCount: int
    stale: bool


class ContractDetailsLinks(TypedDict):
    twitter: str | None
    discord: WebUrl
    website: WebUrl


class ContractDetails(TypedDict):
    chainId: int
    contract: Contract
    collection: Collection
    links: ContractDetailsLinks
    spam: Spam
    provider: Literal["alchemy", "moralis"]
    stale: bool


class ChainsChain(TypedDict):
    chainId: int
    name: str
    testnet: bool
    providers: list[Literal["alchemy", "moralis"]]


class Chains(TypedDict):
    chains: list[ChainsChain]


class ErrorError(TypedDict):
    code: str
    message: str
    requestId: str


class Error(TypedDict):
    error: ErrorError


class AwsError(TypedDict):
    message: NotRequired[str]
    Message: NotRequired[str]
