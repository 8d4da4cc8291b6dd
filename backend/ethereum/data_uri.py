"""data: URIs, where the whole document stands in the contract: base64, percent-encoded or plain.

https://www.rfc-editor.org/rfc/rfc2397
"""

import base64
import re
from dataclasses import dataclass, field
from string import ascii_letters, digits
from typing import Self
from urllib.parse import unquote_to_bytes

from ethereum.errors import LongUriError, UriError

_SHOWN = ("svg+xml", "png", "apng", "jpeg", "jpg", "gif", "webp", "avif", "bmp")
SHOWN_TYPES = frozenset(f"image/{name}" for name in _SHOWN)
"""What an <img> of today's browsers shows. https://developer.mozilla.org/docs/Web/Media/Formats/Image_types"""

MAX_DATA_URI_LENGTH = 2 * 1024 * 1024
_HEAD = re.compile(r"data:([^,]{0,256}),", re.IGNORECASE)
_PLAIN_HEAD = re.compile(f"data:image/(?:{'|'.join(map(re.escape, _SHOWN))});base64,")
"""A head that needs no parsing, as most have."""

_BASE64_DIGITS = f"{ascii_letters}{digits}+/".encode()
_PADDINGS = (b"", b"=", b"==")
_DROPPED = re.compile(r"[#\t\n\r]")
"""A browser ends the content at `#`, and drops the others before it decodes."""


@dataclass(frozen=True)
class DataUri:
    """`media_type` without parameters, lower case; `text/plain` where there is none."""

    media_type: str
    body: bytes = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises UriError; LongUriError beyond MAX_DATA_URI_LENGTH characters."""
        if len(text) > MAX_DATA_URI_LENGTH:
            raise LongUriError("a data URI that is too long")
        head, media_type, is_base64 = _head(text)
        body = text[len(head) :]
        # Contracts write JSON and SVG unencoded, where `%` may just be a per cent sign.
        return cls(media_type, _from_base64(body) if is_base64 else unquote_to_bytes(body))


def shown_data_uri(text: str) -> str | None:
    """The URI as an <img> shows it: as it is, or encoded as browsers need it; None for no image."""
    if (plain := _PLAIN_HEAD.match(text)) and _is_standard(text[plain.end() :]):
        return text
    try:
        head, media_type, is_base64 = _head(text)
        body = text[len(head) :]
        if media_type not in SHOWN_TYPES or not body:
            return None
        if not is_base64:
            return head + _DROPPED.sub(lambda found: f"%{ord(found[0]):02X}", body)
        if head.lower().endswith("base64,") and _is_standard(body):
            return text
        return f"data:{media_type};base64,{base64.b64encode(_from_base64(body)).decode()}"
    except UriError:
        return None


def _head(text: str) -> tuple[str, str, bool]:
    """All up to the comma; the media type without parameters; whether the rest is base64.

    Browsers want `base64` last, some contracts do not.
    """
    head = _HEAD.match(text)
    if head is None:
        raise UriError("a data URI without a comma")
    media_type, *parameters = (part.strip().lower() for part in head[1].split(";"))
    return head[0], media_type or "text/plain", "base64" in parameters


def _is_standard(base64_text: str) -> bool:
    """Whether browsers read it as it is."""
    body = base64_text.encode(errors="replace")
    padding = body.translate(None, _BASE64_DIGITS)
    return padding in _PADDINGS and len(body) % 4 == 0 and body.endswith(padding) and body != b""


def _from_base64(text: str) -> bytes:
    """Standard or URL-safe, padded or not; contracts do each."""
    compact = unquote_to_bytes(text).translate(None, b" \t\r\n").rstrip(b"=")
    try:
        standard = compact.translate(bytes.maketrans(b"-_", b"+/"))
        return base64.b64decode(standard + b"=" * (-len(standard) % 4), validate=True)
    except ValueError:
        raise UriError("broken base64") from None
