"""What a caller learns where a token has no metadata.

What goes wrong on the way to it is in `nodes.errors` and `fetch.errors`.
"""

from runtime.errors import NotFoundError


class TokenNotFoundError(NotFoundError):
    message = "The contract has no metadata for this token."
