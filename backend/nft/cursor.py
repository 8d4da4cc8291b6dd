"""Cursors in and out: opaque text of the provider, passed on only when it looks like one."""

from nft.errors import InvalidCursorError
from runtime.event import ProxyEvent, query_parameter

MAX_CURSOR_LENGTH = 2048


def cursor_in(event: ProxyEvent, name: str) -> str | None:
    """Raises InvalidCursorError when it is too long or not printable ASCII without spaces."""
    cursor = query_parameter(event, name)
    if cursor is None:
        return None
    printable = cursor.isascii() and cursor.isprintable() and " " not in cursor
    if not printable or len(cursor) > MAX_CURSOR_LENGTH:
        raise InvalidCursorError(f"{name} is not a cursor")
    return cursor
