from typing import Any

import pytest
from eth_account import Account
from eth_account.messages import encode_defunct
from hypothesis import given
from hypothesis import strategies as st

from ethereum.address import parse_address
from ethereum.errors import EthereumError, MalformedSignatureError, SignerMismatchError, SiweError
from ethereum.siwe import (
    SiweExpectations,
    SiweMessage,
    create_siwe_message,
    parse_siwe_message,
)
from ethereum.siwe_grammar import rfc3339_to_epoch
from ethereum.siwe_verification import VerifiedSignIn, verify_siwe_message

WALLET = Account.from_key("0x" + "11" * 32)
OTHER_WALLET = Account.from_key("0x" + "22" * 32)
ADDRESS = parse_address(WALLET.address)
NOW = rfc3339_to_epoch("2026-01-01T00:00:00Z")
TEXT = create_siwe_message(
    SiweMessage(
        domain="gallery.example",
        address=WALLET.address,
        uri="https://gallery.example",
        version="1",
        chain_id=1,
        nonce="0123456789abcdef",
        issued_at="2026-01-01T00:00:00Z",
    )
)
EXPECTED: SiweExpectations = {
    "expected_address": ADDRESS,
    "expected_scheme": "https",
    "expected_domain": "gallery.example",
    "expected_uri": "https://gallery.example",
    "expected_chain_ids": (1,),
    "expected_nonce": "0123456789abcdef",
    "expected_statement": None,
    "expected_request_id": None,
    "expected_resources": (),
    "expected_issued_between": (NOW, NOW),
    "now": NOW,
}


def sign(wallet: Any, text: str) -> str:
    return "0x" + str(wallet.sign_message(encode_defunct(text=text)).signature.hex())


def verify(text: str, signature: str) -> VerifiedSignIn:
    return verify_siwe_message(parse_siwe_message(text), signature, **EXPECTED)


def test_a_right_signature_proves_the_sign_in() -> None:
    verified = verify(TEXT, sign(WALLET, TEXT))
    assert verified == VerifiedSignIn(ADDRESS, 1, "https://gallery.example", "0123456789abcdef")


def test_a_verified_sign_in_cannot_be_changed() -> None:
    verified = verify(TEXT, sign(WALLET, TEXT))
    with pytest.raises(AttributeError):
        verified.address = ADDRESS  # type: ignore[misc]


def test_refuses_a_signature_from_another_address() -> None:
    with pytest.raises(SignerMismatchError):
        verify(TEXT, sign(OTHER_WALLET, TEXT))


def test_refuses_a_signature_over_another_text() -> None:
    altered = TEXT.replace("00:00:00Z", "00:00:00.0Z")
    with pytest.raises(SignerMismatchError):
        verify(altered, sign(WALLET, TEXT))


def test_refuses_a_well_signed_message_for_another_domain() -> None:
    phished = TEXT.replace("gallery.example wants", "evil.example wants")
    with pytest.raises(SiweError) as refusal:
        verify(phished, sign(WALLET, phished))
    assert refusal.value.code == "domain_mismatch"


def test_refuses_a_malformed_signature() -> None:
    with pytest.raises(MalformedSignatureError):
        verify(TEXT, "0x")


@given(st.binary(min_size=64, max_size=65))
def test_never_accepts_a_signature_the_wallet_did_not_make(raw: bytes) -> None:
    with pytest.raises(EthereumError):
        verify(TEXT, "0x" + raw.hex())


@given(position=st.integers(0, 63), bit=st.integers(0, 7))
def test_never_accepts_a_signature_with_one_bit_changed(position: int, bit: int) -> None:
    raw = bytearray.fromhex(sign(WALLET, TEXT)[2:])
    raw[position] ^= 1 << bit
    with pytest.raises(EthereumError):
        verify(TEXT, "0x" + raw.hex())
