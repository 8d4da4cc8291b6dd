"""What a snapshot keeps of an answer, and what it never does."""

from __future__ import annotations

import json
import re
from pathlib import Path

import httpx
import pytest

from verify.redaction import redacted
from verify.snapshot import differences, entry_of, shape_of, written

KEPT = Path(__file__).resolve().parents[1] / "black_box" / "snapshots"
SECRETS = {
    "an ID token": "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl-_c2ln",
    "a token without its dots": "eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIn0",
    "a refresh token": "1be4e96c-99f3-40a9-b9ba-3b238363c53b.aUR3yqiRcnuBuafh0mGFX5OZfsZJ",
    "a signature": "0x" + "5f" * 65,
    "an address": "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
    "an access key": "ASIAIOSFODNN7EXAMPLE",
    "a secret key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "a session token of AWS": "IQoJb3JpZ2luX2VjEHoaCXVzLWVhc3QtMSJHMEUCIQ==",
    "a provider's key": "stand-in-alchemy-key-0123456789",
    "a webhook's key": "whsec_4f1c9d0b7a6e5d3c",
    "an identity": "us-east-1:11111111-1111-4111-8111-111111111111",
    "a user pool": "us-east-1_Wallets01",
    "an app client": "1h57kf5cpq17m0eml12EXAMPLE",
    "an account": "arn:aws:iam::123456789012:role/Guest",
    "a nonce": "2f7c9a10b3d8e4f6a1c5d7e9b0f2a4c6",
    "a URL": "https://a1b2c3.lambda-url.us-east-1.on.aws/alchemy",
}
SENTENCES = (
    "Missing Authentication Token",
    "The request signature we calculated does not match the signature you provided.",
    "RefreshTokenReuseException",
    "USER_PASSWORD_AUTH flow not enabled for this client",
    "UserLambdaValidationException: PreSignUp failed with error user_name_not_an_address.",
)


@pytest.mark.parametrize("place", ["{}", "'{}' is not valid", "key={}, for it", "({})", "a\n{}\nb"])
@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)
def test_no_part_of_a_secret_is_left_wherever_it_stands(secret: str, place: str) -> None:
    left = redacted(place.format(secret))
    longest = max(re.findall(r"[A-Za-z0-9]+", secret), key=len)
    assert longest not in left
    assert "<" in left


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_of_aws_stays_word_for_word(sentence: str) -> None:
    assert redacted(sentence) == sentence


def test_what_is_known_to_be_secret_goes_whatever_its_form_the_longest_first() -> None:
    known = {"pass": "short", "passphrase": "long"}
    assert redacted("pass passphrase", known) == "<short> <long>"


def answered(status: int, body: object, **headers: str) -> httpx.Response:
    return httpx.Response(status, json=body, headers=headers)


def test_of_a_success_the_types_are_kept_and_no_value() -> None:
    page = {"items": [{"id": "7", "name": None}, {"id": "8", "name": "x", "more": [1]}], "next": ""}
    entry = entry_of(answered(200, page), {})
    assert entry["body"] == {
        "items": [{"id": "string", "more?": ["number"], "name": "null|string"}],
        "next": "string",
    }


def test_of_an_error_the_body_is_kept_but_for_what_is_secret_in_names_too() -> None:
    body = {"message": f"no {SECRETS['an ID token']}", SECRETS["an address"]: [1, "plain"]}
    entry = entry_of(answered(403, body, **{"x-amzn-errortype": "SomeException:http://a/"}), {})
    assert entry["errorType"] == "SomeException"
    assert entry["body"] == {"message": "no <token>", "<address>": [1, "plain"]}


def test_an_error_type_that_is_no_name_is_not_kept() -> None:
    entry = entry_of(answered(403, {}, **{"x-amzn-errortype": "a1 canary"}), {})
    assert entry["errorType"] == "<opaque>"


def test_what_is_no_json_is_kept_as_its_type_and_nothing_as_nothing() -> None:
    html = httpx.Response(502, html="<p>canary</p>")
    assert entry_of(html, {})["body"] == "<text/html; charset=utf-8>"
    assert entry_of(httpx.Response(204), {})["body"] == ""


def test_headers_are_kept_by_name_only() -> None:
    entry = entry_of(answered(200, {}, **{"X-Amzn-RequestId": "canary"}), {})
    assert entry["headers"] == ["content-length", "content-type", "x-amzn-requestid"]


def test_a_list_of_lists_has_one_shape() -> None:
    assert shape_of([[1], ["a"], []]) == [["number|string"]]
    assert shape_of([]) == []
    assert shape_of({"a": True}) == {"a": "boolean"}


def test_a_difference_is_said_once_with_how_many_answers_have_it() -> None:
    local = {name: entry_of(answered(200, {}), {}) for name in ("a", "b", "c")}
    there = {name: entry_of(answered(200, {}, via="1.1"), {}) for name in ("a", "b")}
    there["d"] = entry_of(answered(403, {"message": "no"}), {})
    assert differences(there, local) == [
        "headers only here: via (2 answers, such as a)",
        "not asked here (c)",
        "not asked of the local stack (d)",
    ]
    assert differences(local, local) == []


def test_another_status_error_type_or_body_is_a_difference() -> None:
    here = {"a": entry_of(answered(403, {"message": "no"}, **{"x-amzn-errortype": "B"}), {})}
    there = {"a": entry_of(answered(401, {"message": "No"}, **{"x-amzn-errortype": "A"}), {})}
    said = differences(here, there)
    assert [line.partition(":")[0] for line in said] == ["body", "errorType", "status"]


@pytest.mark.parametrize("file", sorted(KEPT.glob("*.json")), ids=lambda file: file.name)
def test_no_kept_snapshot_holds_a_secret(file: Path) -> None:
    """Every text of an error goes through the patterns again, and nothing more goes."""
    found = json.loads(file.read_text())
    assert written(found) == file.read_text()
    for name, entry in found.items():
        text = json.dumps(entry["body"], ensure_ascii=False)
        assert redacted(text) == text, name
