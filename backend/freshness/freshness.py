"""May a cached answer still be shown? Asked by whoever caches.

A cache (`runtime.answer_cache`) says what an answer is about and when it was asked for. Importing
this loads boto3: `freshness.deployed` does where webhooks are on.

Fails closed: no answer from the table means changed, and so does an answer cached for longer than
the table remembers. A gate that decides by what a wallet holds may rely on that; a mere lookup
then costs a request to the provider, of which its budget lets only so many through.

Why: ARCHITECTURE.md, freshness.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import timedelta
from functools import cache
from itertools import batched
from typing import Any, Protocol

import boto3
from aws_lambda_powertools.logging import Logger
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from freshness.invalidation_table import LONGEST_CACHE, milliseconds
from freshness.subjects import chain_of
from runtime.freshness import Subject

# A provider may tell of a change before its own lookups show it, and clocks differ a little:
# what was asked for so soon after a change does not count as knowing it.
SETTLING = timedelta(seconds=15)
_BATCH_ITEMS = 100
# A cached answer is worth a moment only: asking the provider again takes little longer.
_CLIENT_CONFIG = Config(
    connect_timeout=0.5, read_timeout=0.5, retries={"total_max_attempts": 1, "mode": "standard"}
)


class DynamoDbReader(Protocol):
    """What is used of boto3's DynamoDB client."""

    def batch_get_item(self, **request: Any) -> Mapping[str, Any]: ...


class TableFreshness:
    """Reads what `InvalidationTable` wrote, one request per 100 subjects; `clock` is Unix time.

    `client` gives the client when it is first needed.
    """

    def __init__(
        self,
        client: Callable[[], DynamoDbReader],
        table_name: str,
        *,
        clock: Callable[[], float],
        logger: Logger,
    ) -> None:
        self._client = client
        self._table_name = table_name
        self._clock = clock
        self._logger = logger

    def changed_since(self, subjects: Collection[Subject], asked_at: float) -> bool:
        if self._clock() - asked_at > LONGEST_CACHE.total_seconds():
            return True
        known_from = milliseconds(asked_at - SETTLING.total_seconds())
        asked = sorted({*subjects, *map(chain_of, subjects)})
        batches = batched(asked, _BATCH_ITEMS, strict=False)
        try:
            return any(self._changed(batch, known_from) for batch in batches)
        except (BotoCoreError, ClientError) as error:
            self._logger.warning("freshness unknown", extra={"error": type(error).__name__})
            return True

    def _changed(self, subjects: Collection[Subject], known_from: int) -> bool:
        reply = self._client().batch_get_item(
            RequestItems={
                self._table_name: {
                    "Keys": [{"pk": {"S": subject}} for subject in subjects],
                    "ProjectionExpression": "changed_at",
                    "ConsistentRead": True,
                }
            }
        )
        items = reply["Responses"].get(self._table_name, [])
        unread = bool(reply.get("UnprocessedKeys"))
        return unread or any(int(item["changed_at"]["N"]) >= known_from for item in items)


@cache
def dynamodb_reader() -> DynamoDbReader:
    client: DynamoDbReader = boto3.client("dynamodb", config=_CLIENT_CONFIG)
    return client
