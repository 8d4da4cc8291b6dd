"""What a change invalidates, and the table that says so.

Cached answers are filed under subjects, and the table holds the time each subject last changed:

    owner#CHAIN#ADDRESS          what a wallet holds
    token#CHAIN#ADDRESS#ID       one token: its owner, its metadata
    contract#CHAIN#ADDRESS       the list of a collection's tokens
    chain#CHAIN                  all of a chain

Nothing of a delivery is kept as truth. Whatever a re-org does, moved, taken back, confirmed, it
only makes readers ask the provider again. A move between two wallets leaves a collection's list
as it was; only a mint, a burn or new metadata changes it.

Out of reach is the stage cache of API Gateway. It drops one entry for a request to that very entry
only, with `Cache-Control: max-age=0`, signed by who may `execute-api:InvalidateCache`: a webhook
knows neither the entries (every page and parameter is one) nor, on the routes of a wallet, the
wallet's token. The other way, flushing the stage, would let any transfer empty it for everyone.
So that cache lives by its own short time, and what must be fresh is cached in functions.
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import batched
from typing import Any, NewType, Protocol

from botocore.exceptions import BotoCoreError, ClientError

from webhooks.changes import TokenChange
from webhooks.errors import StoreError

Subject = NewType("Subject", str)

# No cache may hold an answer for longer: after that the table forgets the change.
LONGEST_CACHE = timedelta(hours=1)
_KEPT = 2 * LONGEST_CACHE
# Ten transactions of 100, one place being the record's: about half a second of Alchemy's five.
MAX_SUBJECTS = 999
_TRANSACTION_ITEMS = 100
_TRIES = 5
_NOBODY = "0x" + "0" * 40


class DynamoDbWriter(Protocol):
    """What is used of boto3's DynamoDB client."""

    def get_item(self, **request: Any) -> Mapping[str, Any]: ...
    def transact_write_items(self, **request: Any) -> Mapping[str, Any]: ...


def owner_subject(chain_id: int, address: str) -> Subject:
    return Subject(f"owner#{chain_id}#{address.lower()}")


def token_subject(chain_id: int, contract_address: str, token_id: str) -> Subject:
    return Subject(f"token#{chain_id}#{contract_address.lower()}#{token_id}")


def contract_subject(chain_id: int, contract_address: str) -> Subject:
    return Subject(f"contract#{chain_id}#{contract_address.lower()}")


def chain_subject(chain_id: int) -> Subject:
    return Subject(f"chain#{chain_id}")


def chain_of(subject: Subject) -> Subject:
    """The subject of the chain another subject is on."""
    return Subject(f"chain#{subject.split('#')[1]}")


def subjects_of(changes: Iterable[TokenChange]) -> frozenset[Subject]:
    """What to invalidate; whole chains where that would be more than MAX_SUBJECTS."""
    subjects = frozenset(subject for change in changes for subject in _subjects_of(change))
    return subjects if len(subjects) <= MAX_SUBJECTS else frozenset(map(chain_of, subjects))


def _subjects_of(change: TokenChange) -> Iterable[Subject]:
    chain_id, contract_address = change.chain_id, change.contract_address
    wallets = {change.from_address, change.to_address}
    yield token_subject(chain_id, contract_address, change.token_id)
    if wallets & {None, _NOBODY}:
        yield contract_subject(chain_id, contract_address)
    for address in wallets - {None, _NOBODY}:
        yield owner_subject(chain_id, str(address))


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


_CONDITION_FAILED = "ConditionalCheckFailed"
_EXPECTED_REASONS = {"None", _CONDITION_FAILED, "TransactionConflict"}


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
