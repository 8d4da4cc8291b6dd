"""Everything that can go wrong on an NFT route, and what the caller is told.

NftError                        internal_error        500
├── ExpiredCursorError          cursor_expired        400   too old, or its place is gone
├── NotHolderError              not_a_holder          403
├── ProvidersUnavailableError   providers_unavailable 503   every provider in turn
├── CursorKeyError              internal_error        500   our secret is missing or malformed
├── ProviderKeyError            internal_error        500   our secret is missing or malformed
└── UpstreamError
    ├── UpstreamBadRequestError   bad_request           400
    ├── UpstreamAuthError         upstream_auth         502   our key is refused: alarm
    ├── UpstreamQuotaError        upstream_quota        503
    ├── UpstreamNotFoundError     not_found             404
    ├── UpstreamRateLimitedError  rate_limited          429
    │   └── BudgetSpentError                                  by our own budget for the provider
    ├── UpstreamChainError        unsupported_chain     400   not switched on for our key
    ├── UpstreamListError         list_broken           502   it has no end that we could reach
    ├── UpstreamUnavailableError  upstream_unavailable  502
    │   ├── UpstreamUnreachableError                          no connection was made
    │   ├── NotAskedError                                     we held the request back
    │   │   └── StoppedError                                  an early try may find it well
    │   └── UpstreamTooLargeError                             a smaller page may fit
    └── UpstreamTimeoutError      upstream_timeout      504

Two audiences: `code` and `message` are for the caller and fixed by the class; `cause` is for
the log, a short text made here and never a provider's body, URL or header.
"""

from runtime.errors import (
    NotFoundError,
    RequestError,
    RouteError,
    TimedOutError,
    UnavailableError,
    UnsupportedChainError,
)


class NftError(RouteError):
    pass


class ExpiredCursorError(NftError):
    """The cursor is over a day old, or its place in the list is gone: start again."""

    code, status = "cursor_expired", 400
    message = "The page cursor has expired. Start from the first page."


class NotHolderError(NftError):
    """The wallet holds no token of the contract."""

    code, status, message = "not_a_holder", 403, "This wallet holds no token of the contract."


class ProvidersUnavailableError(NftError):
    """No provider answers, or the provider of this cursor does not."""

    code, status = "providers_unavailable", 503
    message = "No NFT provider is available. Try again in a moment."


class CursorKeyError(NftError):
    pass


class ProviderKeyError(NftError):
    pass


class UpstreamError(NftError):
    pass


class UpstreamBadRequestError(UpstreamError, RequestError):
    message = "The NFT provider did not accept the request."


class UpstreamAuthError(UpstreamError):
    """The provider refuses our key."""

    code, status, message = "upstream_auth", 502, "The NFT provider refused this service."


class UpstreamQuotaError(UpstreamError):
    """The provider's plan is used up."""

    code, status, message = "upstream_quota", 503, "The NFT provider's quota is used up."


class UpstreamNotFoundError(UpstreamError, NotFoundError):
    message = "The NFT provider knows nothing here."


class UpstreamRateLimitedError(UpstreamError):
    """The requests come too fast: wait `Retry-After` seconds."""

    code, status, message = "rate_limited", 429, "Too many requests. Try again in a moment."


class BudgetSpentError(UpstreamRateLimitedError):
    pass


class UpstreamChainError(UpstreamError, UnsupportedChainError):
    """The provider does not serve the chain for our key."""


class UpstreamListError(UpstreamError):
    """The provider's list goes in a circle or stops: the pages so far may not be all of it."""

    code, status = "list_broken", 502
    message = "The NFT provider's list cannot be read to its end."


class UpstreamUnavailableError(UpstreamError, UnavailableError):
    message = "The NFT provider is not available."


class UpstreamUnreachableError(UpstreamUnavailableError):
    pass


class NotAskedError(UpstreamUnavailableError):
    pass


class StoppedError(NotAskedError):
    pass


class UpstreamTooLargeError(UpstreamUnavailableError):
    pass


class UpstreamTimeoutError(UpstreamError, TimedOutError):
    message = "The NFT provider took too long."
