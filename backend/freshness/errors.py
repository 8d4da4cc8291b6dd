"""What can go wrong with the record of what changed."""

from runtime.errors import RouteError


class StoreError(RouteError):
    """Nothing of the delivery was recorded; the provider sends it again."""

    code, status, message = "store_unavailable", 503, "Nothing was recorded. Send it again."

    def __init__(self, cause: str = "") -> None:
        super().__init__(cause, retry_after=1)
