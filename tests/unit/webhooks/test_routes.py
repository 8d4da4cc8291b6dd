"""Both receivers from API Gateway's event to its answer."""

import base64
import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from freshness.errors import StoreError
from freshness.invalidation_table import InvalidationTable
from runtime.responses import ProxyResponse
from tests.fixtures.deliveries import (
    ALCHEMY_KEY,
    BLOCK,
    CONTRACT,
    MORALIS_KEY,
    NOW,
    RECEIVER,
    SENDER,
    alchemy_activity,
    alchemy_delivery,
    alchemy_signature,
    moralis_delivery,
    moralis_signature,
    moralis_transfer,
    proxy_event,
)
from tests.fixtures.invalidations import TABLE, OneAtATime, items
from webhooks.request import MAX_BODY_BYTES

from .conftest import Context, FakeLedger, Stage


@dataclass(frozen=True)
class Receiver:
    """One of the two routes, what it is sent and how that is signed."""

    provider: str
    header: str
    receive: Callable[[Stage, Any], ProxyResponse]
    delivery: Callable[..., dict[str, Any]]
    sign: Callable[..., str]
    days_to_stale: int

    def __str__(self) -> str:
        return self.provider

    def signed(self, document: object, **words: str) -> dict[str, Any]:
        """The event of a delivery signed by the provider."""
        body = json.dumps(document)
        return proxy_event(body, **{self.header: self.sign(body.encode(), **words)})


ALCHEMY = Receiver(
    "alchemy", "X-Alchemy-Signature", Stage.alchemy, alchemy_delivery, alchemy_signature, 1
)
MORALIS = Receiver("moralis", "x-signature", Stage.moralis, moralis_delivery, moralis_signature, 3)
RECEIVERS = [ALCHEMY, MORALIS]
either = pytest.mark.parametrize("receiver", RECEIVERS, ids=str)


def told(response: ProxyResponse) -> tuple[int, str]:
    """The status, and the outcome or the error code."""
    body = json.loads(response["body"])
    return response["statusCode"], body.get("outcome") or body["error"]["code"]


@either
def test_invalidates_what_a_delivery_names(receiver: Receiver) -> None:
    stage = Stage()
    response = receiver.receive(stage, receiver.signed(receiver.delivery()))
    assert told(response) == (200, "invalidated")
    assert response["headers"]["Cache-Control"] == "no-store"
    ledger = stage.ledger
    assert isinstance(ledger, FakeLedger)
    assert ledger.changed == [
        {f"owner#1#{SENDER}", f"owner#1#{RECEIVER}", f"token#1#{CONTRACT}#7915"}
    ]


@either
def test_takes_a_body_in_base64(receiver: Receiver) -> None:
    event = receiver.signed(receiver.delivery())
    encoded = base64.b64encode(event["body"].encode()).decode()
    response = receiver.receive(Stage(), {**event, "body": encoded, "isBase64Encoded": True})
    assert told(response) == (200, "invalidated")


@either
def test_checks_the_bytes_and_not_what_they_mean(receiver: Receiver) -> None:
    event = receiver.signed(receiver.delivery())
    spaced = json.dumps(json.loads(event["body"]), separators=(",", ":"))
    assert told(receiver.receive(Stage(), {**event, "body": spaced}))[0] == 401


@either
def test_answers_a_duplicate_with_200_and_does_nothing(receiver: Receiver) -> None:
    stage, event = Stage(), receiver.signed(receiver.delivery())
    answers = [told(receiver.receive(stage, event)) for _ in range(3)]
    assert answers == [(200, "invalidated"), (200, "duplicate"), (200, "duplicate")]


def test_moralis_next_try_is_the_same_delivery() -> None:
    stage = Stage()
    assert told(stage.from_moralis(moralis_delivery(retries=0)))[1] == "invalidated"
    assert told(stage.from_moralis(moralis_delivery(retries=1)))[1] == "duplicate"


@either
def test_refuses_a_replay_days_later(receiver: Receiver) -> None:
    stage, event = Stage(), receiver.signed(receiver.delivery())
    receiver.receive(stage, event)
    stage.now = NOW + timedelta(days=receiver.days_to_stale)
    stage.ledger = FakeLedger()
    assert told(receiver.receive(stage, event)) == (400, "stale_delivery")


