"""A picture that strangers made, inside an answer of ours: base64, in a data: URI.

Its type is the one that its first bytes show. An SVG is so never text of ours: in <img> it runs no
script, and asks nobody.
"""

import base64
from typing import TypedDict

from fetch.content import Content
from runtime.responses import MAX_ESCAPED_BYTES, escaped_bytes

MAX_PICTURE_BYTES = 4 * 1024 * 1024
"""5.6 MB in base64, which leaves 400 KB to the rest of the answer; a longer rest takes from it."""


class Picture(TypedDict):
    """`url` is a data: URI; `isVerified` as in Content."""

    url: str
    contentType: str
    isVerified: bool


def picture_of(content: Content) -> Picture:
    kind = content.kind.value
    return Picture(
        url=f"data:{kind};base64,{base64.b64encode(content.body).decode()}",
        contentType=kind,
        isVerified=content.is_verified,
    )


def picture_bytes_beside(rest: str) -> int:
    """What a picture may have beside the rest of an answer's JSON, for Lambda to take both.

    In base64 four bytes stand for three.
    """
    return max(0, min(MAX_PICTURE_BYTES, (MAX_ESCAPED_BYTES - escaped_bytes(rest)) * 3 // 4))
