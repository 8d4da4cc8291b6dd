"""The body as it was sent, and headers, out of API Gateway's event."""

import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime.event import header
from webhooks.errors import BodyTooLargeError, InvalidSignatureError
from webhooks.request import MAX_BODY_BYTES, raw_body


@given(st.text())
def test_reads_text_as_the_utf_8_it_came_in(text: str) -> None:
    assert raw_body({"body": text}) == text.encode()


@given(st.binary())
def test_reads_base64_as_the_bytes_it_stands_for(raw: bytes) -> None:
    encoded = base64.b64encode(raw).decode()
    assert raw_body({"body": encoded, "isBase64Encoded": True}) == raw
    assert raw_body({"body": encoded, "isBase64Encoded": False}) == encoded.encode()


@pytest.mark.parametrize("body", ["QQ", "Q===", "QR==", "Q Q==", "QQ==\n", "é", "-_=="])
def test_refuses_base64_as_api_gateway_does_not_write_it(body: str) -> None:
    with pytest.raises(InvalidSignatureError):
        raw_body({"body": body, "isBase64Encoded": True})


def test_refuses_half_a_character() -> None:
    with pytest.raises(InvalidSignatureError):
        raw_body({"body": "\ud83d"})


@pytest.mark.parametrize("event", [{}, {"body": None}, {"body": 7}, {"body": {"a": 1}}])
def test_reads_a_missing_body_as_an_empty_one(event: dict[str, Any]) -> None:
    assert raw_body(event) == b""


def test_takes_a_body_of_the_greatest_size_in_either_form() -> None:
    largest = b"x" * MAX_BODY_BYTES
    encoded = base64.b64encode(largest).decode()
    assert raw_body({"body": largest.decode()}) == largest
    assert raw_body({"body": encoded, "isBase64Encoded": True}) == largest


@pytest.mark.parametrize(
    "event",
    [
        {"body": "x" * (MAX_BODY_BYTES + 1)},
        {"body": "é" * (MAX_BODY_BYTES // 2 + 1)},
        {"body": "x" * 4 * MAX_BODY_BYTES},
        {
            "body": base64.b64encode(b"x" * (MAX_BODY_BYTES + 1)).decode(),
            "isBase64Encoded": True,
        },
        {"body": "=" * 2 * MAX_BODY_BYTES, "isBase64Encoded": True},
    ],
    ids=["text", "two-byte text", "far over", "base64", "no base64"],
)
def test_refuses_a_body_that_is_too_large(event: dict[str, Any]) -> None:
    with pytest.raises(BodyTooLargeError):
        raw_body(event)


@pytest.mark.parametrize("name", ["x-signature", "X-Signature", "X-SIGNATURE"])
def test_finds_a_header_however_it_is_written(name: str) -> None:
    assert header({"headers": {"host": "h", name: "0x1"}}, "x-signature") == "0x1"


@pytest.mark.parametrize("headers", [None, [], {}, {"x-signature": 1}, {1: "a"}, {"signature": ""}])
def test_finds_nothing_where_the_header_is_not(headers: object) -> None:
    assert header({"headers": headers}, "x-signature") is None
