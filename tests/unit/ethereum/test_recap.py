"""A recap has one way to be written, and one sentence that stands for it (ERC-5573)."""

import json
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethereum.errors import RecapMismatchError
from ethereum.recap import recap_sentence, statement_before_recap

PREAMBLE = "I further authorize the stated URI to perform the following actions on my behalf:"


def encode(text: str) -> str:
    return "urn:recap:" + urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def recap(details: Any) -> str:
    text = json.dumps(details, separators=(",", ":"), ensure_ascii=False)
    return encode(text)


# Both are of https://eips.ethereum.org/EIPS/eip-5573 (CC0).
EXAMPLE = (
    "urn:recap:eyJhdHQiOnsiaHR0cHM6Ly9leGFtcGxlLmNvbSI6eyJleGFtcGxlL2FwcGVuZCI6W10sImV4YW1wbGUvcmVh"
    "ZCI6W10sIm90aGVyL2FjdGlvbiI6W119LCJteTpyZXNvdXJjZTp1cmkuMSI6eyJleGFtcGxlL2FwcGVuZCI6W10sImV4YW"
    "1wbGUvZGVsZXRlIjpbXX0sIm15OnJlc291cmNlOnVyaS4yIjp7ImV4YW1wbGUvYXBwZW5kIjpbXX0sIm15OnJlc291cmNl"
    "OnVyaS4zIjp7ImV4YW1wbGUvYXBwZW5kIjpbXX19LCJwcmYiOltdfQ"
)
WITH_LIMITS = (
    "urn:recap:eyJhdHQiOnsiaHR0cHM6Ly9leGFtcGxlLmNvbS9waWN0dXJlcy8iOnsiY3J1ZC9kZWxldGUiOlt7fV0sImNy"
    "dWQvdXBkYXRlIjpbe31dLCJvdGhlci9hY3Rpb24iOlt7fV19LCJtYWlsdG86dXNlcm5hbWVAZXhhbXBsZS5jb20iOnsibX"
    "NnL3JlY2VpdmUiOlt7Im1heF9jb3VudCI6NSwidGVtcGxhdGVzIjpbIm5ld3NsZXR0ZXIiLCJtYXJrZXRpbmciXX1dLCJt"
    "c2cvc2VuZCI6W3sidG8iOiJzb21lb25lQGVtYWlsLmNvbSJ9LHsidG8iOiJqb2VAZW1haWwuY29tIn1dfX0sInByZiI6Wy"
    "J6ZGo3V2o2Rk5TNHJVVWJzaUp2amp4Y3NOcVpkRENTaVlSOHNLUVhmb1BmcFNadUF3Il19"
)
WALLETCONNECT = recap(
    {
        "att": {
            "eip155": {
                "request/eth_sendTransaction": [{"chains": ["eip155:1"]}],
                "request/personal_sign": [{"chains": ["eip155:1"]}],
            }
        }
    }
)
SENTENCES = {
    "ERC-5573's first": (
        EXAMPLE,
        f"{PREAMBLE} (1) 'example': 'append', 'read' for 'https://example.com'. (2) 'other': "
        "'action' for 'https://example.com'. (3) 'example': 'append', 'delete' for "
        "'my:resource:uri.1'. (4) 'example': 'append' for 'my:resource:uri.2'. (5) 'example': "
        "'append' for 'my:resource:uri.3'.",
    ),
    "ERC-5573's second": (
        WITH_LIMITS,
        f"{PREAMBLE} (1) 'crud': 'delete', 'update' for 'https://example.com/pictures/'. (2) "
        "'other': 'action' for 'https://example.com/pictures/'. (3) 'msg': 'receive', 'send' for "
        "'mailto:username@example.com'.",
    ),
    "WalletConnect's": (
        WALLETCONNECT,
        f"{PREAMBLE} (1) 'request': 'eth_sendTransaction', 'personal_sign' for 'eip155'.",
    ),
    "with a fraction": (
        recap({"att": {"a:b": {"c/d": [{"least": 0.5}]}}}),
        f"{PREAMBLE} (1) 'c': 'd' for 'a:b'.",
    ),
    "with letters beyond ASCII": (
        recap({"att": {"a:b": {"c/d": [{"name": "é\u2028\U0001f600"}]}}}),
        f"{PREAMBLE} (1) 'c': 'd' for 'a:b'.",
    ),
}


