"""Cursors in and out: opaque text of the provider, passed on only when it looks like one."""

from collections.abc import Mapping

from nft.errors import InvalidCursorError

MAX_CURSOR_LENGTH = 2048


def query_parameter(event: Mapping[str, object], name: str) -> str | None:
    """One query parameter of an API Gateway event; absent and empty are both None."""
    parameters = event.get("queryStringParameters")
    value = parameters.get(name) if isinstance(parameters, Mapping) else None
    return value if isinstance(value, str) and value else None


def cursor_in(event: Mapping[str, object], name: str) -> str | None:
    """Raises InvalidCursorError when it is too long or not printable ASCII without spaces."""
    cursor = query_parameter(event, name)
    if cursor is None:
        return None
    printable = cursor.isascii() and cursor.isprintable() and " " not in cursor
    if not printable or len(cursor) > MAX_CURSOR_LENGTH:
        raise InvalidCursorError(f"{name} is not a cursor")
    return cursor
