"""When not to ask a provider: it is not there, its share of requests is spent, or it has just
failed at this very question.

What is remembered lives in the memory of a function instance, for its warm invocations; the share
is counted where all instances see it. `clock` gives seconds from any fixed point. Own code: a
breaker that stays open as long as each failure asks for is what pybreaker (30 ms to import) lacks.
"""

from collections import OrderedDict
from collections.abc import Callable
from math import ceil
from threading import Lock
from typing import NamedTuple

from nft.errors import (
    NftError,
    NotAskedError,
    UpstreamBadRequestError,
    UpstreamChainError,
    UpstreamListError,
    UpstreamNotFoundError,
)
from nft.failover.gcra import SECOND, Rate
from nft.failover.shared_budget import BudgetLedger
from runtime.deadline import Deadline
from runtime.freshness import Freshness, Subject

FAILURES_TO_OPEN = 3
OPEN_SECONDS = 20.0
HURRY_SECONDS = 2.0
MAX_FAILED_QUESTIONS = 4096
"""Some 2 MB. The oldest goes first: to forget one costs a request."""

ANSWERED = (
    UpstreamNotFoundError,
    UpstreamBadRequestError,
    UpstreamChainError,
    UpstreamListError,
)
"""The provider is well and has said so, to this question."""


class CircuitBreaker:
    """Closed, open for a time, then half open: one request may try, and its outcome decides.

    What a question may have caused puts the provider last; what no question causes stops it.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = Lock()
        self._failures = self._refusals = 0
        self._opened = self._stops = self._waits = self._tries = False
        self._failed_at = 0.0
        self._until = 0.0

    def admits(self) -> bool:
        """Whether to ask now; where it stops, true for one caller only while half open."""
        with self._lock:
            if not self._stops:
                return True
            may_try = self._may_try()
            self._tries = self._tries or may_try
            return may_try

    def comes_last(self) -> bool:
        """Whether the other is asked first; false for one caller only while half open."""
        with self._lock:
            return self._opened and not self._stops and not self._may_try()

    def seconds_left(self) -> float:
        """Until a provider that is stopped may be tried."""
        with self._lock:
            return max(0.0, self._until - self._clock()) if self._stops else 0.0

    def succeeded(self) -> None:
        with self._lock:
            self._failures = self._refusals = 0
            self._opened = self._stops = self._tries = False

    def failed(self) -> None:
        """By what may be this question's fault alone."""
        with self._lock:
            self._failures, self._refusals = self._failures + 1, 0
            opens = self._opened or self._failures >= FAILURES_TO_OPEN
            if opens and self._is_current():
                self._open(OPEN_SECONDS, stops=False, waits=False)

    def refused(self) -> None:
        """By making no connection."""
        with self._lock:
            self._refusals += 1
            opens = self._stops or self._refusals >= FAILURES_TO_OPEN
            if opens and self._is_current():
                self._open(OPEN_SECONDS, stops=True, waits=False)

    def stop_for(self, seconds: float, *, waits: bool) -> None:
        """`waits`: the provider named the time, so nothing may hurry it."""
        with self._lock:
            self._open(seconds, stops=True, waits=waits)

    def hurry(self) -> bool:
        """Half open at once, for a caller whom nobody else can answer; true if that is so now."""
        with self._lock:
            early = self._clock() < self._failed_at + HURRY_SECONDS
            if not self._stops or self._waits or early:
                return False
            self._failed_at = self._until = self._clock()
            return True

    def _is_current(self) -> bool:
        """Not of a request that was on its way when the provider was stopped."""
        return not self._stops or self._tries

    def _may_try(self) -> bool:
        if self._clock() < self._until:
            return False
        self._until = self._clock() + OPEN_SECONDS  # the others wait for this one's outcome
        return True

    def _open(self, seconds: float, *, stops: bool, waits: bool) -> None:
        self._opened, self._stops, self._waits, self._tries = True, stops, waits, False
        self._failed_at = self._clock()
        self._until = self._failed_at + seconds


class RequestBudget:
    """What all instances together may send one provider; `now` gives Unix seconds.

    A refusal holds in this instance until the time told: nobody is asked meanwhile.
    """

    def __init__(self, ledger: BudgetLedger, rate: Rate, now: Callable[[], float]) -> None:
        self._ledger = ledger
        self._rate = rate
        self._now = now
        self._due = 0
        self._refused: dict[bool, tuple[float, float]] = {}

    def take(self, deadline: Deadline, *, for_wallet: bool = False) -> int:
        """Seconds to wait, in whole ones; 0 where one request may go now.

        What a wallet asks for itself may come one request earlier than what guests may ask, so
        that no flood of theirs takes its place.
        """
        if wait := self.seconds_left(for_wallet=for_wallet):
            return wait
        now = self._now()
        rate = self._rate.one_earlier() if for_wallet else self._rate
        taken = self._ledger.take(rate, int(now * SECOND), deadline)
        self._due = taken.due
        if taken.wait:
            self._refused[for_wallet] = now, taken.wait / SECOND
        return ceil(taken.wait / SECOND)

    def seconds_left(self, *, for_wallet: bool = False) -> int:
        """Of a refusal: what is refused to wallets is to guests, too."""
        now = self._now()
        told = [self._refused.get(kind, (0.0, 0.0)) for kind in {True, for_wallet}]
        return max([0, *(ceil(at + wait - now) for at, wait in told if at <= now)])

    def can_spare(self) -> bool:
        """Whether a question may have a second one: half of the burst is for first ones."""
        return self._due <= self._now() * SECOND + self._rate.half


class Question(NamedTuple):
    """`key` is all that makes it another question; a change of what it is `about` may answer it."""

    key: str
    about: Callable[[], Subject]


class Failure(NamedTuple):
    """For `seconds`. Not the error itself: its traceback would hold on to a provider's body."""

    provider: str
    error: type[NftError]
    asked_at: float
    seconds: float


_NO_FAILURE = Failure("none", NftError, 0.0, 0.0), 0.0


class FailedQuestions:
    """Which provider has just failed at which question; `now` gives Unix seconds."""

    def __init__(
        self, now: Callable[[], float], freshness: Freshness, *, most: int = MAX_FAILED_QUESTIONS
    ) -> None:
        self.now = now
        self._freshness = freshness
        self._most = most
        self._lock = Lock()
        self._failures: OrderedDict[tuple[str, str], tuple[Failure, float]] = OrderedDict()

    def remember(self, question: Question, failure: Failure) -> None:
        self.forget(failure.provider, question)
        with self._lock:
            until = self.now() + failure.seconds
            self._failures[failure.provider, question.key] = failure, until
            while len(self._failures) > self._most:
                self._failures.popitem(last=False)

    def forget(self, provider: str, question: Question) -> None:
        with self._lock:
            self._failures.pop((provider, question.key), None)

    def recall(self, provider: str, question: Question) -> NftError | None:
        """What `provider` said, or NotAskedError where it failed; None where it may be asked."""
        failure, until = self._failures.get((provider, question.key), _NO_FAILURE)
        if not failure.asked_at <= self.now() < until:
            return None
        if not issubclass(failure.error, ANSWERED):
            return NotAskedError("failed a moment ago")
        if self._freshness.changed_since({question.about()}, failure.asked_at):
            return None
        return failure.error("said a moment ago")

    def seconds_left(self, provider: str, question: Question) -> float:
        _, until = self._failures.get((provider, question.key), _NO_FAILURE)
        return max(0.0, until - self.now())
