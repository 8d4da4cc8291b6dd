"""Amazon DynamoDB as the stack's functions use it: five operations, signed and allowed.

Tables have one key, a string called as the template says; a restart forgets them. What expressions
may say is in `local.dynamodb_expressions`. A transaction is all or nothing, for one request is
served at a time.

https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.dynamodb_expressions import ExpressionError, Item, check_values, holds, updated
from local.errors import UnsupportedError
from local.iam.policy import is_allowed
from local.iam.sessions import Session, Sessions
from local.iam.sigv4 import SigV4Error, verify_sigv4

_FAILED, _FAILED_MESSAGE = "ConditionalCheckFailed", "The conditional request failed"
_TARGET = "DynamoDB_20120810."
_UPDATING = {
    *("TableName", "Key", "UpdateExpression", "ConditionExpression", "ExpressionAttributeValues"),
    *("ReturnValues", "ReturnValuesOnConditionCheckFailure"),
}
_ANSWERED = {"ReturnValues": "UPDATED_NEW", "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}


class DynamoDbError(Exception):
    """An error type of DynamoDB, its message and what else its answer holds."""

    def __init__(self, error_type: str, message: str, **more: object) -> None:
        super().__init__(message)
        self.error_type = error_type
        self.more = more


class Tables:
    """`keys`: name of each table -> name of its key. `arn_of`: its ARN."""

    def __init__(self, keys: Mapping[str, str], arn_of: Mapping[str, str]) -> None:
        self._keys = dict(keys)
        self._arn_of = dict(arn_of)
        self._items: dict[str, dict[str, Item]] = {name: {} for name in keys}

    def keep_items_of(self, before: Tables) -> None:
        """After an update of the stack; a table of another key is another table."""
        for name, key in self._keys.items():
            if before._keys.get(name) == key:
                self._items[name] = before._items[name]

    def answer(self, operation: str, body: Mapping[str, Any], session: Session) -> object:
        """Raises DynamoDbError."""
        try:
            return self._answer(operation, body, session)
        except ExpressionError as error:
            raise DynamoDbError("ValidationException", str(error)) from None

    def _answer(self, operation: str, body: Mapping[str, Any], session: Session) -> object:
        match operation:
            case "GetItem":
                found = self._get(session, "GetItem", body["TableName"], body["Key"])
                return {"Item": found} if found else {}
            case "BatchGetItem":
                return self._batch_get(session, body["RequestItems"])
            case "PutItem":
                self._check(session, body)
                self._put(body)
                return {}
            case "UpdateItem":
                return self._update(session, body)
            case "TransactWriteItems":
                return self._transact(session, body["TransactItems"])
        message = f"the local stack does not model {operation}"
        raise DynamoDbError("UnknownOperationException", message)

    def _batch_get(self, session: Session, asked: Mapping[str, Any]) -> object:
        found = {
            table: [self._get(session, "BatchGetItem", table, key) for key in wanted["Keys"]]
            for table, wanted in asked.items()
        }
        responses = {table: [item for item in items if item] for table, items in found.items()}
        return {"Responses": responses, "UnprocessedKeys": {}}

    def _transact(self, session: Session, items: list[Mapping[str, Any]]) -> object:
        if [item for item in items if set(item) != {"Put"}] or not 0 < len(items) <= 100:
            raise DynamoDbError("ValidationException", "the local stack models 1 to 100 Puts only")
        puts = [item["Put"] for item in items]
        codes = [self._refusal(session, put) for put in puts]
        if any(codes):
            reasons = [{"Code": code or "None"} for code in codes]
            message = f"Transaction cancelled, see reasons: {[r['Code'] for r in reasons]}"
            raise DynamoDbError(
                "TransactionCanceledException", message, CancellationReasons=reasons
            )
        for put in puts:
            self._put(put)
        return {}

    def _check(self, session: Session, put: Mapping[str, Any]) -> None:
        if code := self._refusal(session, put):
            raise DynamoDbError(f"{code}Exception", _FAILED_MESSAGE)

    def _refusal(self, session: Session, put: Mapping[str, Any]) -> str:
        """What the condition's failure is called, or nothing."""
        table = put["TableName"]
        self._authorize(session, "PutItem", table)
        there = self._items[table].get(self._key(table, put["Item"]), {})
        condition = put.get("ConditionExpression")
        values = put.get("ExpressionAttributeValues", {})
        check_values(values, condition)
        is_met = condition is None or holds(condition, there, values)
        return "" if is_met else _FAILED

    def _update(self, session: Session, body: Mapping[str, Any]) -> object:
        """One attribute, under a condition; answers with what is new, or with what was there."""
        table, key = body["TableName"], body["Key"]
        self._authorize(session, "UpdateItem", table)
        if set(body) != _UPDATING or not _ANSWERED.items() <= body.items():
            message = f"the local stack models {sorted(_UPDATING)} with {_ANSWERED} only"
            raise DynamoDbError("ValidationException", message)
        there = self._items[table].get(self._key(table, key), {})
        change, condition = body["UpdateExpression"], body["ConditionExpression"]
        values = body["ExpressionAttributeValues"]
        check_values(values, condition, change)
        if not holds(condition, there, values):
            old = {"Item": there} if there else {}
            raise DynamoDbError(f"{_FAILED}Exception", _FAILED_MESSAGE, **old)
        new = updated(change, there, values)
        self._items[table][self._key(table, key)] = {**key, **there, **new}
        return {"Attributes": new}

    def _put(self, put: Mapping[str, Any]) -> None:
        table = put["TableName"]
        self._items[table][self._key(table, put["Item"])] = put["Item"]

    def _get(self, session: Session, action: str, table: str, key: Item) -> Item | None:
        self._authorize(session, action, table)
        return self._items[table].get(self._key(table, key))

    def _key(self, table: str, item: Item) -> str:
        try:
            return str(item[self._keys[table]]["S"])
        except KeyError:
            message = "The provided key element does not match the schema"
            raise DynamoDbError("ValidationException", message) from None

    def _authorize(self, session: Session, name: str, table: str) -> None:
        action, arn = f"dynamodb:{name}", self._arn_of.get(table, "*")
        if not is_allowed(session.role, action=action, resource=arn, context={}):
            who = f"User: {session.assumed_role_arn} is not authorized to perform: {action}"
            raise DynamoDbError("AccessDeniedException", f"{who} on resource: {arn}")
        if table not in self._items:
            raise DynamoDbError("ResourceNotFoundException", "Requested resource not found")


