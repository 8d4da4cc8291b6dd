"""What Moralis's deliveries say, and what they may not look like."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from freshness.changes import Delivery, TokenChange
from tests.fixtures.deliveries import (
    BLOCK,
    CONTRACT,
    RECEIVER,
    SENDER,
    TRANSACTION,
    moralis_delivery,
    moralis_transfer,
)
from webhooks.errors import MalformedDeliveryError
from webhooks.moralis_stream import parse_delivery

SAMPLES = Path(__file__).parents[4] / "shared" / "samples" / "providers"


def parse(document: object) -> Delivery:
    return parse_delivery(json.dumps(document).encode())


@pytest.mark.parametrize("confirmed", [False, True])
def test_reads_a_move(confirmed: bool) -> None:
    delivery = parse(moralis_delivery(confirmed=confirmed))
    assert (delivery.provider, delivery.event_id) == ("moralis", BLOCK)
    assert delivery.source == "c4cf9b1a-0cb3-4c79-9ca3-04f11856c555"
    assert delivery.occurred_at == datetime(2026, 11, 22, 11, 59, 48, tzinfo=UTC)
    assert delivery.changes == (
        TokenChange(
            chain_id=1,
            contract_address=CONTRACT,
            token_id="7915",
            from_address=SENDER,
            to_address=RECEIVER,
            block_number=19992545,
            transaction_hash=TRANSACTION,
            log_index=156,
            removed=False,
            confirmed=confirmed,
        ),
    )


def test_reads_every_move_of_a_block() -> None:
    delivery = parse(moralis_delivery(moralis_transfer(), moralis_transfer(tokenId="08")))
    assert [change.token_id for change in delivery.changes] == ["7915", "8"]


@pytest.mark.parametrize("document", [{}, {"nftTransfers": []}, {"chainId": "", "block": {}}])
def test_finds_nothing_to_do_without_transfers(document: dict[str, Any]) -> None:
    assert parse(document).changes == ()


@pytest.mark.parametrize("body", [b"", b"[]", b"7", b"{", b"\xff"])
def test_refuses_a_body_that_is_no_json_object(body: bytes) -> None:
    with pytest.raises(MalformedDeliveryError):
        parse_delivery(body)


@pytest.mark.parametrize(
    "changes",
    [
        {"confirmed": None},
        {"confirmed": "false"},
        {"chainId": ""},
        {"chainId": "0x0"},
        {"chainId": "0x" + "f" * 17},
        {"chainId": 1},
        {"streamId": None},
        {"block": None},
        {"block": {"number": "1", "hash": "0x1", "timestamp": "1790000000"}},
        {"block": {"number": "1", "hash": BLOCK, "timestamp": ""}},
        {"block": {"number": "1", "hash": BLOCK, "timestamp": "17900000000"}},
        {"block": {"number": "", "hash": BLOCK, "timestamp": "1790000000"}},
        {"nftTransfers": "all"},
        {"nftTransfers": [None]},
    ],
)
def test_refuses_a_delivery_that_is_not_as_documented(changes: dict[str, Any]) -> None:
    with pytest.raises(MalformedDeliveryError):
        parse(moralis_delivery(**changes))


@pytest.mark.parametrize(
    "name", ["from", "to", "tokenId", "transactionHash", "logIndex", "contract"]
)
@pytest.mark.parametrize("value", [None, 1, "", "x", "0x1\n"])
def test_refuses_a_transfer_that_is_not_as_documented(name: str, value: object) -> None:
    with pytest.raises(MalformedDeliveryError):
        parse(moralis_delivery(moralis_transfer(**{name: value})))


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not here")
def test_reads_the_samples() -> None:
    moved = parse_delivery((SAMPLES / "moralis_stream_nft_transfer_unconfirmed.json").read_bytes())
    (change,) = moved.changes
    assert (change.chain_id, change.token_id, change.confirmed) == (80001, "0", False)
    test = parse_delivery((SAMPLES / "moralis_stream_test_webhook.json").read_bytes())
    assert test.changes == ()
