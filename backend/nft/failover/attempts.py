"""What the providers have answered to one question so far, and what is made of it in the end."""

from collections.abc import Callable
from dataclasses import dataclass, field

from nft.errors import (
    NftError,
    ProviderKeyError,
    ProvidersUnavailableError,
    UpstreamBadRequestError,
    UpstreamChainError,
    UpstreamError,
    UpstreamNotFoundError,
)
from runtime.deadline import Deadline

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
