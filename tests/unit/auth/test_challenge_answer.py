"""The forgery matrix: one thing wrong at a time, each over an answer that would be right."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from eth_account import Account
from eth_account.messages import encode_defunct
from hypothesis import given
from hypothesis import strategies as st

from auth.challenge import create_challenge
from auth.challenge_answer import MAX_ANSWER_LENGTH, verify_challenge_answer
from auth.errors import AuthError, ChallengeAnswerError
from auth.relying_party import RelyingParty, relying_party_from_environment
from ethereum.errors import EthereumError
from ethereum.siwe import SiweMessage, create_siwe_message, parse_siwe_message
from ethereum.siwe_verification import VerifiedSignIn

NOW = 1767225600.0
WALLET = Account.from_key("0x" + "11" * 32)
OTHER_WALLET = Account.from_key("0x" + "22" * 32)
USER = WALLET.address.lower()
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
PARTY = relying_party_from_environment(
    {
        "ALLOWED_ORIGINS": "https://gallery.example,http://localhost:3000",
        "CHAIN_IDS": "1,137",
        "STATEMENT": "Sign in to NFT Gallery.",
    }
)
CHALLENGE = create_challenge(
    USER, relying_party=PARTY, now=NOW, random_bytes=lambda count: bytes(range(count))
)
PRIVATE = CHALLENGE.private_parameters
TEXT = PRIVATE["message"]
MESSAGE = parse_siwe_message(TEXT)


def sign(text: str, wallet: Any = WALLET) -> str:
    return "0x" + str(wallet.sign_message(encode_defunct(text=text)).signature.hex())


def answer_with(text: str, wallet: Any = WALLET) -> str:
    return json.dumps({"message": text, "signature": sign(text, wallet)})


def composed(**fields: Any) -> str:
    return answer_with(create_siwe_message(MESSAGE._replace(**fields)))


def verify(answer: object, **changes: Any) -> VerifiedSignIn:
    arguments: dict[str, Any] = {
        "private_parameters": PRIVATE,
        "user_name": USER,
        "user_not_found": False,
        "relying_party": PARTY,
        "now": NOW + 30,
        **changes,
    }
    return verify_challenge_answer(answer, **arguments)


def refusal_of(answer: object, **changes: Any) -> str:
    with pytest.raises((ChallengeAnswerError, EthereumError)) as refusal:
        verify(answer, **changes)
    assert isinstance(refusal.value, AuthError | EthereumError)
    return refusal.value.code


def test_accepts_the_bare_signature_of_our_message() -> None:
    verified = verify(sign(PRIVATE["message"]))
    assert verified == VerifiedSignIn(WALLET.address.lower(), 1, MESSAGE.uri, MESSAGE.nonce)


def test_accepts_a_signature_of_65_bytes_without_0x_in_both_kinds_of_answer() -> None:
    assert verify(sign(TEXT)[2:]).address == USER
    assert verify(json.dumps({"message": TEXT, "signature": sign(TEXT)[2:]})).address == USER


def test_accepts_a_composed_message_for_another_listed_origin_and_chain() -> None:
    verified = verify(composed(domain="localhost:3000", uri="http://localhost:3000", chain_id=137))
    assert (verified.chain_id, verified.uri) == (137, "http://localhost:3000")


ACCEPTED: dict[str, dict[str, Any]] = {
    "our own": {},
    "with scheme": {"scheme": "https"},
    "without expiration": {"expiration_time": None},
    "issued a minute early": {"issued_at": "2025-12-31T23:59:00Z"},
    "issued a minute ahead": {"issued_at": "2026-01-01T00:01:30Z"},
    "issued with milliseconds": {"issued_at": "2026-01-01T00:00:10.123Z"},
    "already valid": {"not_before": "2026-01-01T00:00:00Z"},
    "empty resources": {"resources": ()},
    "a path and a query in the URI": {"uri": "https://gallery.example/login?x=1"},
    "a slash after the URI's host": {"uri": "https://gallery.example/"},
    "a fragment in the URI": {"uri": "https://gallery.example#/sign-in"},
    "the default port in the URI": {"uri": "https://gallery.example:443"},
    "capitals in the URI's host": {"uri": "https://Gallery.example"},
    "address in lower case": {"address": USER},
    "address in capitals": {"address": "0x" + USER[2:].upper()},
    "request id": {"request_id": "7"},
    "empty request id": {"request_id": ""},
}


@pytest.mark.parametrize("fields", ACCEPTED.values(), ids=ACCEPTED)
def test_accepts_a_composed_message(fields: dict[str, Any]) -> None:
    assert verify(composed(**fields)).address == USER


LOCAL = "http://localhost:3000"
FORGED: dict[str, tuple[dict[str, Any], str]] = {
    "nonce": ({"nonce": "00" * 16}, "nonce_mismatch"),
    "nonce in capitals": ({"nonce": MESSAGE.nonce.upper()}, "nonce_mismatch"),
    "domain unlisted": ({"domain": "evil.example"}, "domain_mismatch"),
    "domain of another listed origin": ({"domain": "localhost:3000"}, "domain_mismatch"),
    "domain with user": ({"domain": "gallery.example@evil.example"}, "domain_mismatch"),
    "domain below": ({"domain": "gallery.example.evil.example"}, "domain_mismatch"),
    "domain with port": ({"domain": "gallery.example:443"}, "domain_mismatch"),
    "domain in capitals": ({"domain": "GALLERY.example"}, "domain_mismatch"),
    "uri unlisted": ({"uri": "https://evil.example"}, "unlisted_origin"),
    "uri with a user": ({"uri": "https://gallery.example@evil.example"}, "unlisted_origin"),
    "uri with our user": ({"uri": "https://user@gallery.example/"}, "unlisted_origin"),
    "uri with another port": ({"uri": "https://gallery.example:8443/"}, "unlisted_origin"),
    "uri with a longer host": ({"uri": "https://gallery.example.evil.example"}, "unlisted_origin"),
    "uri with a dot after the host": ({"uri": "https://gallery.example./"}, "unlisted_origin"),
    "uri with an encoded host": ({"uri": "https://gallery%2Eexample/"}, "unlisted_origin"),
    "uri in another's path": (
        {"uri": "https://evil.example/https://gallery.example"},
        "unlisted_origin",
    ),
    "uri without a host": ({"uri": "https:gallery.example"}, "unlisted_origin"),
    "uri of another scheme": ({"uri": "http://gallery.example"}, "unlisted_origin"),
    "uri of another listed origin": ({"uri": LOCAL}, "domain_mismatch"),
    "both unlisted": ({"domain": "evil.example", "uri": "https://evil.example"}, "unlisted_origin"),
    "scheme": ({"scheme": "http"}, "scheme_mismatch"),
    "chain": ({"chain_id": 5}, "chain_id_mismatch"),
    "address": ({"address": OTHER_WALLET.address}, "address_mismatch"),
    "statement": ({"statement": "Transfer everything."}, "statement_mismatch"),
    "no statement": ({"statement": None}, "statement_mismatch"),
    "expired": ({"expiration_time": "2026-01-01T00:00:30Z"}, "expired_message"),
    "issued too early": ({"issued_at": "2025-12-31T23:58:59Z"}, "issued_at_out_of_range"),
    "issued in the future": ({"issued_at": "2026-01-01T00:01:31Z"}, "issued_at_out_of_range"),
    "not yet valid": ({"not_before": "2026-01-01T00:00:31Z"}, "message_not_yet_valid"),
    "resources": ({"resources": ("https://gallery.example/all",)}, "resources_mismatch"),
}


@pytest.mark.parametrize(("fields", "code"), FORGED.values(), ids=FORGED)
def test_refuses_a_well_signed_message_with_one_field_forged(
    fields: dict[str, Any], code: str
) -> None:
    assert refusal_of(composed(**fields)) == code


ALTERED: dict[str, Callable[[str], str]] = {
    "version 2": lambda text: text.replace("Version: 1", "Version: 2"),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "trailing line end": lambda text: text + "\n",
    "leading space": lambda text: " " + text,
    "wrong checksum": lambda text: text.replace(
        WALLET.address, "0x" + WALLET.address[2:].swapcase()
    ),
    "backslash in the URI": lambda text: text.replace("URI: https://", "URI: https:\\\\"),
    "request id twice": lambda text: text + "\nRequest ID: 1\nRequest ID: 2",
    "no nonce": lambda text: text.replace(f"Nonce: {MESSAGE.nonce}\n", ""),
    "second nonce": lambda text: text.replace("Nonce: ", "Nonce: 12345678\nNonce: "),
    "not a message": lambda text: "Welcome message, nonce: 7",
    "lone surrogate": lambda text: text + "\ud800",
    "too long": lambda text: text + "a" * 4096,
    "empty": lambda text: "",
}


@pytest.mark.parametrize("alter", ALTERED.values(), ids=ALTERED)
def test_refuses_a_message_outside_the_grammar(alter: Callable[[str], str]) -> None:
    altered = alter(TEXT)
    signed = sign(TEXT if "\ud800" in altered else altered)
    answer = json.dumps({"message": altered, "signature": signed})
    assert refusal_of(answer) == "malformed_message"


def test_refuses_a_text_altered_after_signing() -> None:
    altered = TEXT.replace("Issued At: 2026-01-01T00:00:00Z", "Issued At: 2026-01-01T00:00:01Z")
    answer = json.dumps({"message": altered, "signature": sign(TEXT)})
    assert refusal_of(answer) == "signer_mismatch"


def high_s(signature: str) -> str:
    raw = bytes.fromhex(signature[2:])
    s = ORDER - int.from_bytes(raw[32:64])
    return "0x" + (raw[:32] + s.to_bytes(32) + bytes([55 - raw[64]])).hex()


SIGNATURES = {
    "another wallet's": (sign(TEXT, OTHER_WALLET), "signer_mismatch"),
    "of another text": (sign(TEXT + "\n"), "signer_mismatch"),
    "high s": (high_s(sign(TEXT)), "high_s_signature"),
    "without 0x, high s": (high_s(sign(TEXT))[2:], "high_s_signature"),
    "without 0x, cut": (sign(TEXT)[2:-2], "malformed_signature"),
    "without 0x, another wallet's": (sign(TEXT, OTHER_WALLET)[2:], "signer_mismatch"),
    "with a line end": (sign(TEXT) + "\n", "malformed_signature"),
    # Without v alone, a v of 27 leaves its own EIP-2098 form.
    "long": (sign(TEXT) + "00", "malformed_signature"),
    "cut": (sign(TEXT)[:-4], "malformed_signature"),
    "empty": ("", "malformed_signature"),
    "zero": ("0x" + "00" * 64 + "1b", "unrecoverable_signature"),
}


@pytest.mark.parametrize(("signature", "code"), SIGNATURES.values(), ids=SIGNATURES)
def test_refuses_a_forged_signature_in_both_kinds_of_answer(signature: str, code: str) -> None:
    assert refusal_of(signature) == code
    composed_answer = json.dumps({"message": TEXT, "signature": signature})
    assert refusal_of(composed_answer) == code


def test_refuses_the_right_answer_to_another_challenge() -> None:
    earlier = create_challenge(
        USER, relying_party=PARTY, now=NOW, random_bytes=lambda count: bytes(count)
    ).private_parameters["message"]
    assert refusal_of(answer_with(earlier)) == "nonce_mismatch"
    assert refusal_of(sign(earlier)) == "signer_mismatch"


@pytest.mark.parametrize("answer", [sign(TEXT), answer_with(TEXT), composed(expiration_time=None)])
def test_refuses_the_right_answer_when_the_challenge_has_expired(answer: str) -> None:
    assert verify(answer, now=NOW + 299).address == USER
    assert refusal_of(answer, now=NOW + 300) == "expired_challenge"


@pytest.mark.parametrize("answer", [sign(TEXT), answer_with(TEXT)])
def test_refuses_the_right_answer_for_another_user(answer: str) -> None:
    assert refusal_of(answer, user_name=OTHER_WALLET.address.lower()) == "address_mismatch"
    assert refusal_of(answer, user_not_found=True) == "unknown_user"
    assert refusal_of(answer, user_name=WALLET.address) == "unknown_user"
    assert refusal_of(answer, user_name="nobody") == "unknown_user"


def test_refuses_an_origin_or_chain_no_longer_listed() -> None:
    party = RelyingParty(PARTY.origins[1:], (1,), PARTY.statement)
    assert refusal_of(sign(TEXT), relying_party=party) == "unlisted_origin"
    fewer_chains = PARTY._replace(chain_ids=(137,))
    assert refusal_of(sign(TEXT), relying_party=fewer_chains) == "chain_id_mismatch"


PAIR = {"message": TEXT, "signature": sign(TEXT)}
QUOTED = json.dumps(PAIR)[1:-1]
MALFORMED: dict[str, object] = {
    "nothing": None,
    "number": 7,
    "object": PAIR,
    "too long": "0x" + "0" * MAX_ANSWER_LENGTH,
    "open brace": "{",
    "empty object": "{}",
    "message only": json.dumps({"message": TEXT}),
    "signature only": json.dumps({"signature": sign(TEXT)}),
    "one more name": json.dumps({**PAIR, "address": USER}),
    "other names": json.dumps({"text": TEXT, "signature": sign(TEXT)}),
    "name twice": "{" + QUOTED + ',"message":""}',
    "same name only": '{"message":"","message":""}',
    "null": json.dumps({**PAIR, "signature": None}),
    "number inside": json.dumps({**PAIR, "message": 7}),
    "list inside": json.dumps({**PAIR, "signature": [sign(TEXT)]}),
    "object inside": json.dumps({**PAIR, "message": PAIR}),
    "name twice with other kinds": '{"message":null,"message":7}',
    "deeply nested": '{"message":' + "[" * 8000,
    "huge number": '{"message":' + "9" * 5000 + ',"signature":""}',
    "text after it": json.dumps(PAIR) + "x",
    "not a number": '{"message":NaN,"signature":NaN}',
}


@pytest.mark.parametrize("answer", MALFORMED.values(), ids=MALFORMED)
def test_refuses_a_malformed_answer(answer: object) -> None:
    assert refusal_of(answer) == "malformed_answer"


@pytest.mark.parametrize("name", sorted(PRIVATE))
@pytest.mark.parametrize("value", [None, 7, [], "absent"])
def test_refuses_a_challenge_it_did_not_write(name: str, value: object) -> None:
    broken: dict[str, object] = {**PRIVATE, name: value}
    if value == "absent":
        del broken[name]
    assert refusal_of(sign(TEXT), private_parameters=broken) == "malformed_challenge"


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from(["message", "signature"]), inner)
    ),
)


@given(st.text() | JSON.map(json.dumps) | st.text().map(lambda text: "{" + QUOTED + text))
def test_never_accepts_and_only_raises_refusals_for_arbitrary_answers(answer: str) -> None:
    if answer.removeprefix("{" + QUOTED).strip(" \t\n\r") == "}":
        return  # ours, with white space of JSON's around its end
    refusal_of(answer)


@given(message=st.text(), signature=st.text())
def test_never_accepts_an_arbitrary_signed_pair(message: str, signature: str) -> None:
    refusal_of(json.dumps({"message": message, "signature": signature}))


def test_the_message_under_attack_is_a_whole_one() -> None:
    assert isinstance(MESSAGE, SiweMessage)
    assert all(getattr(MESSAGE, name) for name in ("statement", "expiration_time", "nonce"))