@either
def test_says_the_same_about_every_bad_signature(receiver: Receiver) -> None:
    event = receiver.signed(receiver.delivery())
    signature = event["headers"].pop(receiver.header)
    other = receiver.signed(receiver.delivery(), key="another-key-0123456789")
    bad = [
        event,
        other,
        {**event, "headers": None},
        {**event, "headers": {receiver.header: ""}},
        {**event, "headers": {receiver.header: signature[:-1]}},
        {**event, "headers": {receiver.header: signature.upper()}},
        {**event, "headers": {receiver.header: signature}, "body": None},
        {**event, "headers": {receiver.header: signature}, "isBase64Encoded": True},
    ]
    answers = [receiver.receive(Stage(), event) for event in bad]
    assert {answer["statusCode"] for answer in answers} == {401}
    assert len({answer["body"] for answer in answers}) == 1
    assert json.loads(answers[0]["body"])["error"] == {
        "code": "invalid_signature",
        "message": "The delivery is not signed as expected.",
        "requestId": "gateway-request-1",
    }


@either
def test_refuses_what_is_signed_and_malformed(receiver: Receiver) -> None:
    documents: list[object] = [[], None, "x", receiver.delivery(event=5, nftTransfers=5)]
    for document in documents:
        response = receiver.receive(Stage(), receiver.signed(document))
        assert told(response) == (400, "malformed_delivery")


@either
def test_refuses_what_is_too_large_whoever_signed_it(receiver: Receiver) -> None:
    event = receiver.signed(receiver.delivery(padding="x" * MAX_BODY_BYTES))
    assert told(receiver.receive(Stage(), event)) == (413, "payload_too_large")


@either
def test_answers_with_200_where_there_is_nothing_to_do(receiver: Receiver) -> None:
    nothing = {"type": "GRAPHQL", "nftTransfers": []}
    assert told(receiver.receive(Stage(), receiver.signed(nothing))) == (200, "ignored")


@either
def test_asks_for_it_again_when_the_table_cannot_be_written(receiver: Receiver) -> None:
    stage = Stage(FakeLedger(error=StoreError("Throttled")))
    event = receiver.signed(receiver.delivery())
    response = receiver.receive(stage, event)
    assert told(response) == (503, "store_unavailable")
    assert response["headers"]["Retry-After"] == "1"
    assert isinstance(stage.ledger, FakeLedger)
    stage.ledger.error = None
    assert told(receiver.receive(stage, event)) == (200, "invalidated")


@either
def test_a_rotated_key_loses_no_delivery(receiver: Receiver) -> None:
    old = {"alchemy": ALCHEMY_KEY, "moralis": MORALIS_KEY}[receiver.provider]
    new = "theNextKey-0123456789"
    stage = Stage(secret=dict.fromkeys(Stage().secret, f"{old},{new}"))
    event = receiver.signed(receiver.delivery(), key=old)
    assert told(receiver.receive(stage, event)) == (200, "invalidated")
    event = receiver.signed(receiver.delivery(), key=new)
    assert told(receiver.receive(stage, event)) == (200, "duplicate")
    assert [line["key_number"] for line in stage.log_lines] == [0, 1]


@either
def test_does_not_answer_for_a_provider_without_keys(receiver: Receiver) -> None:
    stage = Stage(secret={})
    event = receiver.signed(receiver.delivery(), key="")
    assert told(receiver.receive(stage, event)) == (500, "internal_error")
    assert stage.log_lines[0]["error"] == "SigningKeyError"


@either
def test_answers_an_unexpected_error_in_the_one_shape_and_logs_where_it_was(
    receiver: Receiver,
) -> None:
    stage = Stage(FakeLedger(error=ZeroDivisionError(f"{ALCHEMY_KEY} {MORALIS_KEY} {SENDER}")))
    response = receiver.receive(stage, receiver.signed(receiver.delivery()))
    assert told(response) == (500, "internal_error")
    (line,) = stage.log_lines
    assert (line["level"], line["error"]) == ("ERROR", "ZeroDivisionError")
    assert any(frame.endswith(" apply") for frame in line["cause"])
    assert SENDER not in stage.stream.getvalue()


