"""What a caller learns where a token has no metadata.

What goes wrong on the way to it is in `nodes.errors` and `fetch.errors`.
"""

from runtime.errors import RouteError


class TokenNotFoundError(RouteError):
    """The contract has no metadata for the token."""

    code, status, message = "not_found", 404, "The contract has no metadata for this token."
