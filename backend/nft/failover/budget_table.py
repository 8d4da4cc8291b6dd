"""How much of a provider's budget is spent, in a DynamoDB table: one item a provider.

A request is one conditional update of the item's `due_at`, which DynamoDB makes one after another.
So no instance need know another, and none can let through what another has.

https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html
"""

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from nft.failover.gcra import FARTHEST, SECOND, Rate, Taken, is_idle, take
from runtime.aws_service import AwsServiceError
from runtime.deadline import Deadline

ANSWER_SECONDS = 2.0
"""With a new connection, of an instance that has little of a processor."""

_TRIES = 3
"""One by what was seen last, one by what is there, one where somebody came between."""

_IDLE = "attribute_not_exists(due_at) OR due_at < :now OR due_at > :farthest"
_BUSY = "due_at BETWEEN :now AND :latest"
_ANSWERED = {"ReturnValues": "UPDATED_NEW", "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}
_CONDITION_FAILED = "ConditionalCheckFailedException"
_TOO_MANY = frozenset(
    {
        *("ProvisionedThroughputExceededException", "RequestLimitExceeded"),
        *("ThrottlingException", "ThrottledException"),
    }
)
"""An item takes 1,000 writes a second: whoever meets that limit is beyond the budget, too."""


class _Change(NamedTuple):
    update: str
    condition: str
    times: Mapping[str, int]

    def request(self) -> dict[str, object]:
        return {
            "UpdateExpression": self.update,
            "ConditionExpression": self.condition,
            "ExpressionAttributeValues": {
                f":{name}": {"N": str(time)} for name, time in self.times.items()
            },
        }


class BudgetTableError(Exception):
    """The table cannot say; the text is for the log."""


class DynamoDb(Protocol):
    """What is used of `runtime.aws_service.AwsService`."""

    def ask(
        self, operation: str, request: Mapping[str, object], deadline: Deadline
    ) -> Mapping[str, Any]: ...


class BudgetTable:
    """The item of one provider: `pk` is its name, `due_at` as in nft.failover.gcra."""

    def __init__(
        self,
        dynamodb: DynamoDb,
        table_name: str,
        provider: str,
        *,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> None:
        self._dynamodb = dynamodb
        self._seconds = answer_seconds
        self._place = {"TableName": table_name, "Key": {"pk": {"S": provider}}}
        self._due = 0

    def take(self, rate: Rate, now: int, deadline: Deadline) -> Taken:
        """Raises BudgetTableError."""
        for _ in range(_TRIES):
            if (expected := take(self._due, now, rate)).wait:
                return expected
            try:
                if self._is_written(_change(self._due, now, rate), deadline):
                    return Taken(self._due, 0)
            except AwsServiceError as error:
                if error.code not in _TOO_MANY:
                    raise BudgetTableError(error.code) from None
                break
        return Taken(self._due, SECOND)

    def _is_written(self, change: _Change, deadline: Deadline) -> bool:
        """Whether the item was as it was seen last; what it is has been seen now.

        Raises AwsServiceError and BudgetTableError.
        """
        request = {**self._place, **_ANSWERED, **change.request()}
        try:
            reply = self._dynamodb.ask("UpdateItem", request, deadline.at_most(self._seconds))
        except AwsServiceError as error:
            if error.code != _CONDITION_FAILED:
                raise
            there = error.document.get("Item")
            self._due = _due_of(there) if there else 0
            return False
        self._due = _due_of(reply.get("Attributes"))
        return True


def _change(due: int, now: int, rate: Rate) -> _Change:
    """What `nft.failover.gcra.take` does, as an update that is right for such a `due` alone."""
    if is_idle(due, now):
        times = {"next": now + rate.spacing, "now": now, "farthest": now + FARTHEST}
        return _Change("SET due_at = :next", _IDLE, times)
    times = {"spacing": rate.spacing, "now": now, "latest": now + rate.early}
    return _Change("SET due_at = due_at + :spacing", _BUSY, times)


def _due_of(item: object) -> int:
    """Raises BudgetTableError."""
    try:
        return int(float(item["due_at"]["N"]))  # type: ignore[index]
    except (KeyError, TypeError, ValueError, OverflowError):
        raise BudgetTableError("an item that is none of ours") from None
