"""The table of the local stack: what the webhooks do with it, and whom IAM lets."""

from __future__ import annotations

from typing import Any

import pytest

from local.dynamodb import DynamoDbError, Tables, read_tables
from local.errors import UnsupportedError
from local.iam.policy import Role
from local.iam.sessions import Session

ARN = "arn:aws:dynamodb:us-east-1:123456789012:table/marks"
SCHEMA: dict[str, Any] = {
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
    "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
}


def may(*operations: str, resource: str = ARN) -> Session:
    actions = [f"dynamodb:{operation}" for operation in operations]
    statement = {"Effect": "Allow", "Action": actions, "Resource": resource}
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    trust = {"Version": "2012-10-17", "Statement": []}
    role = Role("WebhookRole", "arn:aws:iam::123456789012:role/WebhookRole", trust, (policy,))
    return Session("key", "secret", "token", role, "arn:assumed", 0.0)


WRITER, READER = may("GetItem", "PutItem"), may("BatchGetItem")


@pytest.fixture
def tables() -> Tables:
    return read_tables({"marks": SCHEMA}, {"marks": ARN})


def put(key: str, changed_at: int | None = None) -> dict[str, Any]:
    """As the webhooks write: a record that must be new, or a mark that must be later."""
    item: dict[str, Any] = {"pk": {"S": key}}
    if changed_at is None:
        condition = {"ConditionExpression": "attribute_not_exists(pk)"}
        return {"TableName": "marks", "Item": item, **condition}
    value = {"N": str(changed_at)}
    return {
        "TableName": "marks",
        "Item": {**item, "changed_at": value},
        "ConditionExpression": "attribute_not_exists(pk) OR changed_at < :changed_at",
        "ExpressionAttributeValues": {":changed_at": value},
    }


def transact(tables: Tables, *puts: dict[str, Any], session: Session = WRITER) -> object:
    body = {"TransactItems": [{"Put": put} for put in puts]}
    return tables.answer("TransactWriteItems", body, session)


def get(tables: Tables, key: str) -> Any:
    body = {"TableName": "marks", "Key": {"pk": {"S": key}}}
    return tables.answer("GetItem", body, WRITER)


def test_what_is_put_is_found_alone_and_in_batches(tables: Tables) -> None:
    transact(tables, put("a", 9), put("b", 90))
    assert get(tables, "a") == {"Item": put("a", 9)["Item"]}
    assert get(tables, "c") == {}
    keys = [{"pk": {"S": key}} for key in "abc"]
    body = {"RequestItems": {"marks": {"Keys": keys}}}
    found: Any = tables.answer("BatchGetItem", body, READER)
    assert found["Responses"]["marks"] == [put("a", 9)["Item"], put("b", 90)["Item"]]


def test_a_transaction_is_all_or_nothing_and_says_which_put_was_refused(tables: Tables) -> None:
    transact(tables, put("record"), put("mark", 10))
    with pytest.raises(DynamoDbError) as refused:
        transact(tables, put("new", 11), put("mark", 9), put("record"))
    assert refused.value.error_type == "TransactionCanceledException"
    codes = [{"Code": code} for code in ("None", *["ConditionalCheckFailed"] * 2)]
    assert refused.value.more == {"CancellationReasons": codes}
    assert get(tables, "new") == {}
    transact(tables, put("mark", 100))  # as numbers: 10 < 100, and 9 is not above 10
    assert get(tables, "mark")["Item"]["changed_at"] == {"N": "100"}


def test_a_put_of_its_own_has_a_condition_too(tables: Tables) -> None:
    tables.answer("PutItem", put("a"), WRITER)
    with pytest.raises(DynamoDbError, match="conditional") as refused:
        tables.answer("PutItem", put("a"), WRITER)
    assert refused.value.error_type == "ConditionalCheckFailedException"


@pytest.mark.parametrize(
    "session", [READER, may("GetItem"), may("PutItem", resource=ARN + "2"), may("DeleteItem")]
)
def test_who_may_not_write_writes_nothing(tables: Tables, session: Session) -> None:
    with pytest.raises(DynamoDbError) as refused:
        transact(tables, put("a"), session=session)
    assert refused.value.error_type == "AccessDeniedException"
    assert get(tables, "a") == {}


@pytest.mark.parametrize("operation", ["GetItem", "BatchGetItem"])
def test_who_may_write_only_reads_nothing(tables: Tables, operation: str) -> None:
    key = {"pk": {"S": "a"}}
    body = {"TableName": "marks", "Key": key, "RequestItems": {"marks": {"Keys": [key]}}}
    with pytest.raises(DynamoDbError) as refused:
        tables.answer(operation, body, may("PutItem"))
    assert refused.value.error_type == "AccessDeniedException"


