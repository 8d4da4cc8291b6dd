"""What Alchemy's deliveries say, and what they may not look like."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from freshness.changes import Delivery, TokenChange
from tests.fixtures.deliveries import (
    CONTRACT,
    RECEIVER,
    SENDER,
    TRANSACTION,
    alchemy_activity,
    alchemy_delivery,
)
from webhooks.alchemy_activity import parse_delivery
from webhooks.errors import MalformedDeliveryError

SAMPLES = Path(__file__).parents[4] / "shared" / "samples" / "providers"
MAX_TOKEN_ID = str(2**256 - 1)


def parse(document: object) -> Delivery:
    return parse_delivery(json.dumps(document).encode())


def test_reads_a_move() -> None:
    delivery = parse(alchemy_delivery())
    assert (delivery.provider, delivery.kind) == ("alchemy", "NFT_ACTIVITY")
    assert (delivery.source, delivery.event_id) == ("wh_5dzeea0ikdnzgq6w", "whevt_1")
    assert delivery.occurred_at == datetime(2026, 11, 22, 11, 59, 58, 912000, tzinfo=UTC)
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
            confirmed=None,
        ),
    )


def test_reads_each_token_of_a_batch() -> None:
    batch = [{"tokenId": "0x01", "value": "0x1"}, {"tokenId": "0x" + "f" * 64, "value": "0x2"}]
    activity = alchemy_activity(erc721TokenId=None, erc1155Metadata=batch, category="erc1155")
    delivery = parse(alchemy_delivery(activity))
    assert [change.token_id for change in delivery.changes] == ["1", MAX_TOKEN_ID]


def test_says_that_a_re_org_took_a_move_back() -> None:
    taken_back = alchemy_activity(log={"logIndex": "0x9c", "removed": True})
    (change,) = parse(alchemy_delivery(taken_back)).changes
    assert change.removed


def test_reads_addresses_in_lower_case() -> None:
    shouted = alchemy_activity(contractAddress="0x" + CONTRACT[2:].upper())
    (change,) = parse(alchemy_delivery(shouted)).changes
    assert change.contract_address == CONTRACT


def test_reads_an_activity_without_its_log() -> None:
    (change,) = parse(alchemy_delivery(alchemy_activity(log=None))).changes
    assert (change.log_index, change.removed) == (None, False)


def test_reads_an_update_of_metadata() -> None:
    event = {"network": "MATIC_MAINNET", "contractAddress": CONTRACT, "tokenId": "15489410"}
    delivery = parse(alchemy_delivery(type="NFT_METADATA_UPDATE", event=event))
    assert delivery.changes == (TokenChange(137, CONTRACT, "15489410"),)


def test_passes_over_what_is_no_nft() -> None:
    ether = {"fromAddress": SENDER, "toAddress": RECEIVER, "category": "external", "value": 1}
    delivery = parse(alchemy_delivery(ether, alchemy_activity()))
    assert len(delivery.changes) == 1


@pytest.mark.parametrize(
    "document",
    [
        {"type": "GRAPHQL"},
        {"type": "MINED_TRANSACTION", "event": {"anything": []}},
        alchemy_delivery(event={"network": "STARKNET_MAINNET", "activity": [1]}),
        alchemy_delivery(event={"error": "Monthly capacity limit exceeded."}),
        alchemy_delivery(event={"network": "ETH_MAINNET", "activity": []}),
    ],
    ids=["unknown kind", "another kind", "unknown network", "plan used up", "nothing moved"],
)
def test_finds_nothing_to_do_in_other_deliveries(document: dict[str, Any]) -> None:
    assert parse(document).changes == ()


def test_tells_a_plan_that_is_used_up_from_an_event() -> None:
    assert parse(alchemy_delivery(event={"error": "limit"})).kind == "CAPACITY_ERROR"


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b"\xff", b"[" * 100_000])
def test_refuses_a_body_that_is_no_json_object(body: bytes) -> None:
    with pytest.raises(MalformedDeliveryError):
        parse_delivery(body)


@pytest.mark.parametrize(
    "changes",
    [
        {"type": None},
        {"type": 7},
        {"webhookId": ""},
        {"id": None},
        {"id": "x" * 129},
        {"id": "a b"},
        {"createdAt": None},
        {"createdAt": "yesterday"},
        {"createdAt": "2026-02-31T00:00:00Z"},
        {"createdAt": "2026-11-22T11:59:58"},
        {"createdAt": 1790000000},
        {"event": None},
        {"event": []},
        {"event": {"network": "ETH_MAINNET", "activity": {}}},
        {"event": {"network": "ETH_MAINNET", "activity": [1]}},
        {"event": {"network": ["ETH_MAINNET"], "activity": []}},
    ],
)
def test_refuses_a_delivery_that_is_not_as_documented(changes: dict[str, Any]) -> None:
    with pytest.raises(MalformedDeliveryError):
        parse(alchemy_delivery(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"contractAddress": None},
        {"contractAddress": CONTRACT + "0"},
        {"contractAddress": CONTRACT + "\n"},
        {"fromAddress": "vitalik.eth"},
        {"toAddress": 5},
        {"erc721TokenId": 7},
        {"erc721TokenId": "-1"},
        {"erc721TokenId": ""},
        {"erc721TokenId": "0x"},
        {"erc721TokenId": "0x" + "f" * 65},
        {"erc721TokenId": str(2**256)},
        {"erc721TokenId": "1" * 5000},
        {"erc721TokenId": "\u0661"},
        {"erc721TokenId": None, "erc1155Metadata": [{"tokenId": None}]},
        {"erc721TokenId": None, "erc1155Metadata": "0x1"},
        {"blockNum": None},
        {"hash": "0xe6"},
        {"log": "0x9c"},
        {"log": {"logIndex": "0x9c", "removed": "true"}},
        {"log": {"logIndex": -1}},
    ],
)
def test_refuses_an_activity_that_is_not_as_documented(changes: dict[str, Any]) -> None:
    with pytest.raises(MalformedDeliveryError):
        parse(alchemy_delivery(alchemy_activity(**changes)))


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not here")
@pytest.mark.parametrize(
    ("name", "chain_id", "token_ids", "removed"),
    [
        ("nft_activity_erc721", 1, ["7915"], False),
        (
            "nft_activity_erc1155_removed",
            11155111,
            [str(0x2ACC2DFF0C1FA9C1C62F518C9415A0CA60E03F77000000000000010000000001)],
            True,
        ),
        ("nft_metadata_update", 137, ["15489410"], False),
    ],
)
def test_reads_the_samples(name: str, chain_id: int, token_ids: list[str], removed: bool) -> None:
    delivery = parse_delivery((SAMPLES / f"alchemy_webhook_{name}.json").read_bytes())
    assert [change.token_id for change in delivery.changes] == token_ids
    assert {(change.chain_id, change.removed) for change in delivery.changes} == {
        (chain_id, removed)
    }
