"""A token's metadata and its image, from contract and id: no URL comes from a caller.

For tokens a provider has nothing about.
https://eips.ethereum.org/EIPS/eip-721 ("ERC721 Metadata JSON Schema")
"""

from dataclasses import dataclass

from ethereum.address import Address
from ethereum.token_document import TokenDocument
from ethereum.token_uri import TokenUri, with_token_id
from ethereum.untrusted_json import read_json
from fetch.content import Content, ContentLoader, read_uri
from fetch.content_type import IMAGES, Kind
from fetch.errors import TooLargeError, WrongTypeError
from fetch.picture import MAX_PICTURE_BYTES
from metadata.errors import TokenNotFoundError
from metadata.token_contract import ReadContract, read_token_uri
from runtime.deadline import Deadline

MAX_METADATA_BYTES = 1024 * 1024

_DOCUMENTS = IMAGES | {Kind.JSON}


@dataclass(frozen=True)
class TokenMetadata:
    """`token_uri` is the contract's, `{id}` replaced, `uri` what it means.

    `document` is a stranger's: texts and URLs in it are hostile. `is_verified` as in Content.
    `picture` is the image that stands at `uri` in the place of a document, which is then empty.
    """

    token_id: int
    token_uri: str
    uri: TokenUri
    document: TokenDocument
    is_verified: bool
    picture: Content | None = None


def load_metadata(
    contract: Address,
    token_id: int,
    *,
    read: ReadContract,
    loader: ContentLoader,
    deadline: Deadline,
    spared: float = 0.0,
) -> TokenMetadata:
    """`spared` as in ContentLoader.load.

    Raises:
        TokenNotFoundError: the contract names no URI for the token.
        NodeUnavailableError: the chain could not be read.
        FetchError: nothing usable is where the URI leads.
    """
    token_uri = read_token_uri(contract, token_id, read=read)
    uri = read_uri(token_uri)
    content = loader.load(
        uri, deadline, accept=_DOCUMENTS, max_bytes=MAX_PICTURE_BYTES, spared=spared
    )
    picture = content if content.kind in IMAGES else None
    document = TokenDocument({} if picture else _json_object(content.body), token_id)
    return TokenMetadata(token_id, token_uri, uri, document, content.is_verified, picture)


def load_image(
    metadata: TokenMetadata, *, loader: ContentLoader, deadline: Deadline, max_bytes: int
) -> Content:
    """The image that `metadata` names, of a kind that its first bytes show.

    Raises:
        TokenNotFoundError: it names none.
        FetchError: at no usable place, or not to be had from there.
    """
    if metadata.picture is not None:
        return _at_most(max_bytes, metadata.picture)
    return loader.load(image_uri(metadata), deadline, accept=IMAGES, max_bytes=max_bytes)


def image_uri(metadata: TokenMetadata) -> TokenUri:
    """Where the image is, `{id}` replaced.

    Raises:
        TokenNotFoundError: the document names none.
        UnsupportedUriError, TooLargeError: at no usable place.
    """
    if metadata.picture is not None:
        return metadata.uri
    if metadata.document.image is None:
        raise TokenNotFoundError("the metadata names no image")
    return read_uri(with_token_id(metadata.document.image, metadata.token_id))


def _at_most(max_bytes: int, content: Content) -> Content:
    if len(content.body) > max_bytes:
        raise TooLargeError(f"over {max_bytes} bytes")
    return content


def _json_object(body: bytes) -> dict[str, object]:
    if len(body) > MAX_METADATA_BYTES:
        raise TooLargeError(f"over {MAX_METADATA_BYTES} bytes")
    try:
        document = read_json(body)
    except ValueError:
        raise WrongTypeError("not JSON") from None
    if not isinstance(document, dict):
        raise WrongTypeError("not a JSON object")
    return document
