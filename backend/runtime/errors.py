"""What every room's errors descend from, so that one place makes responses of them.

RouteError                      internal_error       500
├── UnauthorizedError           unauthorized         401
├── NotFoundError               not_found            404
├── UnavailableError            upstream_unavailable 502
├── TimedOutError               upstream_timeout     504
└── RequestError                bad_request          400   the caller's to mend
    ├── InvalidAddressError     invalid_address
    ├── InvalidTokenIdError     invalid_token_id
    ├── InvalidParameterError   invalid_parameter
    ├── InvalidCursorError      invalid_cursor
    └── UnsupportedChainError   unsupported_chain

A room's errors inherit a code that is here; no code stands in two classes.
"""

from typing import ClassVar


class RouteError(Exception):
    """Something is wrong on our side.

    `code` and `message` are for the caller and fixed by the class; `cause` is for the log.

    A cause is a short text made here, never a URL, a body or a header of somebody else.
    `upstream_status` is what somebody else answered, `retry_after` is in seconds.
    """

    code: ClassVar[str] = "internal_error"
    status: ClassVar[int] = 500
    message: ClassVar[str] = "Something went wrong here. Try again."

    def __init__(
        self,
        cause: str = "",
        *,
        upstream_status: int | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(cause)
        self.cause = cause
        self.upstream_status = upstream_status
        self.retry_after = retry_after


class UnauthorizedError(RouteError):
    """The token of the caller names no wallet."""

    code, status, message = "unauthorized", 401, "Sign in with a wallet first."


class NotFoundError(RouteError):
    """The provider, the contract or ENS knows nothing there."""

    code, status, message = "not_found", 404, "There is nothing here."


class UnavailableError(RouteError):
    """The provider or the node is down, or its response cannot be used."""

    code, status, message = "upstream_unavailable", 502, "The lookup is not available."


class TimedOutError(RouteError):
    """The provider or ENS took too long."""

    code, status, message = "upstream_timeout", 504, "The lookup took too long."


class RequestError(RouteError):
    """The request is not valid."""

    code, status, message = "bad_request", 400, "The request is not valid."


class InvalidAddressError(RequestError):
    """The text is not an address, or its EIP-55 checksum is wrong."""

    code, message = "invalid_address", "This is not an address: 0x and 40 hex digits."


class InvalidTokenIdError(RequestError):
    """The token id is not a decimal number below 2^256."""

    code, message = "invalid_token_id", "A token id is a decimal number below 2^256."


class InvalidParameterError(RequestError):
    """A query parameter has a value that is not allowed."""

    code, message = "invalid_parameter", "A query parameter is not valid."


class UnsupportedChainError(RequestError):
    """The chain is not on the list, or `RpcUrls` names no node of it."""

    code, message = "unsupported_chain", "This chain is not supported."


class InvalidCursorError(RequestError):
    """The cursor is not one of ours, or belongs to another request."""

    code, message = "invalid_cursor", "The page cursor is not valid. Start from the first page."
