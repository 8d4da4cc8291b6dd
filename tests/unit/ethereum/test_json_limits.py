"""Where JSON of strangers stops being numbers and texts, at its last value and beyond."""

import pytest

from ethereum.token_document import TokenDocument
from ethereum.untrusted_json import first_text, is_number, read_json, scalar, text

LONGEST = 524_288
SAFE = 9_007_199_254_740_991
"""https://tc39.es/ecma262/#sec-number.max_safe_integer"""


def test_a_text_has_half_a_million_characters_at_most_and_one_at_least() -> None:
    assert text("a" * LONGEST) == "a" * LONGEST
    assert text("a") == "a"
    for unreadable in ("", "a" * (LONGEST + 1), "a" * (LONGEST + 2), "a" * 2 * LONGEST):
        assert text(unreadable) is None


@pytest.mark.parametrize("sign", ["", "-"])
def test_the_last_number_of_javascript_is_one_and_the_next_is_text(sign: str) -> None:
    assert read_json(f"{sign}{SAFE}") == int(f"{sign}{SAFE}")
    for beyond in (SAFE + 1, SAFE + 2, 10**16, 10**17 - 1, 10**17, 10**18):
        assert read_json(f"{sign}{beyond}") == f"{sign}{beyond}"


@pytest.mark.parametrize("digits", ["1" * length for length in (17, 18, 19, 20, 100, 5000)])
def test_a_number_of_many_digits_keeps_them(digits: str) -> None:
    assert read_json(digits) == digits
    assert read_json("-" + digits) == "-" + digits


def test_a_number_is_what_javascript_has() -> None:
    assert all(is_number(number) for number in (0, -1, SAFE, -SAFE, 0.5, -1e300))
    for other in (SAFE + 1, -SAFE - 1, 2**64, float("inf"), float("-inf"), True, False, "1", None):
        assert not is_number(other)


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


def depth_of(value: object) -> int:
    depth = 0
    while isinstance(value, list):
        depth, value = depth + 1, value[0] if value else None
    return depth


def test_what_is_too_deep_for_python_is_cut_at_64_and_its_neighbours_stay() -> None:
    read = read_json(f'{{"before": 1, "deep": {nested(100_000)}, "after": [{nested(2)}, "]"]}}')
    assert isinstance(read, dict)
    assert (read["before"], read["after"]) == (1, [[[]], "]"])
    assert depth_of(read["deep"]) == 63  # the object is the first of 64


def test_what_python_cannot_write_is_an_empty_scalar() -> None:
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    assert scalar(deep) == ""


def test_a_scalar_is_itself_and_anything_else_its_json() -> None:
    assert [scalar(value) for value in ("a", "", 1, 0, 1.5, True, False)] == [
        *("a", "", 1, 0, 1.5, True, False)
    ]
    assert [scalar(value) for value in (None, 2**64, [1], {"a": None})] == [
        *("", "18446744073709551616", "[1]", '{"a": null}')
    ]


def test_the_first_text_is_the_first_that_is_one() -> None:
    assert first_text(None, "", [], True, 7, "eight") == "7"
    assert first_text(None, "", {}) is None


def test_a_document_has_a_thousand_traits_at_most() -> None:
    for count, given in ((999, 999), (1000, 1000), (1000, 1001), (1000, 5000)):
        assert len(TokenDocument({"attributes": ["a"] * given}, 1).traits) == count


def test_json_is_read_as_strangers_write_it() -> None:
    assert read_json('{"a": "two\nlines\tand a tab"}') == {"a": "two\nlines\tand a tab"}
    assert read_json(b"\xef\xbb\xbf[NaN, Infinity, -Infinity, 0.5, 1e999]") == [
        *(None, None, None, 0.5, "1e999")
    ]


BROKEN = ("", "{", "[[1]", "]", '"', "nul", nested(100_000) + "]", "[" * 100_000)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda text: text[-9:])
def test_broken_json_is_refused_with_a_value_error(broken: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_json(broken)


def test_half_a_character_is_replaced_and_the_rest_stays() -> None:
    assert text("a\ud800b\udfff\u00e9") == "a\ufffdb\ufffd\u00e9"
    assert text("\u00e9") == "\u00e9"