def read_tables(found: Mapping[str, Mapping[str, Any]], arn_of: Mapping[str, str]) -> Tables:
    """Tables by name, from their properties. Raises UnsupportedError for any other key."""
    keys = {}
    for name, properties in found.items():
        schema = [(k["AttributeName"], k["KeyType"]) for k in properties["KeySchema"]]
        types = {
            (a["AttributeName"], a["AttributeType"]) for a in properties["AttributeDefinitions"]
        }
        if [kind for _, kind in schema] != ["HASH"] or types != {(schema[0][0], "S")}:
            raise UnsupportedError(f"{name}: the local stack models a key of one string only")
        keys[name] = schema[0][0]
    return Tables(keys, arn_of)


def build_app(
    tables: Tables, sessions: Sessions, region: str, now: Callable[[], float]
) -> Starlette:
    """The tables, behind the signature and the policy check AWS makes."""
    verify = partial(verify_sigv4, sessions=sessions, service="dynamodb", region=region)

    async def endpoint(request: Request) -> Response:
        body = await request.body()
        try:
            session = verify(request, body, now=now())
            operation = request.headers.get("x-amz-target", "").removeprefix(_TARGET)
            return JSONResponse(tables.answer(operation, await request.json(), session))
        except SigV4Error as error:
            return _refuse(error.error_type, error.message)
        except DynamoDbError as error:
            return _refuse(error.error_type, str(error), **error.more)

    return Starlette(routes=[Route("/", endpoint, methods=["POST"])])


def _refuse(error_type: str, message: str, **more: object) -> Response:
    document = {"__type": error_type, "message": message, **more}
    return JSONResponse(document, status_code=400)
