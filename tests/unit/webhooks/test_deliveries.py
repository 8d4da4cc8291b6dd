"""A delivery counts once, and for a while only."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from freshness.changes import Delivery, TokenChange
from freshness.errors import StoreError
from tests.fixtures.deliveries import CONTRACT, NOW, RECEIVER, SENDER, TRANSACTION
from webhooks.deliveries import MAX_AGE, MAX_AHEAD, receive, record_of
from webhooks.errors import MalformedDeliveryError, StaleDeliveryError

from .conftest import FakeLedger

MOVE = TokenChange(1, CONTRACT, "7", SENDER, RECEIVER, 100, TRANSACTION, 3, False, None)
DELIVERY = Delivery("alchemy", "NFT_ACTIVITY", "wh_1", "whevt_1", NOW, (MOVE,))
MILLISECOND = timedelta(milliseconds=1)


def test_counts_a_delivery_once() -> None:
    ledger = FakeLedger()
    outcomes = [receive(DELIVERY, ledger=ledger, now=NOW).outcome for _ in range(3)]
    assert outcomes == ["invalidated", "duplicate", "duplicate"]
    assert len(ledger.changed) == 1


def test_counts_a_delivery_that_failed_when_it_comes_again() -> None:
    ledger = FakeLedger(error=StoreError())
    with pytest.raises(StoreError):
        receive(DELIVERY, ledger=ledger, now=NOW)
    ledger.error = None
    assert receive(DELIVERY, ledger=ledger, now=NOW).outcome == "invalidated"


def test_keeps_no_record_of_a_delivery_with_nothing_to_do() -> None:
    ledger = FakeLedger()
    assert receive(Delivery("moralis", "NO_NFT_TRANSFERS"), ledger=ledger, now=NOW).outcome == (
        "ignored"
    )
    assert ledger.records == set()


@pytest.mark.parametrize("provider", ["alchemy", "moralis"])
def test_takes_a_delivery_for_as_long_as_its_provider_tries(provider: str) -> None:
    last = NOW + MAX_AGE[provider]
    delivery = replace(DELIVERY, provider=provider)
    assert receive(delivery, ledger=FakeLedger(), now=last).outcome == "invalidated"
    with pytest.raises(StaleDeliveryError):
        receive(delivery, ledger=FakeLedger(), now=last + MILLISECOND)


def test_waits_for_the_last_of_moralis_own_tries() -> None:
    hours = timedelta(minutes=1 + 10) + timedelta(hours=1 + 2 + 6 + 12 + 24)
    assert MAX_AGE["moralis"] > hours


def test_refuses_a_delivery_of_the_future() -> None:
    ahead = NOW - MAX_AHEAD
    assert receive(DELIVERY, ledger=FakeLedger(), now=ahead).outcome == "invalidated"
    with pytest.raises(StaleDeliveryError):
        receive(DELIVERY, ledger=FakeLedger(), now=ahead - MILLISECOND)


def test_refuses_changes_of_no_known_time() -> None:
    with pytest.raises(MalformedDeliveryError):
        receive(replace(DELIVERY, occurred_at=None), ledger=FakeLedger(), now=NOW)


@pytest.mark.parametrize("provider", ["alchemy", "moralis"])
@pytest.mark.parametrize("received", [NOW - MAX_AHEAD, NOW, NOW + timedelta(hours=1)])
def test_the_record_outlives_the_time_in_which_a_replay_is_taken(
    provider: str, received: datetime
) -> None:
    kept: list[datetime] = []

    class Ledger(FakeLedger):
        def apply(self, *_: object, record_until: datetime, **__: object) -> bool:
            kept.append(record_until)
            return True

    receive(replace(DELIVERY, provider=provider), ledger=Ledger(), now=received)
    with pytest.raises(StaleDeliveryError):
        receive(replace(DELIVERY, provider=provider), ledger=FakeLedger(), now=kept[0])


@pytest.mark.parametrize(
    "other",
    [
        replace(DELIVERY, provider="moralis"),
        replace(DELIVERY, source="wh_2"),
        replace(DELIVERY, event_id="whevt_2"),
        replace(DELIVERY, changes=(replace(MOVE, removed=True),)),
        replace(DELIVERY, changes=(replace(MOVE, confirmed=False),)),
        replace(DELIVERY, changes=(replace(MOVE, confirmed=True),)),
        replace(DELIVERY, changes=(replace(MOVE, token_id="8"),)),
        replace(DELIVERY, changes=(MOVE, replace(MOVE, log_index=4))),
    ],
)
def test_whatever_else_is_said_counts_as_another_delivery(other: Delivery) -> None:
    assert record_of(other) != record_of(DELIVERY)


def test_the_same_said_in_another_order_or_again_is_the_same_delivery() -> None:
    second = replace(MOVE, token_id="8")
    one = replace(DELIVERY, changes=(MOVE, second))
    other = replace(DELIVERY, changes=(second, MOVE), occurred_at=NOW + MILLISECOND)
    assert record_of(one) == record_of(other)


def test_a_re_org_invalidates_at_every_turn() -> None:
    ledger = FakeLedger()
    turns = [
        replace(MOVE, confirmed=False),
        replace(MOVE, confirmed=True),
        replace(MOVE, removed=True),
        replace(MOVE, transaction_hash="0x" + "e7" * 32),
    ]
    for turn in turns:
        receive(replace(DELIVERY, changes=(turn,)), ledger=ledger, now=NOW)
    assert len(ledger.changed) == len(turns)
    assert len(set(ledger.changed)) == 1
