"""A token's image as an answer: named where it stands, or inlined.

Linked: {"url", "contentType", "status"}, nothing fetched. Inlined: the same after a fetch, with
{"isVerified", "error"}. An image leaves as fetch.picture makes it.

An image that cannot be had is data too: its status says so, and `error` why.

Why: ARCHITECTURE.md, metadata.
"""

from collections.abc import Callable
from typing import Literal, TypedDict

from ethereum.data_uri import DataUri
from ethereum.shown_url import GATEWAYS
from fetch.content import Content
from fetch.content_type import IMAGES, kind_of
from fetch.errors import ContentMismatchError
from fetch.picture import picture_of
from metadata.errors import TokenNotFoundError
from metadata.token_metadata import TokenMetadata, image_uri
from runtime.errors import RouteError

type ImageChoice = Literal["link", "inline"]
"""Whether what stands elsewhere is named, or fetched."""

type ImageStatus = Literal["inline", "remote", "missing", "unusable", "unavailable"]
"""inline: in `url` itself. remote: at `url`, not fetched. missing: the document names none.
unusable: it names what no browser should be led to. unavailable: fetched in vain."""


class LinkedImage(TypedDict):
    """`contentType` is known of inline images only; missing and unusable ones have no URL."""

    url: str | None
    contentType: str | None
    status: ImageStatus


class InlinedImage(LinkedImage):
    """`error` is a code of fetch.errors; `isVerified` as in Content.

    Where the fetch was in vain, `url` is where a browser may try: not where what is there is proven
    to be something else.
    """

    isVerified: bool
    error: str | None


def linked_image(metadata: TokenMetadata) -> LinkedImage:
    try:
        uri = image_uri(metadata)
        if not isinstance(uri, DataUri):
            return LinkedImage(url=GATEWAYS.urls(uri)[0], contentType=None, status="remote")
        kind = kind_of(uri.body, declared=uri.media_type, accept=IMAGES)
        picture = picture_of(Content(kind, uri.body, is_verified=True))
    except TokenNotFoundError:
        return LinkedImage(url=None, contentType=None, status="missing")
    except RouteError:
        return LinkedImage(url=None, contentType=None, status="unusable")
    return LinkedImage(url=picture["url"], contentType=picture["contentType"], status="inline")


def inlined_image(linked: LinkedImage, load: Callable[[], Content]) -> InlinedImage:
    """`linked` with its content: what the document does not hold already, `load` fetches."""
    if linked["status"] in ("inline", "missing"):
        return InlinedImage(**linked, isVerified=linked["status"] == "inline", error=None)
    try:
        content = load()
    except RouteError as error:
        return _without_content(linked, error)
    return InlinedImage(**picture_of(content), status="inline", error=None)


def _without_content(linked: LinkedImage, error: RouteError) -> InlinedImage:
    is_remote = linked["status"] == "remote"
    return InlinedImage(
        url=None if isinstance(error, ContentMismatchError) else linked["url"],
        contentType=None,
        status="unavailable" if is_remote else linked["status"],
        isVerified=False,
        error=error.code,
    )
