"""Signatures of both providers, against known answers and one flipped bit at a time."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime.cached_secret import Secret
from tests.fixtures.deliveries import (
    ALCHEMY_KEY,
    MORALIS_KEY,
    alchemy_signature,
    moralis_signature,
)
from webhooks.errors import InvalidSignatureError
from webhooks.signature import (
    VerifiedBody,
    verify_alchemy_signature,
    verify_moralis_signature,
)

Sign = Callable[[bytes], str]
Verify = Callable[..., VerifiedBody]
PROVIDERS = [
    pytest.param(alchemy_signature, verify_alchemy_signature, ALCHEMY_KEY, id="alchemy"),
    pytest.param(moralis_signature, verify_moralis_signature, MORALIS_KEY, id="moralis"),
]
both = pytest.mark.parametrize(("sign", "verify", "key"), PROVIDERS)


def test_knows_the_hmac_of_rfc_4231() -> None:
    body = b"what do ya want for nothing?"
    signature = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    verified = verify_alchemy_signature(body, signature, expected_keys=[Secret("Jefe")])
    assert verified == VerifiedBody(body, key_number=0)


def test_knows_the_keccak_of_a_body_followed_by_the_secret() -> None:
    signature = "0x1c8aff950685c2ed4bc3174f3472287b56d9517b9c948127319a09a7a36deac8"  # of "hello"
    verified = verify_moralis_signature(b"hel", signature, expected_keys=[Secret("lo")])
    assert verified.body == b"hel"


@both
@given(body=st.binary(max_size=300), bit=st.integers(min_value=0))
def test_refuses_a_body_with_one_bit_flipped(
    sign: Sign, verify: Verify, key: str, body: bytes, bit: int
) -> None:
    signature = sign(body)
    assert verify(body, signature, expected_keys=[Secret(key)]).body == body
    forged = flipped(body or b"\0", bit)
    with pytest.raises(InvalidSignatureError):
        verify(forged, signature, expected_keys=[Secret(key)])


@both
@given(bit=st.integers(min_value=0))
def test_refuses_a_signature_with_one_bit_flipped(
    sign: Sign, verify: Verify, key: str, bit: int
) -> None:
    forged = flipped(sign(b"{}").encode(), bit).decode("latin-1")
    with pytest.raises(InvalidSignatureError):
        verify(b"{}", forged, expected_keys=[Secret(key)])


@both
@pytest.mark.parametrize("spoil", [str.upper, " {}".format, "{}\n".format, "sha256={}".format])
def test_accepts_one_spelling_of_a_signature(
    sign: Sign, verify: Verify, key: str, spoil: Callable[[str], str]
) -> None:
    with pytest.raises(InvalidSignatureError):
        verify(b"{}", spoil(sign(b"{}")), expected_keys=[Secret(key)])


@both
@given(signature=st.none() | st.text(max_size=80))
def test_refuses_anything_else_in_place_of_a_signature(
    sign: Sign, verify: Verify, key: str, signature: str | None
) -> None:
    with pytest.raises(InvalidSignatureError):
        verify(b"{}", signature, expected_keys=[Secret(key)])


@both
def test_refuses_everything_where_no_key_is_known(sign: Sign, verify: Verify, key: str) -> None:
    with pytest.raises(InvalidSignatureError):
        verify(b"{}", sign(b"{}"), expected_keys=[])


@both
def test_accepts_the_old_key_and_the_new_one_and_says_which(
    sign: Sign, verify: Verify, key: str
) -> None:
    other = Secret("another-key-0123456789")
    assert verify(b"{}", sign(b"{}"), expected_keys=[Secret(key), other]).key_number == 0
    assert verify(b"{}", sign(b"{}"), expected_keys=[other, Secret(key)]).key_number == 1


@both
def test_refuses_a_key_that_is_no_longer_listed(sign: Sign, verify: Verify, key: str) -> None:
    with pytest.raises(InvalidSignatureError):
        verify(b"{}", sign(b"{}"), expected_keys=[Secret("another-key-0123456789")])


def test_one_provider_cannot_sign_for_the_other() -> None:
    key = Secret(ALCHEMY_KEY)
    with pytest.raises(InvalidSignatureError):
        verify_moralis_signature(b"{}", alchemy_signature(b"{}"), expected_keys=[key])
    with pytest.raises(InvalidSignatureError):
        verify_alchemy_signature(b"{}", moralis_signature(b"{}"), expected_keys=[key])


def flipped(text: bytes, bit: int) -> bytes:
    bit %= 8 * len(text)
    changed = bytearray(text)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)
