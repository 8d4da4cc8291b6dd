"""The lookups' answers as JSON text, and how long it is for Lambda."""

import msgspec

_ENCODER = msgspec.json.Encoder()


def json_text(value: object) -> str:
    """Compact JSON of a struct of nft.model, or of plain values."""
    return _ENCODER.encode(value).decode()


def fits(text: str, max_bytes: int) -> bool:
    """Whether Lambda takes it as a body of at most so many bytes; no character has over four."""
    return 4 * len(text) + len('""') <= max_bytes or escaped_bytes(text) <= max_bytes


def escaped_bytes(text: str) -> int:
    """Bytes of JSON text as a JSON string, which is how a function hands a body to Lambda."""
    marks = sum(map(text.count, '"\\\n\r\t'))
    return len(text.encode()) + marks + len('""')
