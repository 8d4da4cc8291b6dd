"""Two providers as one: who is asked, for how long, how often, and what comes of it when none can.

The time budget, from the moment a request arrives:

    first page   first provider   half of the time left; one that keeps failing comes last
                 second provider  the rest, also when the first knows nothing (an empty list)
                 one that is stopped, every HURRY_SECONDS at most, or else one of them once
                 more, after up to JITTER_SECONDS, if its failure may pass
    later pages  their provider, and once more as above: a cursor never crosses providers

With `hedge_after_seconds` the second is asked as soon as the first has been silent that long.
What a failure does to its provider is in `nft.failover.failure_kinds`.

Why: ARCHITECTURE.md, nft.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from nft.errors import (
    BudgetSpentError,
    NftError,
    ProviderKeyError,
    ProvidersUnavailableError,
    StoppedError,
    UpstreamError,
    UpstreamUnavailableError,
)
from nft.failover.circuit_breaker import (
    ANSWERED,
    CircuitBreaker,
    FailedQuestions,
    Failure,
    Question,
    RequestBudget,
)
from nft.failover.failure_kinds import may_pass, note, remembered_seconds
from nft.failover.hedging import hedged
from runtime.deadline import Clock, Deadline
from runtime.metrics import Metrics
from runtime.traces import Traces

JITTER_SECONDS = 0.25
MIN_ATTEMPT_SECONDS = 0.3
DEFAULT_RETRY_AFTER = 2
MAX_RETRY_AFTER = 60


@dataclass(frozen=True)
class Guard:
    """What stands before one provider."""

    breaker: CircuitBreaker
    budget: RequestBudget


type Ask[T] = Callable[[str, Deadline], T]
"""(provider, its deadline) -> answer; makes its requests within `Failover.request`."""


@dataclass
class Attempts[T]:
    """At one question. A `weak` answer stands only where there is no better."""

    question: Question
    failed: FailedQuestions
    weak: Callable[[T], bool]
    answer: T | None = None
    weak_answer: T | None = None
    failures: list[tuple[str, NftError]] = field(default_factory=list)
    new: list[Failure] = field(default_factory=list)

    def run(self, provider: str, ask: Ask[T], deadline: Deadline) -> bool:
        """Whether there is a good answer now."""
        asked_at, seconds = self.failed.now(), deadline.left()
        try:
            answer = ask(provider, deadline)
        except (UpstreamError, ProviderKeyError) as error:
            self.failures.append((provider, error))
            if remembered := remembered_seconds(error, seconds):
                self.new.append(Failure(provider, type(error), asked_at, remembered))
                self.failed.remember(self.question, self.new[-1])
            return False
        self.failed.forget(provider, self.question)
        if self.weak(answer):
            self.weak_answer = self.weak_answer or answer
            return False
        self.answer = self.answer or answer
        return True

    def to_ask(self, providers: Sequence[str]) -> list[str]:
        """Those that have not failed at this question just now."""
        known = [(name, self.failed.recall(name, self.question)) for name in providers]
        self.failures += [(name, error) for name, error in known if error is not None]
        return [name for name, error in known if error is None]

    def has_none(self) -> bool:
        return self.answer is None and self.weak_answer is None

    def result(self, retry_after: Callable[[Question], int]) -> T:
        """Raises one of ANSWERED where a provider said so.

        Otherwise BudgetSpentError where one could be asked in a moment, ProvidersUnavailableError
        where none could.
        """
        answer = self.answer if self.answer is not None else self.weak_answer
        if answer is not None:
            return answer
        for failure in self.new:
            self.failed.remember(self.question, failure)  # from now, whoever failed first
        for kind in ANSWERED:
            if said := next((error for _, error in self.failures if isinstance(error, kind)), None):
                raise said
        cause = ", ".join(f"{name}: {type(error).__name__}" for name, error in self.failures)
        spent = [error for _, error in self.failures if isinstance(error, BudgetSpentError)]
        if spent:
            raise BudgetSpentError(cause, retry_after=min(one.retry_after or 1 for one in spent))
        raise ProvidersUnavailableError(cause, retry_after=retry_after(self.question))


@dataclass(frozen=True)
class Failover:
    """`jitter` gives 0 to 1; `sleep` waits seconds."""

    guards: Mapping[str, Guard]
    failed: FailedQuestions
    metrics: Metrics
    traces: Traces
    clock: Clock
    sleep: Callable[[float], None]
    jitter: Callable[[], float]
    hedge_after_seconds: float | None = None

    @contextmanager
    def request(
        self, provider: str, deadline: Deadline, *, for_wallet: bool = False
    ) -> Iterator[None]:
        """Around one request to one provider, whose outcome its breaker and metrics learn.

        `for_wallet`: a wallet asks for itself. Raises NftError; anything else raised within counts
        as the provider's failure.
        """
        guard = self.guards[provider]
        if not guard.breaker.admits():
            raise StoppedError("the circuit breaker is open")
        if wait := guard.budget.take(deadline, for_wallet=for_wallet):
            raise BudgetSpentError("our own budget for the provider is spent", retry_after=wait)
        started = self.clock()
        try:
            with self.traces(provider), _foreseen():
                yield
        except (UpstreamError, ProviderKeyError) as error:
            note(error, provider, guard.breaker, self.metrics)
            raise
        finally:
            # what ends after its deadline was frozen with the instance
            took = min(self.clock(), deadline.at) - started
            self.metrics.latency("ProviderLatency", max(0.0, took), provider=provider)
        guard.breaker.succeeded()

    def can_spare(self, provider: str) -> bool:
        """Whether one question may have one more request, beyond its first."""
        return self.guards[provider].budget.can_spare()

    def first[T](
        self,
        providers: Sequence[str],
        question: Question,
        ask: Ask[T],
        *,
        deadline: Deadline,
        weak: Callable[[T], bool] = lambda _: False,
    ) -> T:
        """The first good answer; a `weak` one only if no other provider has a better.

        Raises UpstreamNotFoundError or UpstreamBadRequestError where a provider said so and none
        knew better, BudgetSpentError or ProvidersUnavailableError otherwise.
        """
        attempts = Attempts[T](question, self.failed, weak)
        order = sorted(attempts.to_ask(providers), key=self._comes_last)
        if self.hedge_after_seconds is not None:
            run = partial(attempts.run, ask=ask, deadline=deadline)
            hedged(order, run, after=self.hedge_after_seconds, deadline=deadline)
        else:
            for place, provider in enumerate(order):
                if attempts.failures or (place == 0 and provider != providers[0]):
                    self.metrics.count("FailedOver", provider=provider)
                if attempts.run(provider, ask, deadline.share(len(order) - place)):
                    break
        if attempts.has_none():
            self._once_more(attempts, ask, deadline)
        return attempts.result(self._retry_after)

    def later[T](self, provider: str, question: Question, ask: Ask[T], *, deadline: Deadline) -> T:
        """A page of one provider's walk. Raises as `first` does."""
        attempts = Attempts[T](question, self.failed, lambda _: False)
        if not any(attempts.run(name, ask, deadline) for name in attempts.to_ask([provider])):
            self._once_more(attempts, ask, deadline)
        return attempts.result(self._retry_after)

    def _comes_last(self, provider: str) -> bool:
        return self.guards[provider].breaker.comes_last()

    def _once_more[T](self, attempts: Attempts[T], ask: Ask[T], deadline: Deadline) -> None:
        """One early try of a provider that rests; else one retry of a failure that may pass."""
        pause = JITTER_SECONDS * self.jitter()
        if deadline.left() - pause <= MIN_ATTEMPT_SECONDS:
            return
        stopped = (name for name, error in attempts.failures if isinstance(error, StoppedError))
        resting = (name for name in stopped if self.guards[name].breaker.hurry())
        failed = (name for name, error in attempts.failures if may_pass(error))
        passing = (name for name in failed if self.can_spare(name))
        if (early := next(resting, None)) is not None:
            attempts.run(early, ask, deadline)
        elif (again := next(passing, None)) is not None:
            self.sleep(pause)
            attempts.run(again, ask, deadline)

    def _retry_after(self, question: Question) -> int:
        """When the first of the providers may be asked this question."""
        left = (
            max(guard.breaker.seconds_left(), self.failed.seconds_left(name, question))
            for name, guard in self.guards.items()
        )
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
