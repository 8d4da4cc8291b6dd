"""Names in their one form, against ENSIP-15's own vectors; hashes and DNS forms, against web3."""

from __future__ import annotations

import json
import lzma
import subprocess
import sys
from pathlib import Path

import pytest
from ens.utils import dns_encode_name, raw_name_to_hash  # type: ignore[import-untyped]
from ens_normalize import DisallowedSequence, ens_normalize  # type: ignore[import-untyped]
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from ethereum.address import begins_as_address
from names.ens_name import dns_encoded, namehash, normalized
from names.errors import InvalidNameError
from runtime.errors import InvalidAddressError

BACKEND = Path(__file__).parents[3] / "backend"
VECTORS = Path(__file__).parents[2] / "fixtures" / "ensip15_vectors.jsonl.xz"
"""validate/tests.json of github.com/adraffy/ens-normalize.js 1.11.1 (Unicode 17), MIT, by Andrew
Raffensperger: a line has a name, and its one form, or null, where that is not the name itself."""

ADDRESS = "0x" + "1aB2" * 10


def one_form(name: str) -> str | None:
    try:
        return normalized(name)
    except InvalidNameError:
        return None


def test_every_vector_of_the_reference_implementation_has_its_form() -> None:
    """But two: the root, which has no owner, and a label of 400 bytes, which has no DNS form."""
    rows = [json.loads(line) for line in lzma.decompress(VECTORS.read_bytes()).splitlines()]
    vectors = [(name, rest[0] if rest else name) for name, *rest in rows]
    others = [(name, form) for name, form in vectors if one_form(name) != form]
    turtles = "\U0001f422" * 100
    assert (len(vectors), others) == (38613, [("", ""), (turtles, turtles)])


@pytest.mark.parametrize(
    "emoji",
    [
        "\U0001fae9",  # Unicode 16: face with bags under eyes
        "\U0001fac6",  # fingerprint
        "\U0001facd",  # Unicode 17: orca
        "\U0001fa8e",  # treasure chest
        "\U0001fac8",  # hairy creature
        "\U0001f46f\U0001f3fb",  # people with bunny ears, of a skin tone
        "\U0001f9d1\U0001f3fb\u200d\U0001fa70",  # ballet dancer, of a skin tone
    ],
)
def test_emoji_of_unicode_16_and_17_are_names(emoji: str) -> None:
    assert normalized(f"{emoji}.ETH") == f"{emoji}.eth"


NO_NAMES = ["", " ", ".", "a..eth", ".eth", "eth.", "a b.eth", "a_b.eth", "a\0.eth", "a%20b.eth"]
ODD = ["\u0430lice.eth", "alice.eth\n", "alice\n.eth", "\ud800.eth"]
LONG = ["x" * 256, "\U0001f98a" * 64 + ".eth"]


@pytest.mark.parametrize("name", [*NO_NAMES, *ODD, *LONG])
def test_what_has_no_form_is_no_name(name: str) -> None:
    with pytest.raises(InvalidNameError):
        normalized(name)


LOOK_ALIKES = [
    ADDRESS,
    f"{ADDRESS}.eth",
    f"0X{ADDRESS[2:]}.eth",
    f"0X{ADDRESS[2:].upper()}.ETH",
    f"\u200b{ADDRESS}.eth",
    f"0\xadx{ADDRESS[2:]}.eth",
    f"\ufe0f{ADDRESS}.eth",
    f"{ADDRESS[:12]}\u2060{ADDRESS[12:]}.eth",
    f"\uff10\uff38{ADDRESS[2:]}.eth",  # full width
    f"\U0001d7ce\U0001d431{ADDRESS[2:]}.eth",  # mathematical bold
    f"0\u2179{ADDRESS[2:]}.eth",  # the roman numeral ten
    f"{ADDRESS[:-1]}\u24d1.eth",  # a circled b
    f"{ADDRESS}1.eth",
    f"{ADDRESS}-.eth",
]


@pytest.mark.parametrize("name", LOOK_ALIKES)
def test_a_name_that_begins_as_an_address_once_normalised_is_none(name: str) -> None:
    with pytest.raises(InvalidAddressError):
        normalized(name)


@pytest.mark.parametrize("name", ["0x1234.eth", f"{ADDRESS[:-1]}.eth".lower(), "a0x.eth"])
def test_a_name_that_no_address_begins_is_one(name: str) -> None:
    assert normalized(name) == name


@given(st.text(max_size=40) | st.text(st.sampled_from("0xXa1.-_\u200b\ufe0f\u0301\uff10\n")))
def test_a_form_is_its_own_form(name: str) -> None:
    form = one_form(name)
    assert form is None or (form, form.strip(), "\n" in form) == (normalized(form), form, False)


@settings(max_examples=25)
@given(st.from_regex(r"\A[a-z0-9\xe9\U0001f98a]{1,20}(\.[a-z0-9]{1,9}){0,3}\Z"))
def test_web3_hashes_and_encodes_a_name_the_same_way(name: str) -> None:
    form = one_form(name)
    if form is not None:
        assert namehash(form) == bytes(raw_name_to_hash(form))
        assert dns_encoded(form) == bytes(dns_encode_name(form))


def test_hashes_are_those_of_the_standard() -> None:
    """https://eips.ethereum.org/EIPS/eip-137#namehash-algorithm"""
    foo = "de9b09fd7c5f901e23a3f19fecc54828e9c848539801e86591bd9801b019f84f"
    assert namehash("foo.eth").hex() == foo


@given(st.from_regex(r"[a-z0-9-]{1,20}(\.[a-z0-9-]{1,20}){0,5}", fullmatch=True))
@example("ab--c.eth")
@example("-a-.b--c.eth")
@example("x.--.eth")
def test_a_plain_name_has_the_form_that_ens_normalize_gives_it(name: str) -> None:
    assume(not begins_as_address(name))
    try:
        form = ens_normalize(name)
    except DisallowedSequence:
        form = None
    assert one_form(name) == form
    assert form in (name, None)


def test_a_plain_name_loads_no_tables() -> None:
    script = "import sys; from names.ens_name import normalized; "
    script += "normalized('my-vitalik.eth'); print('ens_normalize' in sys.modules); "
    script += "normalized('A.eth'); print('ens_normalize' in sys.modules)"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", script], cwd=BACKEND, capture_output=True, check=True, timeout=60
    )
    assert done.stdout.split() == [b"False", b"True"]
