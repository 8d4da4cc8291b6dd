"""SVG markup, told by its beginning: what may stand in front of `<svg` is a closed list.

https://mimesniff.spec.whatwg.org leaves SVG to its declared type; a stranger's type proves nothing.
"""

import re

_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--(?:[^-]|-[^-]){0,400}-->\s*){0,4}"
    rb"(?:<!DOCTYPE\s+svg[^>\[]{0,300}>\s*)?(?:<!--(?:[^-]|-[^-]){0,400}-->\s*){0,4}<svg[\s>]",
    re.IGNORECASE,
)
_START_LENGTH = 4096
_NOT_IN_A_URI = re.compile(r"[%#\t\n\r]")


def is_svg(body: bytes | str) -> bool:
    start = body[:_START_LENGTH]
    return (
        _START.match(start if isinstance(start, bytes) else start.encode(errors="replace"))
        is not None
    )


def svg_as_uri(markup: str) -> str:
    """The same picture as a data: URI, with nothing in it that a browser drops or decodes."""
    return "data:image/svg+xml," + _NOT_IN_A_URI.sub(lambda found: f"%{ord(found[0]):02X}", markup)
