"""Whose a failure is: this question's, the provider's, or ours. That decides who pays for it.

The question's (a 5xx, a time-out, garbage, "not found") is remembered for that question, and puts
the provider last where three come in a row. The provider's (no connection, 401, 403, 429) stops it
for every question.
"""

from nft.errors import (
    NftError,
    NotAskedError,
    ProviderKeyError,
    UpstreamAuthError,
    UpstreamQuotaError,
    UpstreamRateLimitedError,
    UpstreamTimeoutError,
    UpstreamTooLargeError,
    UpstreamUnavailableError,
    UpstreamUnreachableError,
)
from nft.failover.circuit_breaker import ANSWERED, CircuitBreaker
from runtime.metrics import Metrics

AUTH_STOP_SECONDS = 300.0
QUOTA_STOP_SECONDS = 900.0
FAILED_SECONDS = 10.0
NOT_FOUND_SECONDS = 30.0
FAIR_SECONDS = 3.0
"""A time-out after less says nothing: whoever names a slow name may have left no more."""


def may_pass(error: NftError) -> bool:
    hopeless = (NotAskedError, UpstreamTooLargeError)
    return isinstance(error, UpstreamUnavailableError) and not isinstance(error, hopeless)


def remembered_seconds(error: NftError, seconds: float) -> float:
    """How long an error that came within `seconds` is believed to be this question's; 0: not."""
    if isinstance(error, ANSWERED):
        return NOT_FOUND_SECONDS
    if isinstance(error, (NotAskedError, UpstreamUnreachableError)):
        return 0.0
    if isinstance(error, UpstreamTimeoutError):
        return FAILED_SECONDS if seconds >= FAIR_SECONDS else 0.0
    return FAILED_SECONDS if isinstance(error, UpstreamUnavailableError) else 0.0


def note(error: NftError, provider: str, breaker: CircuitBreaker, metrics: Metrics) -> None:
    """What one failed request says of its provider."""
    if isinstance(error, (*ANSWERED, UpstreamTooLargeError)):
        breaker.succeeded()
        return
    metrics.count("ProviderFailed", provider=provider)
    if isinstance(error, UpstreamAuthError):
        metrics.count("ProviderAuthFailed", provider=provider)
        breaker.stop_for(AUTH_STOP_SECONDS, waits=False)
    elif isinstance(error, ProviderKeyError):
        metrics.count("ProviderAuthFailed", provider=provider)
        breaker.failed()
    elif isinstance(error, UpstreamQuotaError):
        metrics.count("ProviderQuotaUsedUp", provider=provider)
        breaker.stop_for(QUOTA_STOP_SECONDS, waits=True)
    elif isinstance(error, UpstreamRateLimitedError):
        breaker.stop_for(float(error.retry_after or 1), waits=True)
    elif isinstance(error, UpstreamUnreachableError):
        breaker.refused()
    else:
        breaker.failed()