def test_what_is_not_modelled_is_refused_by_name(tables: Tables) -> None:
    with pytest.raises(DynamoDbError, match="Scan"):
        tables.answer("Scan", {}, WRITER)
    values = {"ExpressionAttributeValues": {":x": {"N": "1"}}}
    with pytest.raises(DynamoDbError, match="contains"):
        transact(tables, {**put("a"), "ConditionExpression": "contains(pk, :x)", **values})
    with pytest.raises(DynamoDbError, match="Puts only"):
        tables.answer("TransactWriteItems", {"TransactItems": [{"Delete": {}}]}, WRITER)
    ranged = [*SCHEMA["KeySchema"], {"AttributeName": "sk", "KeyType": "RANGE"}]
    with pytest.raises(UnsupportedError, match="one string"):
        read_tables({"marks": {**SCHEMA, "KeySchema": ranged}}, {"marks": ARN})


UPDATER = may("UpdateItem")


def advance(tables: Tables, *, session: Session = UPDATER, **changes: Any) -> Any:
    """As the gallery spends a budget: due at 10 of an item that is idle, until it is at 30."""
    body = {
        "TableName": "marks",
        "Key": {"pk": {"S": "alchemy"}},
        "UpdateExpression": "SET due_at = :next",
        "ConditionExpression": "attribute_not_exists(due_at) OR due_at < :now OR due_at > :most",
        "ExpressionAttributeValues": {
            name: {"N": number}
            for name, number in ((":next", "10"), (":now", "5"), (":most", "30"))
        },
        "ReturnValues": "UPDATED_NEW",
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        **changes,
    }
    return tables.answer("UpdateItem", body, session)


ADD: dict[str, Any] = {
    "UpdateExpression": "SET due_at = due_at + :more",
    "ConditionExpression": "due_at BETWEEN :now AND :most",
    "ExpressionAttributeValues": {":more": {"N": "21"}, ":now": {"N": "10"}, ":most": {"N": "30"}},
}


def test_an_update_answers_what_is_new_and_a_refused_one_what_was_there(tables: Tables) -> None:
    there = {"pk": {"S": "alchemy"}, "due_at": {"N": "10"}}
    assert advance(tables) == {"Attributes": {"due_at": {"N": "10"}}}
    with pytest.raises(DynamoDbError, match="conditional") as refused:
        advance(tables)
    assert refused.value.error_type == "ConditionalCheckFailedException"
    assert refused.value.more == {"Item": there}
    assert advance(tables, **ADD) == {"Attributes": {"due_at": {"N": "31"}}}
    with pytest.raises(DynamoDbError, match="conditional"):
        advance(tables, **ADD)
    assert advance(tables) == {"Attributes": {"due_at": {"N": "10"}}}


def test_a_refused_update_of_nothing_shows_nothing(tables: Tables) -> None:
    with pytest.raises(DynamoDbError, match="conditional") as refused:
        advance(tables, **ADD)
    assert refused.value.more == {}


def test_what_an_update_leaves_alone_stays(tables: Tables) -> None:
    tables.answer("PutItem", put("alchemy", 7), WRITER)
    advance(tables)
    there = get(tables, "alchemy")["Item"]
    assert there == {**put("alchemy", 7)["Item"], "due_at": {"N": "10"}}


NUMBER, TEXT = {"N": "1"}, {"S": "1"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"UpdateExpression": "REMOVE due_at"}, "not defined|unused|model REMOVE"),
        ({"ConditionExpression": "size(due_at) < :now"}, "unused|model size"),
        ({"ReturnValues": "ALL_NEW"}, "models"),
        ({"ReturnValuesOnConditionCheckFailure": "NONE"}, "models"),
        ({"ExpressionAttributeNames": {"#a": "due_at"}}, "models"),
        ({**ADD, "ExpressionAttributeValues": {":more": NUMBER, ":now": NUMBER}}, "value: :most"),
        ({**ADD, "ConditionExpression": "attribute_not_exists(due_at)"}, "unused in .*:most, :now"),
        (
            {
                "UpdateExpression": "SET due_at = due_at + :more",
                "ConditionExpression": "attribute_not_exists(due_at)",
                "ExpressionAttributeValues": {":more": NUMBER},
            },
            "does not exist in the item",
        ),
        (
            {
                "ConditionExpression": "due_at < :now",
                "ExpressionAttributeValues": {":next": NUMBER, ":now": TEXT},
            },
            "numbers only",
        ),
        ({"Key": {"sk": TEXT}}, "does not match the schema"),
    ],
)
def test_an_update_that_is_not_modelled_or_that_aws_refuses_is_refused(
    tables: Tables, changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(DynamoDbError, match=message) as refused:
        advance(tables, **changes)
    assert refused.value.error_type == "ValidationException"


@pytest.mark.parametrize("session", [READER, WRITER, may("UpdateItem", resource=ARN + "2")])
def test_who_may_not_update_updates_nothing(tables: Tables, session: Session) -> None:
    with pytest.raises(DynamoDbError) as refused:
        advance(tables, session=session)
    assert refused.value.error_type == "AccessDeniedException"
