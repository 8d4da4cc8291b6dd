"""Two providers as one: who is asked, for how long, how often, and what comes of it when none can.

The time budget, from the moment a request arrives:

    first page   first provider   half of the time left
                 second provider  the rest, also when the first knows nothing (an empty list)
                 one that rests behind its breaker, every HURRY_SECONDS at most, or else
                 one of them once more, after up to JITTER_SECONDS, if its failure may pass
    later pages  their provider, and once more as above: a cursor never crosses providers

With `hedge_after_seconds` the second is asked as soon as the first has been silent that long.
What a failure does to the provider's circuit breaker is in `_note`.

Why: ARCHITECTURE.md, nft.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from nft.errors import (
    NftError,
    ProviderKeyError,
    ProvidersUnavailableError,
    UpstreamAuthError,
    UpstreamBadRequestError,
    UpstreamChainError,
    UpstreamError,
    UpstreamNotFoundError,
    UpstreamQuotaError,
    UpstreamRateLimitedError,
    UpstreamTooLargeError,
    UpstreamUnavailableError,
)
from nft.failover.circuit_breaker import CircuitBreaker, RequestBudget
from nft.failover.hedging import hedged
from runtime.deadline import Clock, Deadline
from runtime.metrics import Metrics
from runtime.traces import Traces

JITTER_SECONDS = 0.25
MIN_ATTEMPT_SECONDS = 0.3
AUTH_OPEN_SECONDS = 300.0
QUOTA_OPEN_SECONDS = 900.0
DEFAULT_RETRY_AFTER = 2
MAX_RETRY_AFTER = 60


class _NotAskedError(UpstreamUnavailableError):
    """We held the request back; asking again at once would change nothing."""


@dataclass(frozen=True)
class Guard:
    """What stands before one provider."""

    breaker: CircuitBreaker
    budget: RequestBudget


# The provider is well and has said so, to this question.
ANSWERED = (UpstreamNotFoundError, UpstreamBadRequestError, UpstreamChainError)

type Ask[T] = Callable[[str, Deadline], T]
"""(provider, its deadline) -> answer; makes its requests within `Failover.request`."""


@dataclass
class Attempts[T]:
    """A `weak` answer stands only where there is no better."""

    weak: Callable[[T], bool]
    answer: T | None = None
    weak_answer: T | None = None
    failures: list[tuple[str, NftError]] = field(default_factory=list)

    def run(self, provider: str, ask: Ask[T], deadline: Deadline) -> bool:
        """Whether there is a good answer now."""
        try:
            answer = ask(provider, deadline)
        except (UpstreamError, ProviderKeyError) as error:
            self.failures.append((provider, error))
            return False
        if self.weak(answer):
            self.weak_answer = self.weak_answer or answer
            return False
        self.answer = self.answer or answer
        return True

    def has_none(self) -> bool:
        return self.answer is None and self.weak_answer is None

    def result(self, retry_after: Callable[[], int]) -> T:
        """Raises one of ANSWERED where a provider said so, ProvidersUnavailableError otherwise."""
        answer = self.answer if self.answer is not None else self.weak_answer
        if answer is not None:
            return answer
        for kind in ANSWERED:
            if said := next((error for _, error in self.failures if isinstance(error, kind)), None):
                raise said
        cause = ", ".join(f"{name}: {type(error).__name__}" for name, error in self.failures)
        raise ProvidersUnavailableError(cause, retry_after=retry_after())


@dataclass(frozen=True)
class Failover:
    """`jitter` gives 0 to 1; `sleep` waits seconds."""

    guards: Mapping[str, Guard]
    metrics: Metrics
    traces: Traces
    clock: Clock
    sleep: Callable[[float], None]
    jitter: Callable[[], float]
    hedge_after_seconds: float | None = None

    @contextmanager
    def request(self, provider: str, deadline: Deadline) -> Iterator[None]:
        """Around one request to one provider, whose outcome its breaker and metrics learn.

        Raises NftError; anything else raised within counts as the provider's failure.
        """
        guard = self.guards[provider]
        if not guard.breaker.admits():
            raise _NotAskedError("the circuit breaker is open")
        if not guard.budget.take():
            raise _NotAskedError("our own budget for the provider is spent")
        started = self.clock()
        try:
            with self.traces(provider), _foreseen():
                yield
        except (UpstreamError, ProviderKeyError) as error:
            self._note(provider, error)
            raise
        finally:
            guard.budget.give_back()
            # what ends after its deadline was frozen with the instance
            took = min(self.clock(), deadline.at) - started
            self.metrics.latency("ProviderLatency", max(0.0, took), provider=provider)
        guard.breaker.succeeded()

    def first[T](
        self,
        providers: Sequence[str],
        ask: Ask[T],
        *,
        deadline: Deadline,
        weak: Callable[[T], bool] = lambda _: False,
    ) -> T:
        """The first good answer; a `weak` one only if no other provider has a better.

        Raises UpstreamNotFoundError or UpstreamBadRequestError where a provider said so and none
        knew better, ProvidersUnavailableError otherwise.
        """
        attempts = Attempts[T](weak)
        if self.hedge_after_seconds is not None:
            run = partial(attempts.run, ask=ask, deadline=deadline)
            hedged(providers, run, after=self.hedge_after_seconds, deadline=deadline)
        else:
            for place, provider in enumerate(providers):
                if attempts.failures:
                    self.metrics.count("FailedOver", provider=provider)
                if attempts.run(provider, ask, deadline.share(len(providers) - place)):
                    break
        if attempts.has_none():
            self._once_more(attempts, ask, deadline)
        return attempts.result(self._retry_after)

    def later[T](self, provider: str, ask: Ask[T], *, deadline: Deadline) -> T:
        """A page of one provider's walk. Raises as `first` does."""
        attempts = Attempts[T](lambda _: False)
        if not attempts.run(provider, ask, deadline):
            self._once_more(attempts, ask, deadline)
        return attempts.result(self._retry_after)

    def _once_more[T](self, attempts: Attempts[T], ask: Ask[T], deadline: Deadline) -> None:
        """One early try of a provider that rests; else one retry of a failure that may pass."""
        pause = JITTER_SECONDS * self.jitter()
        if deadline.left() - pause <= MIN_ATTEMPT_SECONDS:
            return
        passing = (name for name, error in attempts.failures if _may_pass(error))
        resting = (name for name, _ in attempts.failures if self.guards[name].breaker.hurry())
        if (early := next(resting, None)) is not None:
            attempts.run(early, ask, deadline)
        elif (again := next(passing, None)) is not None:
            self.sleep(pause)
            attempts.run(again, ask, deadline)

    def _note(self, provider: str, error: NftError) -> None:
        breaker = self.guards[provider].breaker
        if isinstance(error, (*ANSWERED, UpstreamTooLargeError)):
            breaker.succeeded()
            return
        self.metrics.count("ProviderFailed", provider=provider)
        if isinstance(error, UpstreamAuthError):
            self.metrics.count("ProviderAuthFailed", provider=provider)
            breaker.open_for(AUTH_OPEN_SECONDS, waits=False)
        elif isinstance(error, ProviderKeyError):
            self.metrics.count("ProviderAuthFailed", provider=provider)
            breaker.failed()
        elif isinstance(error, UpstreamQuotaError):
            self.metrics.count("ProviderQuotaUsedUp", provider=provider)
            breaker.open_for(QUOTA_OPEN_SECONDS, waits=True)
        elif isinstance(error, UpstreamRateLimitedError):
            breaker.open_for(float(error.retry_after or 1), waits=True)
        else:
            breaker.failed()

    def _retry_after(self) -> int:
        left = [guard.breaker.seconds_left() for guard in self.guards.values()]
        return max(DEFAULT_RETRY_AFTER, min(MAX_RETRY_AFTER, round(min(left, default=0.0))))


@contextmanager
def _foreseen() -> Iterator[None]:
    """Raises UpstreamError or ProviderKeyError, nothing else."""
    try:
        yield
    except (UpstreamError, ProviderKeyError):
        raise
    except Exception as error:  # a shape nobody foresaw; its text could hold anything
        raise UpstreamUnavailableError(f"unreadable: {type(error).__name__}") from None


def _may_pass(error: NftError) -> bool:
    hopeless = (_NotAskedError, UpstreamTooLargeError)
    return isinstance(error, UpstreamUnavailableError) and not isinstance(error, hopeless)
