"""The budgets of a function instance, as the table of the stack has them."""

import time
from collections.abc import Callable, Mapping
from typing import NamedTuple, Self

from aws_lambda_powertools.logging import Logger

from fetch.request import Fetch, Fetched, FetchRequest
from nft.errors import BudgetSpentError
from nft.failover.budget_table import BudgetTable
from nft.failover.circuit_breaker import RequestBudget
from nft.failover.gcra import Rate
from nft.failover.shared_budget import SharedLedger
from runtime.aws_service import DYNAMODB, AwsService
from runtime.deadline import Deadline
from runtime.metrics import EmfMetrics, Metrics
from runtime.settings import rate, required


class DeployedBudgets(NamedTuple):
    """Makes a budget of each who is asked: an item of the table, and a dimension of metrics."""

    dynamodb: AwsService
    table_name: str
    metrics: Metrics
    logger: Logger

    @classmethod
    def from_environment(cls, environment: Mapping[str, str], logger: Logger) -> Self:
        """Raises SettingError."""
        return cls(
            AwsService(DYNAMODB, environment),
            required(environment, "BUDGET_TABLE_NAME"),
            EmfMetrics(required(environment, "POWERTOOLS_METRICS_NAMESPACE")),
            logger,
        )

    def of(self, asked: str, per_second: float) -> RequestBudget:
        """For `per_second` requests to `asked`, of all instances together."""
        table = BudgetTable(self.dynamodb, self.table_name, asked)
        ledger = SharedLedger(table, asked, metrics=self.metrics, logger=self.logger)
        return RequestBudget(ledger, Rate.of(per_second), time.time)

    def admission(self, asked: str, per_second: float) -> Callable[[Deadline], None]:
        """Before each request to `asked`. What is returned raises BudgetSpentError."""
        budget = self.of(asked, per_second)

        def admit(deadline: Deadline) -> None:
            if wait := budget.take(deadline):
                raise BudgetSpentError(f"our own budget for {asked} is spent", retry_after=wait)

        return admit


def names_admission(environment: Mapping[str, str], logger: Logger) -> Callable[[Deadline], None]:
    """Before each look-up of an owner's name: as many a second as a route of names takes.

    Raises SettingError.
    """
    budgets = DeployedBudgets.from_environment(environment, logger)
    return budgets.admission("names", rate(environment, "CHAIN_READ_RPS"))


def admitted(fetch: Fetch, admit: Callable[[Deadline], None]) -> Fetch:
    """`fetch`, where `admit` lets it."""

    def ask(request: FetchRequest, deadline: Deadline) -> Fetched:
        admit(deadline)
        return fetch(request, deadline)

    return ask
