"""A provider's delivery, from signed bytes to what it made stale."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

import boto3
from botocore.config import Config

from freshness.changes import Delivery
from freshness.invalidation_table import InvalidationTable
from runtime.answer import Answer
from runtime.cached_secret import Secret
from runtime.event import ProxyEvent, header
from webhooks.deliveries import Ledger, receive
from webhooks.keys import SigningKeys, deployed_secrets
from webhooks.request import raw_body
from webhooks.settings import WebhookSettings
from webhooks.signature import VerifiedBody

# Alchemy waits five seconds in all.
_CLIENT_CONFIG = Config(
    connect_timeout=1, read_timeout=1, retries={"total_max_attempts": 2, "mode": "standard"}
)


class VerifySignature(Protocol):
    def __call__(
        self, body: bytes, signature: str | None, *, expected_keys: Sequence[Secret]
    ) -> VerifiedBody: ...


@dataclass(frozen=True)
class Source:
    """What tells one provider's deliveries from another's; `header_name` is in lower case."""

    provider: str
    header_name: str
    keys: Callable[[SigningKeys], Sequence[Secret]]
    verify: VerifySignature
    parse: Callable[[bytes], Delivery]


@dataclass(frozen=True)
class WebhooksService:
    """`clock` gives Unix seconds."""

    keys: SigningKeys
    ledger: Ledger
    clock: Callable[[], float]

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "WebhooksService":
        """Raises SettingError rather than start half-configured."""
        settings = WebhookSettings.from_environment(environment)
        client = boto3.client("dynamodb", config=_CLIENT_CONFIG)
        return cls(
            keys=SigningKeys(
                settings.signing_keys_secret_arn, deployed_secrets(), clock=time.monotonic
            ),
            ledger=InvalidationTable(client, settings.invalidation_table_name),
            clock=time.time,
        )

    def receive(self, event: ProxyEvent, source: Source) -> Answer:
        """{"outcome"} once the delivery is dealt with. Raises WebhookError, StoreError."""
        body, signature = raw_body(event), header(event, source.header_name)
        verified = source.verify(body, signature, expected_keys=source.keys(self.keys))
        delivery = source.parse(verified.body)
        now = datetime.fromtimestamp(self.clock(), UTC)
        receipt = receive(delivery, ledger=self.ledger, now=now)
        log = {
            "outcome": receipt.outcome,
            "kind": delivery.kind,
            "record": receipt.record,
            "changes": len(delivery.changes),
            "subjects": receipt.subjects,
            "key_number": verified.key_number,
        }
        return Answer(json.dumps({"outcome": receipt.outcome}), provider=source.provider, log=log)
