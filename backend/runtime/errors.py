"""What every room's errors descend from, so that one place makes responses of them."""

from typing import ClassVar


class RouteError(Exception):
    """`code` and `message` are for the caller and fixed by the class; `cause` is for the log.

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
