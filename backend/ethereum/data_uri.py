"""data: URIs, where the whole document stands in the contract: base64, percent-encoded or plain.

https://www.rfc-editor.org/rfc/rfc2397
"""

import base64
import re
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import unquote_to_bytes

from ethereum.errors import LongUriError, UriError

MAX_DATA_URI_LENGTH = 2 * 1024 * 1024
_HEAD = re.compile(r"data:([^,]{0,256}),", re.IGNORECASE)


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
        head = _HEAD.match(text)
        if head is None:
            raise UriError("a data URI without a comma")
        media_type, *parameters = (part.strip().lower() for part in head[1].split(";"))
        body = text[head.end() :]
        if parameters[-1:] == ["base64"]:
            return cls(media_type or "text/plain", _from_base64(body))
        # Contracts write JSON and SVG unencoded, where `%` may just be a per cent sign.
        return cls(media_type or "text/plain", unquote_to_bytes(body))


def _from_base64(text: str) -> bytes:
    """Standard or URL-safe, padded or not; contracts do each."""
    compact = unquote_to_bytes(text).translate(None, b" \t\r\n").rstrip(b"=")
    try:
        standard = compact.translate(bytes.maketrans(b"-_", b"+/"))
        return base64.b64decode(standard + b"=" * (-len(standard) % 4), validate=True)
    except ValueError:
        raise UriError("broken base64") from None
