"""From a provider's failed reply to the NftError tree, the same for every provider."""

from collections.abc import Callable

from nft.errors import (
    UpstreamAuthError,
    UpstreamBadRequestError,
    UpstreamError,
    UpstreamNotFoundError,
    UpstreamQuotaError,
    UpstreamRateLimitedError,
    UpstreamUnavailableError,
)
from nft.providers.http import UpstreamReply

DEFAULT_RETRY_SECONDS = 1
MAX_RETRY_SECONDS = 60
QUOTA_RETRY_SECONDS = 3600
_ERROR_TEXT_BYTES = 4096

type IsQuota = Callable[[int, str], bool]
"""(status, start of the error body) -> whether a plan is used up, in one provider's words."""


def failure(reply: UpstreamReply, *, is_quota: IsQuota) -> UpstreamError:
    """The error for a reply whose status is not 200."""
    status = reply.status
    text = reply.body[:_ERROR_TEXT_BYTES].decode("utf-8", "replace")
    if is_quota(status, text):
        return UpstreamQuotaError(
            "the plan is used up", upstream_status=status, retry_after=QUOTA_RETRY_SECONDS
        )
    if status == 429:
        retry_after = retry_seconds(reply.retry_after)
        return UpstreamRateLimitedError(
            "too many requests", upstream_status=status, retry_after=retry_after
        )
    return _BY_STATUS.get(status, UpstreamUnavailableError)(
        "failed by its status", upstream_status=status
    )


_BY_STATUS: dict[int, type[UpstreamError]] = {
    400: UpstreamBadRequestError,
    401: UpstreamAuthError,
    403: UpstreamAuthError,
    404: UpstreamNotFoundError,
}


def retry_seconds(header: str | None) -> int:
    """Retry-After as whole seconds from 1 to MAX_RETRY_SECONDS; a date or nonsense counts as 1."""
    if header is None or not header.isascii() or not header.isdecimal() or len(header) > 9:
        return DEFAULT_RETRY_SECONDS
    return max(DEFAULT_RETRY_SECONDS, min(int(header), MAX_RETRY_SECONDS))
