"""A token's metadata as an answer: a closed set of fields, out of a document a stranger wrote.

Texts are data, whatever markup is in them. Its image: token_image.
"""

import json
import math
from collections.abc import Mapping
from typing import TypedDict

from ethereum.address import Address, to_checksum_address
from fetch.https_url import HttpsUrl
from metadata.content import Gateways
from metadata.data_uri import DataUri
from metadata.token_image import InlinedImage, LinkedImage, linked_image
from metadata.token_metadata import TokenMetadata
from metadata.uri import ArweaveUri, IpfsUri, parse_uri, with_token_id
from runtime.errors import RouteError

MAX_ATTRIBUTES = 1000


class TokenAnswer(TypedDict):
    """The JSON object that the route answers.

    `tokenUri` is null where the document stands in the contract itself (`source` is data).
    """

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
    attributes: list[dict[str, object]]
    image: LinkedImage | InlinedImage


def describe_token(
    chain_id: int, contract: Address, found: TokenMetadata, gateways: Gateways
) -> TokenAnswer:
    """With the image linked."""
    document, source = found.document, parse_uri(found.token_uri)

    def elsewhere(*names: str) -> str | None:
        """The first of the fields that is a URL for a browser; never one with its content in it."""
        texts = (_text(document, name) for name in names)
        urls = (_remote_url(text, found.token_id, gateways) for text in texts if text)
        return next(filter(None, urls), None)

    return TokenAnswer(
        chainId=chain_id,
        contractAddress=to_checksum_address(contract),
        tokenId=str(found.token_id),
        tokenUri=None if isinstance(source, DataUri) else found.token_uri,
        source=_SOURCES[type(source)],
        isVerified=found.is_verified,
        name=_text(document, "name"),
        description=_text(document, "description"),
        externalUrl=elsewhere("external_url", "external_link"),
        animationUrl=elsewhere("animation_url", "animation"),
        attributes=[_attribute(item) for item in _listed(document)],
        image=linked_image(found, gateways),
    )


_SOURCES: Mapping[type, str] = {
    HttpsUrl: "https",
    IpfsUri: "ipfs",
    ArweaveUri: "arweave",
    DataUri: "data",
}


def _remote_url(text: str, token_id: int, gateways: Gateways) -> str | None:
    try:
        uri = parse_uri(with_token_id(text, token_id))
    except RouteError:
        return None
    return None if isinstance(uri, DataUri) else gateways.urls(uri)[0]


def _text(document: Mapping[str, object], name: str) -> str | None:
    value = document.get(name)
    return value if isinstance(value, str) and value else None


def _listed(document: Mapping[str, object]) -> list[object]:
    for name in ("attributes", "traits"):
        value = document.get(name)
        if isinstance(value, list):
            return value[:MAX_ATTRIBUTES]
        if isinstance(value, dict):
            pairs = list(value.items())[:MAX_ATTRIBUTES]
            return [{"trait_type": key, "value": given} for key, given in pairs]
    return []


def _attribute(item: object) -> dict[str, object]:
    """In the names of https://docs.opensea.io/docs/metadata-standards."""
    if not isinstance(item, dict):
        return {"trait_type": None, "value": _scalar(item), "display_type": None}
    return {
        "trait_type": _text(item, "trait_type"),
        "value": _scalar(item.get("value")),
        "display_type": _text(item, "display_type"),
    }


def _scalar(value: object) -> str | int | float | bool:
    """Scalars as they are, nothing as "", anything else, 1e999 too, as text."""
    if isinstance(value, str | bool | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    try:
        return "" if value is None else json.dumps(value)
    except RecursionError:
        return ""
