"""One-click sign-ins: a recap comes on top of what we asked for, said in full, or not at all."""

import json
from base64 import urlsafe_b64encode
from typing import Any

import pytest

from ethereum.recap import recap_sentence
from ethereum.siwe import create_siwe_message, parse_siwe_message
from tests.unit.auth.test_challenge_answer import MESSAGE, USER, composed, refusal_of, verify


def recap(**abilities: list[object]) -> str:
    named = {f"request/{name}": limits for name, limits in abilities.items()}
    details = json.dumps({"att": {"eip155": named}}, separators=(",", ":"), sort_keys=True)
    return "urn:recap:" + urlsafe_b64encode(details.encode()).rstrip(b"=").decode()


SIGN = recap(personal_sign=[{"chains": ["eip155:1"]}])
SIGN_AND_SEND = recap(eth_sendTransaction=[{}], personal_sign=[{}])
SAID = f"{MESSAGE.statement} {recap_sentence(SIGN)}"


def test_accepts_a_message_with_one_recap_whose_sentence_ends_the_statement() -> None:
    assert verify(composed(statement=SAID, resources=(SIGN,))).address == USER


def test_accepts_a_recap_beside_every_other_spelling() -> None:
    spelt = {"uri": "https://gallery.example/?x=1", "request_id": "7", "address": USER}
    assert verify(composed(statement=SAID, resources=(SIGN,), **spelt)).address == USER


def test_a_message_with_a_recap_serialises_to_the_same_bytes() -> None:
    text = create_siwe_message(MESSAGE._replace(statement=SAID, resources=(SIGN,)))
    assert create_siwe_message(parse_siwe_message(text)) == text


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "the sentence of another recap": ({"resources": (SIGN_AND_SEND,)}, "recap_mismatch"),
    "no sentence": ({"statement": MESSAGE.statement}, "recap_mismatch"),
    "the sentence twice": ({"statement": f"{SAID} {recap_sentence(SIGN)}"}, "statement_mismatch"),
    "words after the sentence": ({"statement": f"{SAID} Or not."}, "recap_mismatch"),
    "words before the sentence": (
        {"statement": f"{MESSAGE.statement} And: {recap_sentence(SIGN)}"},
        "statement_mismatch",
    ),
    "the sentence alone": ({"statement": recap_sentence(SIGN)}, "statement_mismatch"),
    "another statement": ({"statement": f"Vote. {recap_sentence(SIGN)}"}, "statement_mismatch"),
    "two spaces": ({"statement": SAID.replace(" I ", "  I ")}, "statement_mismatch"),
    "no space": ({"statement": SAID.replace(" I ", "I ")}, "recap_mismatch"),
    "no recap": ({"resources": None}, "statement_mismatch"),
    "an empty list": ({"resources": ()}, "statement_mismatch"),
    "the recap twice": ({"resources": (SIGN, SIGN)}, "resources_mismatch"),
    "two recaps": ({"resources": (SIGN_AND_SEND, SIGN)}, "resources_mismatch"),
    "a resource before it": ({"resources": ("https://a.example", SIGN)}, "resources_mismatch"),
    "a resource after it": ({"resources": (SIGN, "https://a.example")}, "statement_mismatch"),
    "a malformed recap": ({"resources": (SIGN + "A",)}, "recap_mismatch"),
    "an empty recap": ({"resources": ("urn:recap:",)}, "recap_mismatch"),
    "capitals in the name": ({"resources": (SIGN.replace("urn", "URN"),)}, "statement_mismatch"),
    "another name": ({"resources": (SIGN.replace("recap", "recaps"),)}, "statement_mismatch"),
}


@pytest.mark.parametrize(("fields", "code"), REFUSED.values(), ids=REFUSED)
def test_refuses_a_recap_that_is_not_said_in_full(fields: dict[str, Any], code: str) -> None:
    changed = {"statement": SAID, "resources": (SIGN,), **fields}
    assert refusal_of(composed(**changed)) == code
