"""A token's metadata as an answer: a closed set of fields, out of a document a stranger wrote.

{"chainId", "contractAddress", "tokenId", "tokenUri", "source", "isVerified", "name", "description",
 "externalUrl", "animationUrl", "attributes", "image": {"url", "contentType", "status"}}

Texts are data, whatever markup is in them. `tokenUri` is null where the document stands in the
contract itself (`source` is data). An image in the document leaves as base64, of a kind that its
first bytes show, so that no SVG is ever text of ours. What is elsewhere is named, not fetched.
"""

import base64
import json
import math
from collections.abc import Mapping
from typing import Literal, TypedDict

from ethereum.address import Address, to_checksum_address
from metadata.content import Gateways
from metadata.content_type import IMAGES, kind_of
from metadata.data_uri import DataUri
from metadata.errors import MetadataError, TokenNotFoundError
from metadata.https_url import HttpsUrl
from metadata.token_metadata import TokenMetadata, image_uri
from metadata.uri import ArweaveUri, IpfsUri, TokenUri, parse_uri, with_token_id

MAX_ATTRIBUTES = 1000

type ImageStatus = Literal["inline", "remote", "missing", "unusable"]


class ShownImage(TypedDict):
    """`contentType` is known of inline images only, and only inline and remote ones have a URL."""

    url: str | None
    contentType: str | None
    status: ImageStatus


def describe_token(
    chain_id: int, contract: Address, token_id: int, found: TokenMetadata, gateways: Gateways
) -> dict[str, object]:
    """The JSON object that the route answers."""
    document, source = found.document, parse_uri(found.token_uri)

    def elsewhere(*names: str) -> str | None:
        """The first of the fields that is a URL for a browser; never one with its content in it."""
        texts = (_text(document, name) for name in names)
        urls = (_remote_url(text, token_id, gateways) for text in texts if text)
        return next(filter(None, urls), None)

    return {
        "chainId": chain_id,
        "contractAddress": to_checksum_address(contract),
        "tokenId": str(token_id),
        "tokenUri": None if isinstance(source, DataUri) else found.token_uri,
        "source": _SOURCES[type(source)],
        "isVerified": found.is_verified,
        "name": _text(document, "name"),
        "description": _text(document, "description"),
        "externalUrl": elsewhere("external_url", "external_link"),
        "animationUrl": elsewhere("animation_url", "animation"),
        "attributes": [_attribute(item) for item in _listed(document)],
        "image": _image(document, token_id, gateways),
    }


_SOURCES: Mapping[type, str] = {
    HttpsUrl: "https",
    IpfsUri: "ipfs",
    ArweaveUri: "arweave",
    DataUri: "data",
}


def _image(document: Mapping[str, object], token_id: int, gateways: Gateways) -> ShownImage:
    try:
        uri = parse_uri(with_token_id(image_uri(document), token_id))
        if not isinstance(uri, DataUri):
            return ShownImage(url=_on_web(uri, gateways), contentType=None, status="remote")
        kind = kind_of(uri.body, declared=uri.media_type, accept=IMAGES)
    except TokenNotFoundError:
        return ShownImage(url=None, contentType=None, status="missing")
    except MetadataError:
        return ShownImage(url=None, contentType=None, status="unusable")
    url = f"data:{kind.value};base64,{base64.b64encode(uri.body).decode()}"
    return ShownImage(url=url, contentType=kind.value, status="inline")


def _remote_url(text: str, token_id: int, gateways: Gateways) -> str | None:
    try:
        uri = parse_uri(with_token_id(text, token_id))
    except MetadataError:
        return None
    return None if isinstance(uri, DataUri) else _on_web(uri, gateways)


def _on_web(uri: TokenUri, gateways: Gateways) -> str:
    """Where a browser finds it: a gateway's address for ipfs: and ar:."""
    match uri:
        case IpfsUri():
            return f"{gateways.ipfs[0]}{uri.cid.text}{uri.path}"
        case ArweaveUri():
            return f"{gateways.arweave[0]}{uri.transaction}{uri.path}"
        case _:
            return str(uri)


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
