import io
import itertools
import json
import threading
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import boto3
import pytest
from moto import mock_aws

from freshness.invalidation_table import InvalidationTable
from runtime.freshness import Subject
from runtime.logging import build_logger
from runtime.responses import ProxyResponse
from runtime.route import Router
from tests.fixtures.deliveries import (
    ALCHEMY_KEY,
    MORALIS_KEY,
    NOW,
    alchemy_signature,
    moralis_signature,
    proxy_event,
)
from webhooks.deliveries import Ledger
from webhooks.keys import SigningKeys
from webhooks.routes import ROUTES
from webhooks.service import WebhooksService

TABLE = "invalidations"
_loggers = itertools.count()


@dataclass
class Context:
    aws_request_id: str = "function-request-1"

    def get_remaining_time_in_millis(self) -> int:
        return 10_000


@dataclass
class FakeLedger:
    """Remembers records; `error` is raised instead of writing."""

    records: set[str] = field(default_factory=set)
    changed: list[frozenset[Subject]] = field(default_factory=list)
    error: Exception | None = None

    def apply(
        self, subjects: Collection[Subject], *, record: str, record_until: datetime, now: datetime
    ) -> bool:
        if self.error is not None:
            raise self.error
        if record in self.records:
            return False
        self.records.add(record)
        self.changed.append(frozenset(subjects))
        return True


@dataclass
class Stage:
    """Both receivers with canary keys, a clock to set and the log lines they wrote."""

    ledger: Ledger = field(default_factory=FakeLedger)
    now: datetime = NOW
    secret: dict[str, str] = field(
        default_factory=lambda: {
            "AlchemySigningKeys": ALCHEMY_KEY,
            "MoralisStreamSecrets": MORALIS_KEY,
        }
    )
    stream: io.StringIO = field(default_factory=io.StringIO, repr=False)

    def __post_init__(self) -> None:
        service = WebhooksService(
            keys=SigningKeys("arn:secret", lambda _arn: json.dumps(self.secret), clock=lambda: 0.0),
            ledger=self.ledger,
            clock=lambda: self.now.timestamp(),
        )
        logger = build_logger(f"webhooks-test-{next(_loggers)}", stream=self.stream)
        self.router = Router(ROUTES, service, logger, lambda: 0.0, timeout_seconds=5.0)

    def alchemy(self, event: dict[str, Any]) -> ProxyResponse:
        return self.router({**event, "resource": "/webhooks/alchemy"}, Context())

    def moralis(self, event: dict[str, Any]) -> ProxyResponse:
        return self.router({**event, "resource": "/webhooks/moralis"}, Context())

    def from_alchemy(self, delivery: object) -> ProxyResponse:
        """What Alchemy would be answered if it sent this."""
        body = json.dumps(delivery)
        signature = alchemy_signature(body.encode())
        return self.alchemy(proxy_event(body, **{"X-Alchemy-Signature": signature}))

    def from_moralis(self, delivery: object) -> ProxyResponse:
        """What Moralis would be answered if it sent this."""
        body = json.dumps(delivery)
        signature = moralis_signature(body.encode())
        return self.moralis(proxy_event(body, **{"x-signature": signature}))

    @property
    def log_lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.stream.getvalue().splitlines()]


class OneAtATime:
    """A DynamoDB client whose requests are atomic, as DynamoDB's are and moto's are not.

    `before` is called with the name of each request, outside the lock.
    """

    def __init__(self, client: Any, before: Callable[[str], None] = lambda _name: None) -> None:
        self._client = client
        self._before = before
        self._lock = threading.Lock()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        request = getattr(self._client, name)

        def call(**words: Any) -> Any:
            self._before(name)
            with self._lock:
                return request(**words)

        return call


@pytest.fixture(scope="module")
def moto_dynamodb() -> Iterator[Any]:
    with mock_aws():
        yield boto3.client(
            "dynamodb",
            region_name="us-east-1",
            aws_access_key_id="testing",
            aws_secret_access_key="testing",
        )


@pytest.fixture
def dynamodb(moto_dynamodb: Any) -> Iterator[Any]:
    """moto's DynamoDB with the empty table in it."""
    moto_dynamodb.create_table(
        TableName=TABLE,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    yield moto_dynamodb
    moto_dynamodb.delete_table(TableName=TABLE)


@pytest.fixture
def table(dynamodb: Any) -> InvalidationTable:
    return InvalidationTable(dynamodb, TABLE)


def items(client: Any) -> dict[str, dict[str, int]]:
    """What the table holds, numbers as numbers."""
    rows = client.scan(TableName=TABLE)["Items"]
    return {
        row["pk"]["S"]: {name: int(value["N"]) for name, value in row.items() if name != "pk"}
        for row in rows
    }
