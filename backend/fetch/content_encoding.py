"""A body as it is without its Content-Encoding, never larger than asked for."""

import zlib

from fetch.errors import TooLargeError, UnreachableError, WrongTypeError


def decoded(body: bytes, encoding: str, max_bytes: int) -> bytes:
    """Some stores compress whatever is asked for: gzip, once, and never beyond the cap.

    Raises:
        WrongTypeError: another encoding.
        UnreachableError: broken gzip.
        TooLargeError: over `max_bytes` once decoded.
    """
    if encoding.strip().lower() in ("", "identity"):
        return body
    if encoding.strip().lower() not in ("gzip", "x-gzip"):
        raise WrongTypeError("an encoding that was not asked for")
    stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        plain = stream.decompress(body, max_bytes + 1)
    except zlib.error:
        raise UnreachableError("broken gzip") from None
    if len(plain) > max_bytes:
        raise TooLargeError(f"over {max_bytes} bytes once decoded")
    if not stream.eof:
        raise UnreachableError("gzip that is cut off")
    return plain
