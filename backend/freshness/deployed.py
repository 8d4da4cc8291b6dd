"""The table as functions use it. boto3 is loaded by those that read or write it, and only then."""

import time
from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from aws_lambda_powertools.logging import Logger

from runtime.freshness import NO_CHANGES, Freshness, Subject

if TYPE_CHECKING:
    from freshness.invalidation_table import InvalidationTable


def deployed_freshness(environment: Mapping[str, str], logger: Logger) -> Freshness:
    """By INVALIDATION_TABLE_NAME, which is empty where webhooks are off."""
    table_name = environment.get("INVALIDATION_TABLE_NAME", "").strip()
    if not table_name:
        return NO_CHANGES
    from freshness.freshness import TableFreshness, dynamodb_reader

    return TableFreshness(dynamodb_reader, table_name, clock=time.time, logger=logger)


class DeployedInvalidations:
    """`InvalidationTable`, made for the first delivery that is signed: nobody else waits for it."""

    def __init__(self, table_name: str) -> None:
        self._table_name = table_name

    def apply(
        self, subjects: Collection[Subject], *, record: str, record_until: datetime, now: datetime
    ) -> bool:
        """Raises StoreError."""
        return self._table.apply(subjects, record=record, record_until=record_until, now=now)

    @cached_property
    def _table(self) -> "InvalidationTable":
        from freshness.invalidation_table import InvalidationTable, dynamodb_writer

        return InvalidationTable(dynamodb_writer(), self._table_name)
