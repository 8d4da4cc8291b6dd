"""A token's metadata and its image, from contract and id: no URL comes from a caller.

For tokens a provider has nothing about.
https://eips.ethereum.org/EIPS/eip-721 ("ERC721 Metadata JSON Schema")
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from ethereum.address import Address
from fetch.content_type import IMAGES, Kind
from fetch.errors import WrongTypeError
from metadata.content import Content, ContentLoader, Wanted
from metadata.errors import TokenNotFoundError
from metadata.token_uri import ReadContract, read_token_uri
from metadata.uri import TokenUri, parse_uri, with_token_id
from runtime.deadline import Deadline

MAX_METADATA_BYTES = 1024 * 1024

_METADATA = Wanted(frozenset({Kind.JSON}), MAX_METADATA_BYTES)
_IMAGE_FIELDS = ("image", "image_url", "imageUrl", "image_data")


@dataclass(frozen=True)
class TokenMetadata:
    """`document` is a stranger's JSON object: texts and URLs in it are hostile.

    `token_uri` is the contract's, `{id}` replaced; `is_verified` as in Content.
    """

    token_id: int
    token_uri: str
    document: Mapping[str, object]
    is_verified: bool


class TokenMetadataReader:
    def __init__(self, read: ReadContract, loader: ContentLoader) -> None:
        self._read = read
        self._loader = loader

    def metadata(
        self, contract: Address, token_id: int, deadline: Deadline, *, spared: float = 0.0
    ) -> TokenMetadata:
        """`spared` as in ContentLoader.load. Raises RouteError."""
        uri = read_token_uri(contract, token_id, read=self._read)
        content = self._loader.load(parse_uri(uri), _METADATA, deadline, spared=spared)
        return TokenMetadata(token_id, uri, _json_object(content.body), content.is_verified)

    def image(self, found: TokenMetadata, deadline: Deadline, *, max_bytes: int) -> Content:
        """The image that `found` names, of a kind that its first bytes show.

        Raises:
            TokenNotFoundError: it names none.
            UriError: at no usable place.
            FetchError: not to be had from there.
        """
        return self._loader.load(image_uri(found), Wanted(IMAGES, max_bytes), deadline)


def image_uri(found: TokenMetadata) -> TokenUri:
    """Where the image is, markup as a data: URI, `{id}` replaced.

    Raises:
        TokenNotFoundError: the document names none.
        UriError, TooLargeError: at no usable place.
    """
    for name in _IMAGE_FIELDS:
        value = found.document.get(name)
        if isinstance(value, str) and value.strip():
            is_markup = value.lstrip().startswith("<")
            text = f"data:image/svg+xml,{_unquotable(value)}" if is_markup else value
            return parse_uri(with_token_id(text, found.token_id))
    raise TokenNotFoundError("the metadata names no image")


def _unquotable(markup: str) -> str:
    return markup.replace("%", "%25")


def _json_object(body: bytes) -> Mapping[str, object]:
    try:
        document = json.loads(body.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise WrongTypeError("not JSON") from None
    if not isinstance(document, dict):
        raise WrongTypeError("not a JSON object")
    return document


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is not JSON")
