"""Alchemy's older v2 items, where a base URL still says /nft/v2 or /v2, in the words of v3.

Ids are hex there, "nothing" is "", and spamInfo.isSpam is the word "true" or "false".
"""

from ethereum.untrusted_json import first_text
from nft.providers.reading import Document, document, items

_MIME_TYPES = {
    "png": "image/png",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "svg+xml": "image/svg+xml",
    "mp4": "video/mp4",
    "html": "text/html",
}


def as_v3(fields: Document) -> Document:
    """The same item; one that is no v2 item as it is."""
    identity = document(fields.get("id"))
    if "tokenId" not in identity:
        return fields
    uri = document(fields.get("tokenUri"))
    return {
        "contract": _contract(fields),
        "tokenId": identity.get("tokenId"),
        "tokenType": document(identity.get("tokenMetadata")).get("tokenType"),
        "name": fields.get("title"),
        "description": fields.get("description"),
        "tokenUri": uri.get("gateway"),
        "image": _image(next(iter(items(fields.get("media"))), {})),
        "raw": {
            "tokenUri": uri.get("raw"),
            "metadata": _metadata(fields.get("metadata")),
            "error": fields.get("error"),
        },
        "timeLastUpdated": fields.get("timeLastUpdated"),
        **({"balance": fields["balance"]} if "balance" in fields else {}),
    }


def _contract(fields: Document) -> dict[str, object]:
    metadata = document(fields.get("contractMetadata"))
    spam = document(fields.get("spamInfo"))
    return {
        **metadata,
        "address": document(fields.get("contract")).get("address"),
        "openSeaMetadata": metadata.get("openSea"),
        "isSpam": spam.get("isSpam"),
        "spamClassifications": spam.get("classifications"),
    }


def _image(media: object) -> dict[str, object]:
    fields = document(media)
    form = first_text(fields.get("format"))
    return {
        "cachedUrl": fields.get("gateway"),
        "thumbnailUrl": fields.get("thumbnail"),
        "originalUrl": fields.get("raw"),
        "contentType": None if form is None else _MIME_TYPES.get(form.lower(), form),
        "size": fields.get("bytes"),
    }


def _metadata(metadata: object) -> object:
    """{"metadata": [], "attributes": []} is how v2 says that there is none."""
    if isinstance(metadata, dict) and not any(metadata.values()):
        return {}
    return metadata
