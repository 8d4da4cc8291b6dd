"""An answer is accepted exactly when the wallet signed the expected fields, in one spelling.

Fields, signer, spelling and circumstances are drawn from right and wrong values; this module's own
rule says which draws are right.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from eth_account import Account
from eth_account.messages import encode_defunct
from hypothesis import given, settings
from hypothesis import strategies as st

from auth.challenge import create_challenge
from auth.challenge_answer import verify_challenge_answer
from auth.errors import ChallengeAnswerError
from ethereum.errors import EthereumError
from ethereum.siwe import create_siwe_message, parse_siwe_message
from tests.fuzz.parser_target import NOW, PARTY

WALLET, STRANGER = (Account.from_key("0x" + digit * 64) for digit in "12")
USER = str(WALLET.address).lower()
PRIVATE = create_challenge(
    USER, relying_party=PARTY, now=NOW, random_bytes=lambda count: bytes(range(count))
).private_parameters
MESSAGE = parse_siwe_message(PRIVATE["message"])
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
AT = NOW + 100
SITES = {"gallery.example": "https", "localhost:3000": "http"}
URIS = {
    "gallery.example": (
        "https://gallery.example",
        "https://gallery.example/",
        "https://gallery.example:443/x?y=z#",
    ),
    "localhost:3000": ("http://localhost:3000",),
}
EARLY, SOON, LATE, PAST = (
    "2025-12-31T23:50:00Z",
    "2026-01-01T00:02:00Z",
    "2030-01-01T00:00:00Z",
    ("2026-01-01T00:01:40Z"),
)


def mostly(right: Any, *wrong: Any) -> st.SearchStrategy[Any]:
    """`right` far more often than not, so that whole draws are right often enough."""
    return st.integers(0, 14).flatmap(
        lambda roll: st.sampled_from(wrong) if roll == 14 else st.just(right)
    )


FIELDS = st.fixed_dictionaries(
    {
        "scheme": st.sampled_from([None, None, "https", "http"]),
        "statement": mostly(MESSAGE.statement, None, "", "Sign in to NFT Gallery", "Vote."),
        "address": st.sampled_from([WALLET.address] * 3 + [USER])
        | mostly(WALLET.address, STRANGER.address),
        "chain_id": st.sampled_from([1, 137, 1, 137, 1, 137, 5, 0]),
        "nonce": mostly(MESSAGE.nonce, MESSAGE.nonce + "0", "0" * 32, MESSAGE.nonce.upper()),
        "issued_at": mostly(MESSAGE.issued_at, SOON, EARLY, LATE),
        "expiration_time": mostly(MESSAGE.expiration_time, None, PAST, LATE),
        "not_before": mostly(None, MESSAGE.issued_at, LATE),
        "request_id": mostly(None, "", "1"),
        "resources": mostly(None, (), ("https://gallery.example",)),
    }
)
PLACES = st.tuples(
    st.sampled_from(["gallery.example", "localhost:3000"] * 3 + ["evil.example"]),
    st.sampled_from(
        ["https://gallery.example", "http://localhost:3000"] * 3
        + ["https://gallery.example/", "https://gallery.example:443/x?y=z#"]
        + ["https://evil.example", "http://gallery.example", "https://gallery.example./"]
        + ["https://a@gallery.example", "https://gallery.example:80"]
    ),
)
SPELLINGS = {
    "full": True,
    "v 0 or 1": True,
    "EIP-2098": True,
    "high s": False,
    "EIP-155": False,
    "no prefix": True,
    "EIP-2098, no prefix": False,
    "cut": False,
}


@dataclass(frozen=True)
class Draw:
    """`strangers_session`: the challenge was made for the stranger, who may answer it."""

    fields: dict[str, Any]
    domain: str
    uri: str
    by_wallet: bool
    spelling: str
    of_another_text: bool
    known: bool
    late: bool
    strangers_session: bool


def spell(signed: Any, spelling: str) -> str:
    r, s, v = signed.r.to_bytes(32), signed.s, signed.v
    raw = r + s.to_bytes(32) + bytes([v])
    match spelling:
        case "v 0 or 1":
            raw = raw[:64] + bytes([v - 27])
        case "EIP-2098" | "EIP-2098, no prefix":
            raw = r + (s | (v - 27) << 255).to_bytes(32)
        case "high s":
            raw = r + (ORDER - s).to_bytes(32) + bytes([55 - v])
        case "EIP-155":
            raw = raw[:64] + bytes([v + 8])
        case "cut":
            raw = raw[:-2]
    return raw.hex() if spelling.endswith("no prefix") else f"0x{raw.hex()}"


def is_right(draw: Draw) -> bool:
    """The rule, written once more and otherwise than in the product."""
    f, scheme = draw.fields, SITES.get(draw.domain)
    user = STRANGER if draw.strangers_session else WALLET
    return (
        (draw.known, draw.of_another_text, draw.late) == (True, False, False)
        and draw.by_wallet is not draw.strangers_session
        and f["address"] in (user.address, user.address.lower())
        and SPELLINGS[draw.spelling]
        and scheme is not None
        and draw.uri in URIS[draw.domain]
        and f["scheme"] in (None, scheme)
        and f["statement"] == MESSAGE.statement
        and f["chain_id"] in (1, 137)
        and f["nonce"] == MESSAGE.nonce
        and f["issued_at"] in (MESSAGE.issued_at, SOON)
        and f["expiration_time"] in (MESSAGE.expiration_time, None, LATE)
        and f["not_before"] in (None, MESSAGE.issued_at)
        and not f["resources"]
    )


DRAWS = st.builds(
    lambda fields, place, **more: Draw(fields, *place, **more),
    FIELDS,
    PLACES,
    by_wallet=mostly(True, False),
    spelling=st.sampled_from([*SPELLINGS, "full", "full"]),
    of_another_text=mostly(False, True),
    known=mostly(True, False),
    late=mostly(False, True),
    strangers_session=mostly(False, True),
)


def answer_of(draw: Draw) -> str:
    text = create_siwe_message(MESSAGE._replace(**draw.fields, domain=draw.domain, uri=draw.uri))
    wallet = WALLET if draw.by_wallet else STRANGER
    signed = f"{text}." if draw.of_another_text else text
    signature = spell(wallet.sign_message(encode_defunct(text=signed)), draw.spelling)
    return json.dumps({"message": text, "signature": signature})


def is_accepted(answer: str, draw: Draw) -> bool:
    user = str((STRANGER if draw.strangers_session else WALLET).address).lower()
    try:
        verified = verify_challenge_answer(
            answer,
            private_parameters=PRIVATE,
            user_name=user,
            user_not_found=not draw.known,
            relying_party=PARTY,
            now=NOW + 300 if draw.late else AT,
        )
    except (ChallengeAnswerError, EthereumError):
        return False
    assert (verified.address, verified.nonce) == (user, MESSAGE.nonce)
    return True


def test_an_answer_is_accepted_exactly_when_the_wallet_signed_exactly_the_expected_fields() -> None:
    outcomes: Counter[bool] = Counter()

    @settings(deadline=None, derandomize=True, max_examples=2_500)
    @given(DRAWS)
    def holds(draw: Draw) -> None:
        right = is_right(draw)
        assert is_accepted(answer_of(draw), draw) is right
        outcomes[right] += 1

    holds()
    assert outcomes[True] > 50, "too few draws were right to mean anything"
    assert outcomes[False] > 500
