"""What a body is, by its first bytes; what a server says of it must not contradict.

Sniffing is a closed list: https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern
"""

import re
from enum import StrEnum

from ethereum.svg import is_svg
from fetch.errors import WrongTypeError


class Kind(StrEnum):
    """Each is the media type that the body may be passed on with; SVG for an <img> only."""

    JSON = "application/json"
    PNG = "image/png"
    JPEG = "image/jpeg"
    GIF = "image/gif"
    WEBP = "image/webp"
    AVIF = "image/avif"
    SVG = "image/svg+xml"


IMAGES = frozenset(Kind) - {Kind.JSON}

_UNDECLARED = frozenset({"", "application/octet-stream", "binary/octet-stream", "text/plain"})
"""What gateways and object stores say when they do not know."""

_DECLARED: dict[str, frozenset[Kind]] = {
    **{kind.value: IMAGES for kind in IMAGES},
    "image/jpg": IMAGES,
    "text/xml": frozenset({Kind.SVG}),
    "application/xml": frozenset({Kind.SVG}),
    "application/json": frozenset({Kind.JSON}),
    "application/ld+json": frozenset({Kind.JSON}),
    "text/json": frozenset({Kind.JSON}),
}
_JSON_START = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*[{]")
_SNIFFED_BYTES = 4096


def kind_of(body: bytes, *, declared: str, accept: frozenset[Kind]) -> Kind:
    """The kind of `body`, one of `accept`.

    `declared` is the Content-Type: an image may be another image than declared, since browsers
    show it all the same; nothing else may differ.

    Raises:
        WrongTypeError: none of `accept`, or against what is declared.
    """
    kind = sniff(body)
    if kind is None or kind not in accept:
        raise WrongTypeError("the content is of no kind that was asked for")
    media_type = declared.partition(";")[0].strip().lower()
    if media_type not in _UNDECLARED and kind not in _DECLARED.get(media_type, frozenset()):
        raise WrongTypeError("the content is not what it is declared to be")
    return kind


def sniff(body: bytes) -> Kind | None:
    """The kind that the first bytes show; JSON is a guess that parsing confirms."""
    if body.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if body.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if body.startswith((b"GIF87a", b"GIF89a")):
        return Kind.GIF
    if body[:4] == b"RIFF" and body[8:14] == b"WEBPVP":
        return Kind.WEBP
    if body[4:8] == b"ftyp" and body[8:12] in (b"avif", b"avis"):
        return Kind.AVIF
    if _JSON_START.match(body[:_SNIFFED_BYTES]):
        return Kind.JSON
    return Kind.SVG if is_svg(body) else None
