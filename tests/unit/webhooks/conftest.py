import io
import itertools
import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

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
from tests.fixtures.invalidations import dynamodb, moto_dynamodb
from webhooks.deliveries import Ledger
from webhooks.keys import SigningKeys
from webhooks.routes import ROUTES
from webhooks.service import WebhooksService

__all__ = ["dynamodb", "moto_dynamodb"]
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