@pytest.mark.parametrize(("resource", "sentence"), SENTENCES.values(), ids=SENTENCES)
def test_writes_the_sentence_that_a_recap_stands_for(resource: str, sentence: str) -> None:
    assert recap_sentence(resource) == sentence


GOOD = '{"att":{"a:b":{"c/d":[{"e":1,"f":2}],"c/e":[]},"b:c":{"c/d":[]}},"prf":["z1"]}'
MISWRITTEN = {
    "empty": "urn:recap:",
    "padding": EXAMPLE + "==",
    "one letter more": EXAMPLE + "A",
    "bits beside the last byte": EXAMPLE[:-1] + "R",
    "the other alphabet": encode('{"att":{"a:b":{"c/d":[{"e":"??>"}]}}}').replace("_", "/"),
    "a space between": EXAMPLE[:30] + " " + EXAMPLE[30:],
    "a query": EXAMPLE + "?+x",
    "not UTF-8": "urn:recap:" + urlsafe_b64encode(b'{"att":"\xff"}').rstrip(b"=").decode(),
    "a byte order mark": encode("\ufeff" + GOOD),
    "spaces in the JSON": encode(GOOD.replace(",", ", ")),
    "a line end after the JSON": encode(GOOD + "\n"),
    "two values": encode(GOOD + GOOD),
    "an escape": encode(GOOD.replace("a:b", "\\u0061:b")),
    "an escaped slash": encode(GOOD.replace("c/e", "c\\/e")),
    "a resource twice": encode(GOOD.replace('"b:c"', '"a:b"')),
    "an ability twice": encode(GOOD.replace('"c/e"', '"c/d"')),
    "a limit twice": encode(GOOD.replace('"f":2', '"e":2')),
    "att twice": encode(GOOD.replace('"prf":["z1"]', '"att":{"a:b":{"c/d":[]}}')),
    "resources unsorted": encode(GOOD.replace('"b:c"', '"a:a"')),
    "abilities unsorted": encode(GOOD.replace('"c/e"', '"c/c"')),
    "limits unsorted": encode(GOOD.replace('"f":2', '"d":2')),
    "prf before att": encode('{"prf":["z1"],"att":{"a:b":{"c/d":[]}}}'),
    "1.0": encode(GOOD.replace(":1", ":1.0")),
    "1e0": encode(GOOD.replace(":1", ":1e0")),
    "-0": encode(GOOD.replace(":1", ":-0")),
    "0.50": encode(GOOD.replace(":1", ":0.50")),
    "NaN": encode(GOOD.replace(":1", ":NaN")),
    "Infinity": encode(GOOD.replace(":1", ":Infinity")),
    "1e999": encode(GOOD.replace(":1", ":1e999")),
    "a lone surrogate": encode(GOOD.replace(":1", ':"\\ud800"')),
    "a very deep list": encode('{"att":' + "[" * 2000),
}
MISSHAPEN: dict[str, object] = {
    "a list": [],
    "a number": 1,
    "nothing": {},
    "no att": {"prf": ["z1"]},
    "an empty att": {"att": {}},
    "att a list": {"att": [["a:b", {"c/d": []}]]},
    "another member": {"att": {"a:b": {"c/d": []}}, "fct": "more"},
    "no abilities": {"att": {"a:b": {}}},
    "abilities a list": {"att": {"a:b": ["c/d"]}},
    "an ability without a namespace": {"att": {"a:b": {"d": []}}},
    "an ability of two slashes": {"att": {"a:b": {"c/d/e": []}}},
    "an empty namespace": {"att": {"a:b": {"/d": []}}},
    "an ability with a space": {"att": {"a:b": {"c/d e": []}}},
    "an ability with a quote": {"att": {"a:b": {"c/d'": []}}},
    "an ability with a line end": {"att": {"a:b": {"c/d\n": []}}},
    "an ability with a bracket": {"att": {"a:b": {"c/[": []}}},
    "limits no list": {"att": {"a:b": {"c/d": {}}}},
    "a limit no object": {"att": {"a:b": {"c/d": ["all"]}}},
    "an empty resource": {"att": {"": {"c/d": []}}},
    "a resource with a quote": {"att": {"a:b'.": {"c/d": []}}},
    "a resource with a space": {"att": {"a:b (2)": {"c/d": []}}},
    "a resource with a line end": {"att": {"a:b\n": {"c/d": []}}},
    "proofs no list": {"att": {"a:b": {"c/d": []}}, "prf": "z1"},
    "a proof no text": {"att": {"a:b": {"c/d": []}}, "prf": [1]},
    "no proofs but null": {"att": {"a:b": {"c/d": []}}, "prf": None},
}


