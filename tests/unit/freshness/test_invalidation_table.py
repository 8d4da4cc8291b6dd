"""The table that says what changed when, on moto's DynamoDB."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError

from freshness.errors import StoreError
from freshness.invalidation_table import LONGEST_CACHE, InvalidationTable
from freshness.subjects import owner_subject
from runtime.freshness import Subject
from tests.fixtures.deliveries import NOW, SENDER
from tests.fixtures.invalidations import TABLE, OneAtATime, items

UNTIL = NOW + timedelta(hours=3)
RECORD = "delivery#alchemy#1"
MANY = frozenset(owner_subject(1, f"0x{number:040x}") for number in range(120))


def apply(
    table: InvalidationTable,
    *subjects: str,
    record: str = RECORD,
    later: timedelta = timedelta(),
) -> bool:
    named = [Subject(subject) for subject in subjects]
    return table.apply(named, record=record, record_until=UNTIL, now=NOW + later)


def milliseconds(later: timedelta = timedelta()) -> int:
    return int((NOW + later).timestamp() * 1000)


def test_marks_each_subject_and_keeps_the_record(dynamodb: Any, table: InvalidationTable) -> None:
    assert apply(table, "owner#1#a", "token#1#b#7")
    marked = {
        "changed_at": milliseconds(),
        "expires_at": int((NOW + 2 * LONGEST_CACHE).timestamp()),
    }
    assert items(dynamodb) == {
        "owner#1#a": marked,
        "token#1#b#7": marked,
        RECORD: {"expires_at": int(UNTIL.timestamp())},
    }


def test_says_when_it_was_done_before_and_changes_nothing(
    dynamodb: Any, table: InvalidationTable
) -> None:
    apply(table, "owner#1#a")
    before = items(dynamodb)
    assert not apply(table, "owner#1#a", later=timedelta(seconds=9))
    assert items(dynamodb) == before


def test_the_time_of_a_change_only_ever_grows(dynamodb: Any, table: InvalidationTable) -> None:
    later = timedelta(seconds=5)
    assert apply(table, "owner#1#a", record="delivery#2", later=later)
    assert apply(table, "owner#1#a", "owner#1#b", record="delivery#1"), "an older one still counts"
    assert items(dynamodb)["owner#1#a"]["changed_at"] == milliseconds(later)
    assert items(dynamodb)["owner#1#b"]["changed_at"] == milliseconds()
    assert {"delivery#1", "delivery#2"} <= items(dynamodb).keys()
    assert apply(table, "owner#1#a", record="delivery#3", later=2 * later)
    assert items(dynamodb)["owner#1#a"]["changed_at"] == milliseconds(2 * later)


def test_a_change_of_the_same_millisecond_is_no_conflict(table: InvalidationTable) -> None:
    assert apply(table, "owner#1#a", record="delivery#1")
    assert apply(table, "owner#1#a", record="delivery#2")


def test_marks_more_than_one_transaction_holds(dynamodb: Any, table: InvalidationTable) -> None:
    assert apply(table, *MANY)
    before = items(dynamodb)
    assert before.keys() == {*MANY, RECORD}
    assert not apply(table, *MANY, later=timedelta(seconds=9))
    assert items(dynamodb) == before


def test_leaves_out_a_whole_transaction_of_what_has_changed_already(
    dynamodb: Any, table: InvalidationTable
) -> None:
    assert apply(table, *MANY, record="delivery#1")
    assert apply(table, *MANY, record="delivery#2")
    assert "delivery#2" in items(dynamodb)


@dataclass
class Failing:
    """Lets `passing` transactions through to the client, and raises `errors` in turn after."""

    client: Any
    errors: list[Exception]
    passing: int = 0
    sent: list[int] = field(default_factory=list)

    def get_item(self, **words: Any) -> Any:
        return self.client.get_item(**words)

    def transact_write_items(self, **words: Any) -> Any:
        self.sent.append(len(words["TransactItems"]))
        if len(self.sent) > self.passing and self.errors:
            raise self.errors.pop(0)
        return self.client.transact_write_items(**words)


def cancelled(*reasons: str) -> ClientError:
    response: Any = {
        "Error": {"Code": "TransactionCanceledException", "Message": f"{SENDER} [{reasons}]"},
        "CancellationReasons": [{"Code": reason} for reason in reasons],
    }
    return ClientError(response, "TransactWriteItems")


@pytest.mark.parametrize("passing", [0, 1])
def test_what_failed_half_way_is_done_when_it_comes_again(
    passing: int, dynamodb: Any, table: InvalidationTable
) -> None:
    failing = Failing(dynamodb, [ConnectTimeoutError(endpoint_url="x")], passing)
    with pytest.raises(StoreError, match="ConnectTimeoutError"):
        apply(InvalidationTable(failing, TABLE), *MANY)
    assert RECORD not in items(dynamodb)
    assert apply(table, *MANY, later=timedelta(seconds=1))
    assert items(dynamodb).keys() == {*MANY, RECORD}


def test_tries_again_when_another_transaction_was_in_the_way(dynamodb: Any) -> None:
    conflict = cancelled("TransactionConflict", "None")
    failing = Failing(dynamodb, [conflict, conflict])
    assert apply(InvalidationTable(failing, TABLE), "owner#1#a")
    assert failing.sent == [2, 2, 2]
    assert items(dynamodb).keys() == {"owner#1#a", RECORD}


def test_leaves_it_to_the_provider_when_others_are_always_in_the_way(dynamodb: Any) -> None:
    failing = Failing(dynamodb, [cancelled("TransactionConflict", "None")] * 99)
    with pytest.raises(StoreError):
        apply(InvalidationTable(failing, TABLE), "owner#1#a")
    assert len(failing.sent) == 5
    assert items(dynamodb) == {}


@pytest.mark.parametrize(
    "error",
    [
        cancelled("ValidationError", "None"),
        cancelled("ThrottlingError", "ConditionalCheckFailed"),
        cancelled("None"),
        cancelled(),
        ClientError({"Error": {"Code": "AccessDeniedException", "Message": SENDER}}, "x"),
    ],
)
def test_fails_at_once_and_without_details_for_any_other_reason(
    error: ClientError, dynamodb: Any
) -> None:
    failing = Failing(dynamodb, [error])
    with pytest.raises(StoreError) as failed:
        apply(InvalidationTable(failing, TABLE), "owner#1#a")
    assert failed.value.cause == error.response["Error"]["Code"]
    assert len(failing.sent) == 1


def test_fails_when_the_table_is_not_there(dynamodb: Any) -> None:
    with pytest.raises(StoreError, match="ResourceNotFoundException"):
        apply(InvalidationTable(dynamodb, "another"), "owner#1#a")


def test_of_the_same_delivery_eight_times_at_once_one_is_done(dynamodb: Any) -> None:
    at_once = threading.Barrier(8)

    def wait_before_writing(request: str) -> None:
        if request == "transact_write_items":  # all have looked, and none has found a record
            at_once.wait(timeout=60)

    table = InvalidationTable(OneAtATime(dynamodb, wait_before_writing), TABLE)
    with ThreadPoolExecutor(8) as threads:
        later = [timedelta(seconds=number) for number in range(8)]
        done = list(threads.map(lambda late: apply(table, "owner#1#a", later=late), later))
    assert sorted(done) == [False] * 7 + [True]
    winner = later[done.index(True)]
    assert items(dynamodb)["owner#1#a"]["changed_at"] == milliseconds(winner)
