"""A token's metadata as the route's JSON: a closed set of fields, out of a stranger's document.

Texts are data, whatever markup is in them. Its image: token_image.
"""

from collections.abc import Mapping
from typing import TypedDict

from ethereum.address import Address, to_checksum_address
from ethereum.data_uri import DataUri
from ethereum.https_url import HttpsUrl
from ethereum.shown_url import named_uri, shown_url
from ethereum.token_document import Trait
from ethereum.token_uri import ArweaveUri, IpfsUri
from metadata.token_image import InlinedImage, LinkedImage, linked_image
from metadata.token_metadata import TokenMetadata

_SOURCES: Mapping[type, str] = {
    HttpsUrl: "https",
    IpfsUri: "ipfs",
    ArweaveUri: "arweave",
    DataUri: "data",
}


class TokenResponse(TypedDict):
    """`tokenUri` is null where the document stands in the contract itself (`source` is data)."""

    chainId: int
    contractAddress: str
    tokenId: str
    tokenUri: str | None
    source: str
    isVerified: bool
    name: str | None
    description: str | None
    externalUrl: str | None
    animationUrl: str | None
    attributes: tuple[Trait, ...]
    image: LinkedImage | InlinedImage


def token_response(chain_id: int, contract: Address, metadata: TokenMetadata) -> TokenResponse:
    """With the image linked."""
    document = metadata.document
    animation = document.animation
    return TokenResponse(
        chainId=chain_id,
        contractAddress=to_checksum_address(contract),
        tokenId=str(metadata.token_id),
        tokenUri=named_uri(metadata.token_uri),
        source=_SOURCES[type(metadata.uri)],
        isVerified=metadata.is_verified,
        name=document.name,
        description=document.description,
        externalUrl=document.external_url,
        animationUrl=animation and shown_url(animation, metadata.token_id),
        attributes=document.traits,
        image=linked_image(metadata),
    )