@either
def test_writes_one_line_and_nothing_that_opens_a_door_or_names_a_wallet(
    receiver: Receiver,
) -> None:
    stage = Stage()
    event = receiver.signed(receiver.delivery())
    receiver.receive(stage, event)
    (line,) = stage.log_lines
    wanted = {
        "request_id": "gateway-request-1",
        "function_request_id": "function-request-1",
        "route": f"/webhooks/{receiver.provider}",
        "provider": receiver.provider,
        "status": 200,
        "outcome": "invalidated",
        "changes": 1,
        "subjects": 3,
        "key_number": 0,
    }
    assert wanted.items() <= line.items()
    assert line["record"].startswith(f"delivery#{receiver.provider}#")
    text = stage.stream.getvalue()
    hidden = [ALCHEMY_KEY, MORALIS_KEY, SENDER, RECEIVER, CONTRACT, BLOCK]
    hidden.append(event["headers"][receiver.header])
    assert [secret for secret in hidden if secret in text] == []


@either
def test_logs_a_refusal_without_the_signature_and_the_body(receiver: Receiver) -> None:
    stage = Stage()
    event = receiver.signed(receiver.delivery(), key="another-key-0123456789")
    receiver.receive(stage, event)
    (line,) = stage.log_lines
    assert (line["status"], line["error_code"]) == (401, "invalid_signature")
    assert event["headers"][receiver.header] not in stage.stream.getvalue()
    assert SENDER not in stage.stream.getvalue()


@either
def test_of_two_same_deliveries_at_once_one_counts(receiver: Receiver, dynamodb: Any) -> None:
    at_once = threading.Barrier(2)

    def wait_before_writing(request: str) -> None:
        if request == "transact_write_items":
            at_once.wait(timeout=60)

    stage = Stage(InvalidationTable(OneAtATime(dynamodb, wait_before_writing), TABLE))
    event = receiver.signed(receiver.delivery())
    with ThreadPoolExecutor(2) as threads:
        answers = sorted(threads.map(lambda _: told(receiver.receive(stage, event)), range(2)))
    assert answers == [(200, "duplicate"), (200, "invalidated")]
    assert len(items(dynamodb)) == 4


def test_every_turn_of_a_re_org_reaches_the_table(dynamodb: Any) -> None:
    stage = Stage(InvalidationTable(dynamodb, TABLE))
    owner = f"owner#1#{RECEIVER}"
    seen: list[int] = []
    taken_back = alchemy_activity(log={"logIndex": "0x9c", "removed": True})
    turns: list[Callable[[], ProxyResponse]] = [
        lambda: stage.from_alchemy(alchemy_delivery()),
        lambda: stage.from_alchemy(alchemy_delivery(taken_back)),  # even with the same id
        lambda: stage.from_moralis(moralis_delivery(confirmed=True)),  # the order is not promised
        lambda: stage.from_moralis(moralis_delivery(confirmed=False)),
    ]
    for turn in turns:
        stage.now += timedelta(seconds=1)
        assert told(turn()) == (200, "invalidated")
        seen.append(items(dynamodb)[owner]["changed_at"])
    assert seen == sorted(set(seen))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=70),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
FIELDS = [
    *alchemy_delivery(),
    *alchemy_delivery()["event"],
    *alchemy_activity(),
    *moralis_delivery(),
    *moralis_delivery()["block"],
    *moralis_transfer(),
    "logIndex",
    "removed",
    "erc1155Metadata",
]


def spoiled(document: Any, name: str, value: Any) -> Any:
    """The same document with every field of that name replaced."""
    if isinstance(document, dict):
        return {
            key: value if key == name else spoiled(inner, name, value)
            for key, inner in document.items()
        }
    return (
        [spoiled(inner, name, value) for inner in document]
        if isinstance(document, list)
        else (document)
    )


@either
@settings(deadline=None)
@given(name=st.sampled_from(FIELDS), value=JSON)
def test_any_value_in_any_field_is_answered(receiver: Receiver, name: str, value: object) -> None:
    document = spoiled(receiver.delivery(), name, value)
    status, code = told(receiver.receive(Stage(), receiver.signed(document)))
    assert (status, code) in {
        (200, "invalidated"),
        (200, "ignored"),
        (400, "malformed_delivery"),
        (400, "stale_delivery"),
    }


@either
@settings(deadline=None, max_examples=50)
@given(
    event=st.dictionaries(
        st.sampled_from(["body", "headers", "isBase64Encoded", "requestContext"]), JSON
    )
)
def test_any_event_is_answered(receiver: Receiver, event: dict[str, Any]) -> None:
    assert receiver.receive(Stage(), event)["statusCode"] in (401, 413)


@either
def test_the_context_names_a_request_that_the_gateway_does_not(receiver: Receiver) -> None:
    response = receiver.receive(Stage(), {})
    error = json.loads(response["body"])["error"]
    assert error["requestId"] == Context().aws_request_id
