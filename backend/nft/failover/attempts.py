"""What the providers have said so far to one question, and what is made of it in the end."""

from collections.abc import Callable
from dataclasses import dataclass, field
from queue import SimpleQueue

from nft.errors import (
    NftError,
    ProviderKeyError,
    ProvidersUnavailableError,
    UpstreamBadRequestError,
    UpstreamChainError,
    UpstreamError,
    UpstreamNotFoundError,
)

# The provider is well and has said so, to this question.
ANSWERED = (UpstreamNotFoundError, UpstreamBadRequestError, UpstreamChainError)

type Ask[T] = Callable[[str, float], T]
"""(provider, deadline on the clock) -> answer; makes its calls through `Failover.call`."""


@dataclass
class Race[T]:
    """A `weak` answer stands only where there is no better."""

    weak: Callable[[T], bool]
    answer: T | None = None
    weak_answer: T | None = None
    failures: list[tuple[str, NftError]] = field(default_factory=list)

    def run(self, provider: str, ask: Ask[T], deadline: float) -> bool:
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

    def report(
        self, outcomes: SimpleQueue[bool], provider: str, ask: Ask[T], deadline: float
    ) -> None:
        outcomes.put(self.run(provider, ask, deadline))

    def result(self, retry_after: Callable[[], int]) -> T:
        found = self.answer if self.answer is not None else self.weak_answer
        if found is not None:
            return found
        for kind in ANSWERED:
            if said := next((error for _, error in self.failures if isinstance(error, kind)), None):
                raise said
        cause = ", ".join(f"{name}: {type(error).__name__}" for name, error in self.failures)
        raise ProvidersUnavailableError(cause, retry_after=retry_after())
