"""The budget that all instances share, and what an instance does while nobody can say its state."""

from math import ceil
from threading import Lock
from typing import Protocol

from aws_lambda_powertools.logging import Logger

from nft.failover.budget_table import ANSWER_SECONDS, BudgetTableError
from nft.failover.gcra import SECOND, Rate, Taken, take
from runtime.deadline import Deadline
from runtime.metrics import Metrics

PARTS = 8
"""Of the rate, an instance lets through one while the table is away."""

REST = 5 * SECOND
"""After a failure: else each lookup would wait for a table that is away."""


class BudgetLedger(Protocol):
    """Where it is counted what was let through to one provider."""

    def take(self, rate: Rate, now: int, deadline: Deadline) -> Taken:
        """One more request, at `now` in microseconds of Unix time."""


class OwnLedger:
    """In the memory of this instance."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._due = 0

    def take(self, rate: Rate, now: int, deadline: Deadline) -> Taken:
        with self._lock:
            taken = take(self._due, now, rate)
            self._due = taken.due
        return taken


class SharedLedger:
    """What the table says of `provider`; while it is away, a part of the rate from memory."""

    def __init__(
        self, table: BudgetLedger, provider: str, *, metrics: Metrics, logger: Logger
    ) -> None:
        self._table = table
        self._provider = provider
        self._metrics = metrics
        self._logger = logger
        self._own = OwnLedger()
        self._away = 0

    def take(self, rate: Rate, now: int, deadline: Deadline) -> Taken:
        if not self._away <= now < self._away + REST:
            had_time = deadline.left() >= ANSWER_SECONDS
            try:
                return self._asked(rate, now, deadline)
            except BudgetTableError as error:
                if had_time:
                    self._away = now
                    told = {"provider": self._provider, "error": str(error)}
                    self._logger.warning("provider budget unknown", extra=told)
        self._metrics.count("ProviderBudgetUnknown", provider=self._provider)
        return self._own.take(rate.part(PARTS), now, deadline)

    def _asked(self, rate: Rate, now: int, deadline: Deadline) -> Taken:
        """Waits for whole seconds, as callers are told: an instance asks once a second at most."""
        taken = self._table.take(rate, now, deadline)
        if taken.wait:
            self._metrics.count("ProviderBudgetSpent", provider=self._provider)
        return taken._replace(wait=ceil(taken.wait / SECOND) * SECOND)