def test_the_recap_that_is_miswritten_is_right_as_it_is() -> None:
    assert recap_sentence(encode(GOOD)).endswith("(2) 'c': 'd' for 'b:c'.")


@pytest.mark.parametrize("resource", MISWRITTEN.values(), ids=MISWRITTEN)
def test_refuses_a_recap_written_in_another_way(resource: str) -> None:
    with pytest.raises(RecapMismatchError):
        recap_sentence(resource)


@pytest.mark.parametrize("details", MISSHAPEN.values(), ids=MISSHAPEN)
def test_refuses_a_recap_of_another_shape(details: object) -> None:
    with pytest.raises(RecapMismatchError):
        recap_sentence(recap(details))


def test_takes_the_sentence_off_the_end_of_the_statement() -> None:
    sentence = recap_sentence(EXAMPLE)
    assert statement_before_recap(f"Sign in. {sentence}", EXAMPLE) == "Sign in."
    assert statement_before_recap(sentence, EXAMPLE) is None
    assert statement_before_recap(f" {sentence}", EXAMPLE) == ""


@pytest.mark.parametrize("cut", range(1, len(PREAMBLE)))
def test_refuses_a_statement_that_says_less(cut: int) -> None:
    sentence = recap_sentence(WALLETCONNECT)
    for other in (sentence[:-cut], sentence[cut:], sentence[:cut] + sentence[cut + 1 :]):
        with pytest.raises(RecapMismatchError):
            statement_before_recap(f"Sign in. {other}", WALLETCONNECT)


@pytest.mark.parametrize("statement", [None, "", "Sign in."])
def test_refuses_a_statement_without_the_sentence(statement: str | None) -> None:
    with pytest.raises(RecapMismatchError):
        statement_before_recap(statement, EXAMPLE)
    with pytest.raises(RecapMismatchError):  # no space between
        statement_before_recap(f"{statement}.{recap_sentence(EXAMPLE)}", EXAMPLE)


NAMES = st.text("aZ0.*_+-", min_size=1, max_size=4)


def test_a_sentence_names_every_right() -> None:
    rights: dict[str, Any] = {
        f"crud/{name}": [{}] for name in ("create", "delete", "read", "update")
    }
    sentence = recap_sentence(recap({"att": {"urn:x": rights}, "prf": []}))
    assert sentence.endswith("'crud': 'create', 'delete', 'read', 'update' for 'urn:x'.")


LIMITS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
ATTENUATIONS = st.dictionaries(
    st.text("aZ0:/?#[]@!$&()*+,;=-._~", min_size=1, max_size=8),
    st.dictionaries(
        st.builds("{}/{}".format, NAMES, NAMES),
        st.lists(st.dictionaries(LIMITS, st.none(), max_size=2), max_size=2),
        min_size=1,
        max_size=3,
    ),
    min_size=1,
    max_size=3,
)


@given(ATTENUATIONS, ATTENUATIONS)
def test_recaps_of_different_rights_have_different_sentences(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    """Limits are not said: ERC-5573 leaves them out."""
    rights = [{(r, a) for r, all_ in one.items() for a in all_} for one in (first, second)]
    sentences = [
        recap_sentence(
            encode(
                json.dumps({"att": one}, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
            )
        )
        for one in (first, second)
    ]
    assert (rights[0] == rights[1]) is (sentences[0] == sentences[1])


@given(st.text() | st.binary().map(lambda raw: urlsafe_b64encode(raw).decode().rstrip("=")))
def test_raises_nothing_but_a_mismatch_for_arbitrary_text(encoded: str) -> None:
    with pytest.raises(RecapMismatchError):
        recap_sentence(f"urn:recap:{encoded}")
