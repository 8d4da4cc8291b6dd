"""The table that says when each subject last changed.

Nothing of a delivery is kept as truth. Whatever a re-org does, moved, taken back, confirmed, it
only makes readers ask the provider again.

Out of reach is the stage cache of API Gateway. It drops one entry for a request to that very entry
only, with `Cache-Control: max-age=0`, signed by who may `execute-api:InvalidateCache`: a webhook
knows neither the entries (every page and parameter is one) nor, on the routes of a wallet, the
wallet's token. The other way, flushing the stage, would let any transfer empty it for everyone.
So that cache lives by its own short time, and what must be fresh is cached in functions.
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import batched
from typing import Any, Protocol

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from freshness.errors import StoreError
from runtime.freshness import Subject

# No cache may hold an answer for longer: after that the table forgets the change.
LONGEST_CACHE = timedelta(hours=1)
_KEPT = 2 * LONGEST_CACHE
_TRANSACTION_ITEMS = 100
_TRIES = 5
# Alchemy waits five seconds in all for what comes of its delivery.
_CLIENT_CONFIG = Config(
    connect_timeout=1, read_timeout=1, retries={"total_max_attempts": 2, "mode": "standard"}
)
_CONDITION_FAILED = "ConditionalCheckFailed"
_EXPECTED_REASONS = {"None", _CONDITION_FAILED, "TransactionConflict"}


class DynamoDbWriter(Protocol):
    """What is used of boto3's DynamoDB client."""

    def get_item(self, **request: Any) -> Mapping[str, Any]: ...
    def transact_write_items(self, **request: Any) -> Mapping[str, Any]: ...


class InvalidationTable:
    """One DynamoDB table: key `pk`, time to live `expires_at` (Unix seconds).

    `changed_at` is in Unix milliseconds and only ever grows.
    """

    def __init__(self, client: DynamoDbWriter, table_name: str) -> None:
        self._client = client
        self._table_name = table_name

    def apply(
        self, subjects: Collection[Subject], *, record: str, record_until: datetime, now: datetime
    ) -> bool:
        """Mark the subjects as changed and keep the record; False when it was there before.

        The record comes with the last transaction, so it is there only if all the rest is.
        Raises StoreError.
        """
        try:
            if self._is_there(record):
                return False
            puts = [self._change(subject, now) for subject in sorted(subjects)]
            puts.append(self._record(record, record_until))
            batches = batched(puts, _TRANSACTION_ITEMS, strict=False)
            return all(self._write(batch, record) for batch in batches)
        except ClientError as error:
            raise StoreError(_code(error)) from None
        except BotoCoreError as error:
            raise StoreError(type(error).__name__) from None

    def _is_there(self, key: str) -> bool:
        reply = self._client.get_item(
            TableName=self._table_name,
            Key={"pk": {"S": key}},
            ProjectionExpression="pk",
            ConsistentRead=True,
        )
        return "Item" in reply

    def _change(self, subject: Subject, now: datetime) -> dict[str, Any]:
        changed_at = {"N": str(milliseconds(now.timestamp()))}
        return {
            "TableName": self._table_name,
            "Item": {
                "pk": {"S": subject},
                "changed_at": changed_at,
                "expires_at": {"N": str(int((now + _KEPT).timestamp()))},
            },
            "ConditionExpression": "attribute_not_exists(pk) OR changed_at < :changed_at",
            "ExpressionAttributeValues": {":changed_at": changed_at},
        }

    def _record(self, record: str, until: datetime) -> dict[str, Any]:
        return {
            "TableName": self._table_name,
            "Item": {"pk": {"S": record}, "expires_at": {"N": str(int(until.timestamp()))}},
            "ConditionExpression": "attribute_not_exists(pk)",
        }

    def _write(self, puts: Sequence[dict[str, Any]], record: str) -> bool:
        """All of them or none; without those whose subject has changed later already."""
        for _ in range(_TRIES):
            refused = self._refused(puts)
            if refused is None:
                return True
            if record in map(_key, refused):
                return False
            puts = [put for put in puts if put not in refused]
            if not puts:
                return True
        raise StoreError("others were writing the same all the time")

    def _refused(self, puts: Sequence[dict[str, Any]]) -> list[dict[str, Any]] | None:
        """The puts whose condition failed; none of them where another transaction was in the way.

        None when all are written.
        """
        try:
            self._client.transact_write_items(TransactItems=[{"Put": put} for put in puts])
        except ClientError as error:
            reasons = _cancellation_reasons(error)
            if len(reasons) != len(puts) or not {*reasons} <= _EXPECTED_REASONS:
                raise
            pairs = zip(puts, reasons, strict=True)
            return [put for put, reason in pairs if reason == _CONDITION_FAILED]
        return None


def dynamodb_writer() -> DynamoDbWriter:
    """Region, credentials and endpoint are as botocore finds them."""
    client: DynamoDbWriter = boto3.client("dynamodb", config=_CLIENT_CONFIG)
    return client


def _cancellation_reasons(error: ClientError) -> list[str]:
    """One code per item; empty for any other error than a cancelled transaction."""
    response: Mapping[str, Any] = error.response
    return [str(reason.get("Code")) for reason in response.get("CancellationReasons", [])]


def milliseconds(seconds: float) -> int:
    return int(seconds * 1000)


def _key(put: Mapping[str, Any]) -> str:
    return str(put["Item"]["pk"]["S"])


def _code(error: ClientError) -> str:
    """AWS's error code, such as AccessDeniedException; its message may quote an item."""
    return str(error.response.get("Error", {}).get("Code", "ClientError"))
