"""What a token says of itself: traits, links and pictures, in the forms strangers write them.

Forms: ERC-721 and ERC-1155 metadata JSON, https://docs.opensea.io/docs/metadata-standards,
URLs as in https://docs.ipfs.tech/how-to/address-ipfs-on-web/ and https://arweave.net.
"""

import json
import math
import re
from collections.abc import Sequence
from typing import Literal, TypeIs

from nft.model import MetadataFailure, TokenType, Trait, TraitValue
from nft.providers.reading import MAX_SAFE_INTEGER, Document, document, first_text, items, text

IPFS_GATEWAY = "https://ipfs.io/ipfs/"
ARWEAVE_GATEWAY = "https://arweave.net/"
MAX_TRAITS = 1000
_STANDARDS: dict[str, TokenType] = {"ERC721": "ERC721", "ERC1155": "ERC1155"}
_DEAD_GATEWAY = r"https://(?:ipfs\.moralis\.io:2053|cloudflare-ipfs\.com)/ipfs/"
_NOT_ON_GATEWAY = re.compile(
    rf"(?P<ipfs>{_DEAD_GATEWAY}|ipfs://(?:ipfs/)?(?=[^/]))|(?P<arweave>ar://(?=[^/]))"
    r"|(?P<cid>)(?=(?-i:Qm[1-9A-HJ-NP-Za-km-z]{44}|baf[a-z2-7]{50,})(?:/|$))",
    re.IGNORECASE,
)
_ON_DEAD_GATEWAY = re.compile(_DEAD_GATEWAY)
_GATEWAYS = {"ipfs": IPFS_GATEWAY, "cid": IPFS_GATEWAY, "arweave": ARWEAVE_GATEWAY}
_SHOWN_AS_IT_IS = re.compile(r"https://[^\x00-\x20\\][^\x00-\x1f\\]*|data:image/.+", re.I | re.S)


def shown_url(*candidates: object) -> str | None:
    """The first candidate a browser may load: https or data:image/, gateways filled in."""
    for candidate in candidates:
        url = text(candidate)
        if url is not None and _SHOWN_AS_IT_IS.fullmatch(url := on_gateway(url)):
            return url
    return None


def on_gateway(url: str) -> str:
    """ipfs:// and ar:// URLs as https ones; anything else as it is.

    Only the beginning is looked at: a data: URI is long.
    """
    found = _NOT_ON_GATEWAY.match(url)
    return url if found is None else _GATEWAYS[str(found.lastgroup)] + url[found.end() :]


def on_chain_url(url: str | None) -> str | None:
    """A URL as the contract gave it, where a provider wrote a gateway of its own that is gone."""
    found = None if url is None else _ON_DEAD_GATEWAY.match(url)
    return url if url is None or found is None else "ipfs://" + url[found.end() :]


def token_type(*candidates: object) -> TokenType:
    """The first that is a standard we know, in any case."""
    for candidate in candidates:
        if kind := _STANDARDS.get(str(candidate).upper().replace("-", "")):
            return kind
    return "UNKNOWN"


def external_url(metadata: Document) -> str | None:
    return first_text(metadata.get("external_url"), metadata.get("external_link"))


def traits(*candidates: object) -> tuple[Trait, ...]:
    """The first candidate that holds any, as a list or as an object of names and values."""
    for candidate in candidates:
        listed: Sequence[object] = items(candidate)
        if isinstance(candidate, dict):
            listed = [{"trait_type": name, "value": value} for name, value in candidate.items()]
        if listed:
            return tuple(_trait(item) for item in listed[:MAX_TRAITS])
    return ()


def listed_traits(metadata: Document) -> tuple[Trait, ...]:
    """The traits of a metadata document: attributes, else traits, else a list of properties."""
    properties = items(metadata.get("properties"))
    return traits(metadata.get("attributes"), metadata.get("traits"), properties)


def _trait(item: object) -> Trait:
    if not isinstance(item, dict):
        return Trait(trait_type=None, value=_value(item))
    fields = document(item)
    maximum = fields.get("max_value")
    return Trait(
        trait_type=first_text(
            fields.get("trait_type"), fields.get("traitType"), fields.get("name")
        ),
        value=_value(fields.get("value")),
        display_type=text(fields.get("display_type")),
        max_value=maximum if _is_number(maximum) else None,
    )


def _value(value: object) -> TraitValue:
    """Scalars as they are, nothing as "", anything else, 2**64 and 1e999 too, as JSON text."""
    if isinstance(value, str):
        return text(value) or ""
    if isinstance(value, bool) or _is_number(value):
        return value
    return "" if value is None else text(json.dumps(value)) or ""


def _is_number(value: object) -> TypeIs[int | float]:
    """One that JavaScript has."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) <= MAX_SAFE_INTEGER if isinstance(value, int) else math.isfinite(value)


type _Known = tuple[str, str, bool]
_FAILED: dict[Literal["fetch", "slow", "broken", "gone"], str] = {
    "fetch": "The token's metadata could not be fetched.",
    "slow": "The token's metadata took too long to fetch.",
    "broken": "The token's metadata is broken.",
    "gone": "The token does not exist.",
}
# Alchemy's words, https://www.alchemy.com/docs/reference/nft-api-faq, by how they begin.
_KNOWN: tuple[tuple[str, _Known], ...] = (
    ("token uri responded with a non 200", ("token_uri_failed", _FAILED["fetch"], True)),
    ("throttled token uri", ("token_uri_throttled", _FAILED["fetch"], True)),
    ("ipfs gateway timed out", ("gateway_timeout", _FAILED["slow"], True)),
    ("centralized gateway timed out", ("gateway_timeout", _FAILED["slow"], True)),
    ("arweave gateway timed out", ("gateway_timeout", _FAILED["slow"], True)),
    ("internal service", ("provider_failed", _FAILED["fetch"], True)),
    ("token does not exist", ("token_not_found", _FAILED["gone"], False)),
    ("malformed token uri", ("token_uri_malformed", _FAILED["broken"], False)),
    ("failed to get token uri", ("token_uri_missing", _FAILED["fetch"], False)),
    ("contract does not have any code", ("no_contract", _FAILED["gone"], False)),
    ("contract returned a broken token uri", ("token_uri_broken", _FAILED["broken"], False)),
    ("bad token uri", ("token_uri_malformed", _FAILED["broken"], False)),
)
UNREADABLE = MetadataFailure("metadata_unreadable", _FAILED["broken"], retryable=False)
NOT_FETCHED = MetadataFailure("metadata_unavailable", _FAILED["fetch"], retryable=False)
STILL_FETCHING = MetadataFailure("metadata_pending", "The metadata is still being fetched.", True)


def metadata_error(words: str | None) -> MetadataFailure | None:
    """Alchemy's `raw.error` in our codes; words nobody documented count as permanent."""
    if words is None:
        return None
    for beginning, (code, message, retryable) in _KNOWN:
        if words.lower().startswith(beginning):
            return MetadataFailure(code, message, retryable)
    return NOT_FETCHED
