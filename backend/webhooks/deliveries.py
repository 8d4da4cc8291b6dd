"""A delivery counts once, and for a while only.

Providers deliver at least once and sign no sending time, so whoever has seen a delivery could send
it again for ever. Two fences: the signed body's own time may be `max_age` old at most, and a
delivery is on record until after that, so that there is no gap between the fences.

It goes on record together with the last of what it invalidates, in one transaction: one that
failed half-way is not on record and counts when the provider sends it again.

Why: ARCHITECTURE.md, webhooks.
"""

import hashlib
import json
from collections.abc import Collection
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from freshness.changes import Delivery
from freshness.subjects import subjects_of
from runtime.freshness import Subject
from webhooks.errors import MalformedDeliveryError, StaleDeliveryError

# The last of the provider's own tries, and some room: Alchemy tries for 1 h at most
# (Enterprise), Moralis 1 min, 10 min, 1, 2, 6, 12 and 24 h apart, 45 h in all.
MAX_AGE = {"alchemy": timedelta(hours=2), "moralis": timedelta(hours=48)}
# A provider's clock may be ahead of ours, and a block's time ahead of both.
MAX_AHEAD = timedelta(minutes=5)
_RECORD_MARGIN = timedelta(hours=1)

type Outcome = Literal["invalidated", "duplicate", "ignored"]


@dataclass(frozen=True)
class Receipt:
    """What became of a delivery; `record` is its name in the table."""

    outcome: Outcome
    record: str = ""
    subjects: int = 0


class Ledger(Protocol):
    def apply(
        self, subjects: Collection[Subject], *, record: str, record_until: datetime, now: datetime
    ) -> bool:
        """False when the record was there before. Raises StoreError."""


def receive(delivery: Delivery, *, ledger: Ledger, now: datetime) -> Receipt:
    """Invalidate what the delivery names, unless that was done before.

    Raises StaleDeliveryError, StoreError.
    """
    if not delivery.changes:
        return Receipt("ignored")
    occurred_at = _in_time(delivery, now)
    subjects, record = subjects_of(delivery.changes), record_of(delivery)
    record_until = occurred_at + MAX_AGE[delivery.provider] + _RECORD_MARGIN
    applied = ledger.apply(subjects, record=record, record_until=record_until, now=now)
    return Receipt("invalidated" if applied else "duplicate", record, len(subjects))


def record_of(delivery: Delivery) -> str:
    """A name for what was said, not for the bytes: Moralis counts its tries inside the body.

    The changes are part of it because Alchemy does not promise a new id for an activity that a
    re-org took back.
    """
    said = [delivery.source, delivery.event_id, sorted(map(repr, map(astuple, delivery.changes)))]
    digest = hashlib.sha256(json.dumps(said).encode()).hexdigest()
    return f"delivery#{delivery.provider}#{digest}"


def _in_time(delivery: Delivery, now: datetime) -> datetime:
    if delivery.occurred_at is None:
        raise MalformedDeliveryError("it does not say when it was")
    age = now - delivery.occurred_at
    if not -MAX_AHEAD <= age <= MAX_AGE[delivery.provider]:
        raise StaleDeliveryError(f"{round(age.total_seconds())} s old")
    return delivery.occurred_at
