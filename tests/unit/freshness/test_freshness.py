"""Whether a cached answer may still be shown, on moto's DynamoDB."""

import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from freshness.freshness import SETTLING, TableFreshness
from freshness.invalidation_table import LONGEST_CACHE, InvalidationTable
from freshness.subjects import (
    chain_subject,
    contract_subject,
    owner_subject,
    token_subject,
)
from runtime.freshness import Freshness, Subject
from runtime.logging import build_logger
from tests.fixtures.deliveries import CONTRACT, NOW, RECEIVER, SENDER
from tests.fixtures.invalidations import TABLE

CHANGED = owner_subject(1, SENDER)
OTHER = owner_subject(1, RECEIVER)
CHANGED_AT = NOW.timestamp()

Build = Callable[..., TableFreshness]


@pytest.fixture
def freshness(dynamodb: Any) -> Build:
    """Build a reader, `since` seconds after CHANGED changed."""
    table = InvalidationTable(dynamodb, TABLE)
    until = NOW + timedelta(hours=3)
    table.apply([CHANGED], record="delivery#1", record_until=until, now=NOW)

    def build(since: float = 60.0, client: Any = dynamodb, **words: Any) -> TableFreshness:
        words.setdefault("logger", build_logger("freshness-test"))
        return TableFreshness(lambda: client, TABLE, clock=lambda: CHANGED_AT + since, **words)

    return build


def test_an_answer_asked_for_before_a_change_is_not_shown(freshness: Build) -> None:
    assert freshness().changed_since([CHANGED], CHANGED_AT - 1)


def test_an_answer_asked_for_after_the_change_has_settled_is_shown(freshness: Build) -> None:
    settled = CHANGED_AT + SETTLING.total_seconds()
    assert freshness().changed_since([CHANGED], settled)
    assert not freshness().changed_since([CHANGED], settled + 0.001)


def test_what_never_changed_is_shown(freshness: Build) -> None:
    reader: Freshness = freshness()
    assert not reader.changed_since([OTHER, contract_subject(1, CONTRACT)], CHANGED_AT - 1)
    assert not reader.changed_since([], CHANGED_AT - 1)


def test_one_changed_subject_of_many_is_enough(freshness: Build) -> None:
    many = [token_subject(1, CONTRACT, str(number)) for number in range(230)]
    assert not freshness().changed_since(many, CHANGED_AT - 1)
    assert freshness().changed_since([*many, CHANGED], CHANGED_AT - 1)


def test_a_subject_named_twice_is_asked_for_once(freshness: Build) -> None:
    assert freshness().changed_since([CHANGED, CHANGED], CHANGED_AT - 1)


def test_a_changed_chain_changes_all_that_is_on_it(freshness: Build, dynamodb: Any) -> None:
    InvalidationTable(dynamodb, TABLE).apply(
        [chain_subject(137)], record="delivery#2", record_until=NOW, now=NOW
    )
    assert freshness().changed_since([owner_subject(137, RECEIVER)], CHANGED_AT - 1)
    assert not freshness().changed_since([owner_subject(1, RECEIVER)], CHANGED_AT - 1)


def test_an_answer_older_than_the_table_remembers_is_not_shown(freshness: Build) -> None:
    longest = LONGEST_CACHE.total_seconds()
    assert not freshness(since=longest).changed_since([OTHER], CHANGED_AT)
    assert freshness(since=longest + 0.001).changed_since([OTHER], CHANGED_AT)


class Broken:
    def __init__(self, outcome: Exception | dict[str, Any]) -> None:
        self.outcome = outcome

    def batch_get_item(self, **_: Any) -> dict[str, Any]:
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


@pytest.mark.parametrize(
    "error",
    [
        ClientError({"Error": {"Code": "AccessDeniedException", "Message": SENDER}}, "x"),
        ReadTimeoutError(endpoint_url="https://dynamodb.example"),
    ],
)
def test_a_table_that_does_not_answer_means_changed_and_is_logged(
    error: Exception, freshness: Build
) -> None:
    stream = io.StringIO()
    logger = build_logger(f"freshness-{type(error).__name__}", stream=stream)
    assert freshness(client=Broken(error), logger=logger).changed_since([OTHER], CHANGED_AT)
    line = json.loads(stream.getvalue())
    assert (line["level"], line["error"]) == ("WARNING", type(error).__name__)
    assert SENDER not in stream.getvalue()


def test_a_key_the_table_did_not_read_means_changed(freshness: Build) -> None:
    unread = {"Responses": {TABLE: []}, "UnprocessedKeys": {TABLE: {"Keys": []}}}
    assert freshness(client=Broken(unread)).changed_since([OTHER], CHANGED_AT)


def test_every_subject_is_asked_for_with_its_chain(freshness: Build) -> None:
    asked: list[str] = []

    class Recording:
        def batch_get_item(self, *, RequestItems: Any) -> Any:
            assert RequestItems[TABLE]["ConsistentRead"]
            asked.extend(key["pk"]["S"] for key in RequestItems[TABLE]["Keys"])
            return {"Responses": {TABLE: []}}

    subjects: list[Subject] = [OTHER, token_subject(10, CONTRACT, "1")]
    freshness(client=Recording()).changed_since(subjects, CHANGED_AT)
    assert asked == sorted([*subjects, "chain#1", "chain#10"])
