from typing import Any

import pytest

from ethereum.address import Address
from ethereum.errors import SiweError
from ethereum.siwe import SiweExpectations, SiweMessage, validate_siwe_message
from ethereum.siwe_grammar import rfc3339_to_epoch

ADDRESS = "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2"
NOW = rfc3339_to_epoch("2026-01-01T00:00:00Z")
MESSAGE = SiweMessage(
    domain="gallery.example",
    address=ADDRESS,
    uri="https://gallery.example",
    version="1",
    chain_id=1,
    nonce="0123456789abcdef",
    issued_at="2026-01-01T00:00:00Z",
    statement="Sign in to the gallery.",
    expiration_time="2026-01-01T00:05:00Z",
)
EXPECTED: SiweExpectations = {
    "expected_address": Address(ADDRESS.lower()),
    "expected_scheme": "https",
    "expected_domain": "gallery.example",
    "expected_uri": "https://gallery.example",
    "expected_chain_ids": (1, 137),
    "expected_nonce": "0123456789abcdef",
    "expected_statement": "Sign in to the gallery.",
    "expected_request_id": None,
    "expected_resources": (),
    "expected_issued_between": (NOW - 60, NOW + 60),
    "now": NOW,
}


def test_accepts_the_message_it_expects() -> None:
    validate_siwe_message(MESSAGE, **EXPECTED)
    validate_siwe_message(MESSAGE._replace(scheme="https", resources=(), chain_id=137), **EXPECTED)


DIFFERENCES = {
    "domain": ({"domain": "evil.example"}, "domain_mismatch"),
    "domain port": ({"domain": "gallery.example:8443"}, "domain_mismatch"),
    "scheme": ({"scheme": "http"}, "scheme_mismatch"),
    "uri": ({"uri": "https://gallery.example:8443/"}, "uri_mismatch"),
    "uri with a user": ({"uri": "https://user@gallery.example"}, "uri_mismatch"),
    "uri that is no web page": ({"uri": "did:key:z6Mk"}, "uri_mismatch"),
    "address": ({"address": "0x" + "00" * 20}, "address_mismatch"),
    "chain id": ({"chain_id": 5}, "chain_id_mismatch"),
    "nonce": ({"nonce": "fedcba9876543210"}, "nonce_mismatch"),
    "nonce case": ({"nonce": "0123456789ABCDEF"}, "nonce_mismatch"),
    "statement": ({"statement": "Sign over everything."}, "statement_mismatch"),
    "no statement": ({"statement": None}, "statement_mismatch"),
    "resources": ({"resources": ("https://gallery.example/all",)}, "resources_mismatch"),
    "issued early": ({"issued_at": "2025-12-31T23:58:59Z"}, "issued_at_out_of_range"),
    "issued late": ({"issued_at": "2026-01-01T00:01:01Z"}, "issued_at_out_of_range"),
    "expired": ({"expiration_time": "2026-01-01T00:00:00Z"}, "expired_message"),
    "not yet": ({"not_before": "2026-01-01T00:00:00.000001Z"}, "message_not_yet_valid"),
}


@pytest.mark.parametrize(("fields", "code"), DIFFERENCES.values(), ids=DIFFERENCES)
def test_refuses_a_message_that_differs_in_one_field(fields: dict[str, Any], code: str) -> None:
    with pytest.raises(SiweError) as refusal:
        validate_siwe_message(MESSAGE._replace(**fields), **EXPECTED)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    "fields",
    [
        {"issued_at": "2025-12-31T23:59:00Z"},
        {"issued_at": "2026-01-01T00:01:00Z"},
        {"expiration_time": None},
        {"expiration_time": "2026-01-01T00:00:00.000001Z"},
        {"not_before": "2026-01-01T00:00:00Z"},
    ],
)
def test_accepts_times_up_to_the_edge(fields: dict[str, Any]) -> None:
    validate_siwe_message(MESSAGE._replace(**fields), **EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_demands_every_expectation(name: str) -> None:
    fewer: Any = {key: value for key, value in EXPECTED.items() if key != name}
    with pytest.raises(TypeError, match=name):
        validate_siwe_message(MESSAGE, **fewer)


def test_leaves_the_request_id_to_the_client_unless_one_is_expected() -> None:
    for request_id in (None, "", "1"):
        validate_siwe_message(MESSAGE._replace(request_id=request_id), **EXPECTED)
    demanding: SiweExpectations = {**EXPECTED, "expected_request_id": "1"}
    validate_siwe_message(MESSAGE._replace(request_id="1"), **demanding)
    for request_id in (None, "", "2"):
        with pytest.raises(SiweError) as refusal:
            validate_siwe_message(MESSAGE._replace(request_id=request_id), **demanding)
        assert refusal.value.code == "request_id_mismatch"


@pytest.mark.parametrize(
    "uri",
    [
        "https://gallery.example/login?x=1#y",
        "HTTPS://Gallery.example:443",
        "https://gallery.example/",
    ],
)
def test_accepts_any_uri_of_the_expected_origin(uri: str) -> None:
    validate_siwe_message(MESSAGE._replace(uri=uri), **EXPECTED)
