"""A provider's delivery, from signed bytes to what it made stale."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from freshness.changes import Delivery
from freshness.deployed import DeployedInvalidations
from runtime.answer import Answer
from runtime.cached_secret import Secret
from runtime.event import ProxyEvent, header
from runtime.secrets_manager import SecretsManager
from webhooks.deliveries import Ledger, receive
from webhooks.keys import SigningKeys
from webhooks.request import raw_body
from webhooks.settings import WebhookSettings
from webhooks.signature import VerifiedBody

SECRET_READ_SECONDS = 1.0
"""Alchemy waits five seconds in all."""


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
        secrets = SecretsManager(environment, read_seconds=SECRET_READ_SECONDS)
        return cls(
            keys=SigningKeys(settings.signing_keys_secret_arn, secrets, clock=time.monotonic),
            ledger=DeployedInvalidations(settings.invalidation_table_name),
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
