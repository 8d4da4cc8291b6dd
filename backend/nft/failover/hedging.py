"""Hedging: the next provider is asked as soon as the one before has been silent for a while."""

import threading
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue

from runtime.deadline import Deadline

type Run = Callable[[str], bool]
"""Asks a provider; whether there is a good answer now."""


def hedged(providers: Sequence[str], run: Run, *, after: float, deadline: Deadline) -> None:
    """Until one has a good answer, all have failed, or the deadline passes; `after` in seconds."""
    outcomes: SimpleQueue[bool] = SimpleQueue()

    def report(provider: str) -> None:
        outcomes.put(run(provider))

    pending = 0
    for provider in providers:
        threading.Thread(target=report, args=(provider,), name="ask", daemon=True).start()
        outcome = _next(outcomes, min(after, deadline.left()))
        pending += outcome is None
        if outcome:
            return
    while pending and (outcome := _next(outcomes, deadline.left())) is False:
        pending -= 1


def _next(outcomes: SimpleQueue[bool], seconds: float) -> bool | None:
    """The next outcome; None where there is none in time."""
    try:
        return outcomes.get(timeout=max(0.0, seconds))
    except Empty:
        return None
