"""Cursors: only ours, only for their list, only for a while, across a change of keys."""

import string
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nft.errors import CursorKeyError, ExpiredCursorError
from nft.paging.cursor_keys import CursorKeys
from nft.paging.cursor_token import (
    LIFETIME_SECONDS,
    Position,
    carries,
    open_cursor,
    seal,
)
from nft.paging.progress import RECENT_PAGES, RECENT_TOKENS
from runtime.answer_cache import digest
from runtime.cached_secret import REFRESH_SECONDS, Secret, UnreadableSecretError
from runtime.errors import InvalidCursorError
from runtime.event import MAX_CURSOR_LENGTH
from tests.unit.nft.gallery_fixtures import Clock

KEY, OTHER_KEY = Secret("k" * 40), Secret("o" * 40)
BOUND = digest("getMyNfts", 1, "0xabc")
POSITION = Position("alchemy", 50, "0xab:0x01:false", "f1", ("a1", "b2"))
NOW = 1_800_000_000.0
positions = st.builds(
    Position,
    st.sampled_from(["alchemy", "moralis"]),
    st.integers(1, 100),
    st.none() | st.text(max_size=300),
    st.none() | st.text(max_size=12),
    st.lists(st.text(max_size=12), max_size=3).map(tuple),
    st.booleans(),
    st.integers(0, 10**7),
    st.none() | st.text(max_size=12),
    st.lists(st.text(max_size=12), max_size=4).map(tuple),
    st.integers(0, 3),
    st.integers(0, 10**7),
    st.integers(0, 3),
)


def opened(cursor: str, *, bound: str = BOUND, now: float = NOW) -> Position:
    return open_cursor(cursor, keys=(KEY,), expected_binding=bound, now=now)


@given(positions)
def test_a_place_comes_back_as_it_went(position: Position) -> None:
    cursor = seal(position, key=KEY, bound_to=BOUND, now=NOW)
    assert opened(cursor) == position
    assert set(cursor) <= set(string.ascii_letters + string.digits + "-_.")


@given(positions, st.text(max_size=8), st.integers(0, 3_000))
def test_what_a_cursor_carries_is_never_refused_as_too_long(
    position: Position, letters: str, times: int
) -> None:
    token = letters * times
    assume(carries(token))
    one, three, four = ((f"{10**11}",) * number for number in (1, RECENT_TOKENS, RECENT_PAGES))
    full = replace(position, token=token, first=one[0], anchor=one[0], recent=three, pages=four)
    cursor = seal(full, key=KEY, bound_to=BOUND, now=NOW)
    assert len(cursor) <= MAX_CURSOR_LENGTH
    assert opened(cursor) == full


@given(st.data())
def test_a_cursor_with_one_character_changed_is_refused(data: st.DataObject) -> None:
    cursor = seal(POSITION, key=KEY, bound_to=BOUND, now=NOW)
    place = data.draw(st.integers(0, len(cursor) - 1))
    other = data.draw(st.characters(codec="ascii").filter(lambda one: one != cursor[place]))
    with pytest.raises(InvalidCursorError):
        opened(cursor[:place] + other + cursor[place + 1 :])


def test_a_cursor_carries_the_longest_page_tokens_seen_and_says_which_it_does_not() -> None:
    assert carries("x" * 1_400)
    assert carries("x" * 2_700)
    assert not carries("x" * 2_900)
    assert not carries("\u20ac" * 500)


def test_a_cursor_is_short_however_long_the_walk() -> None:
    marks = ("0123456789ab",) * RECENT_PAGES
    position = Position("moralis", 100, "0xab:0x01:false", marks[0], marks[:RECENT_TOKENS])
    far = replace(position, given=10**6, anchor=marks[0], pages=marks, searches=3, passed=10**6)
    assert len(seal(far, key=KEY, bound_to=BOUND, now=NOW)) <= 515


@settings(max_examples=300)
@given(st.text(max_size=200) | st.text("AZaz09-_.=", max_size=200))
def test_no_text_is_a_cursor(text: str) -> None:
    with pytest.raises(InvalidCursorError):
        opened(text)


@pytest.mark.parametrize("change", ["cut", "longer", "padded", "of another key", "too long"])
def test_a_cursor_in_another_form_is_refused(change: str) -> None:
    cursor = seal(POSITION, key=KEY, bound_to=BOUND, now=NOW)
    changed = {
        "cut": cursor[:-1],
        "longer": cursor + "A",
        "padded": cursor + "=",
        "of another key": seal(POSITION, key=OTHER_KEY, bound_to=BOUND, now=NOW),
        "too long": seal(
            replace(POSITION, token="x" * MAX_CURSOR_LENGTH), key=KEY, bound_to=BOUND, now=NOW
        ),
    }[change]
    with pytest.raises(InvalidCursorError):
        opened(changed)


def test_a_cursor_is_good_for_its_own_list_only() -> None:
    cursor = seal(POSITION, key=KEY, bound_to=BOUND, now=NOW)
    with pytest.raises(InvalidCursorError):
        opened(cursor, bound=digest("getMyNfts", 1, "0xdef"))


def test_a_cursor_expires() -> None:
    cursor = seal(POSITION, key=KEY, bound_to=BOUND, now=NOW)
    assert opened(cursor, now=NOW + LIFETIME_SECONDS - 1) == POSITION
    with pytest.raises(ExpiredCursorError) as failed:
        opened(cursor, now=NOW + LIFETIME_SECONDS)
    assert (failed.value.status, failed.value.code) == (400, "cursor_expired")


@given(st.lists(st.none() | st.text() | st.integers(), max_size=4), st.data())
def test_bindings_of_different_lists_differ(parts: list[object], data: st.DataObject) -> None:
    others = data.draw(st.lists(st.none() | st.text() | st.integers(), max_size=4))
    assert (digest(*parts) == digest(*others)) == (parts == others)


def keys_of(secrets: dict[str, str], clock: Clock) -> CursorKeys:
    return CursorKeys(secrets.get, clock=clock, now=clock)


def test_a_change_of_keys_breaks_no_walk_on_any_instance() -> None:
    clock, secrets = Clock(), {"AWSCURRENT": "a" * 40}
    first, second = keys_of(secrets, clock), keys_of(secrets, clock)
    old = first.seal(POSITION, bound_to=BOUND)
    assert second.open(old, expected_binding=BOUND) == POSITION
    secrets |= {"AWSPREVIOUS": "a" * 40, "AWSCURRENT": "b" * 40}
    clock.advance(300)
    new = first.seal(POSITION, bound_to=BOUND)
    assert new != old
    for keys in (first, second):
        assert keys.open(old, expected_binding=BOUND) == POSITION
        assert keys.open(new, expected_binding=BOUND) == POSITION
    secrets |= {"AWSPREVIOUS": "b" * 40, "AWSCURRENT": "c" * 40}
    clock.advance(300)
    with pytest.raises(InvalidCursorError):
        first.open(old, expected_binding=BOUND)


def test_an_instance_that_holds_the_old_key_looks_again_but_not_for_every_forgery() -> None:
    clock, reads = Clock(), 0
    secrets = {"AWSCURRENT": "a" * 40}

    def read(stage: str) -> str | None:
        nonlocal reads
        reads += 1
        return secrets.get(stage)

    keys = CursorKeys(read, clock=clock, now=clock)
    keys.seal(POSITION, bound_to=BOUND)
    secrets |= {"AWSPREVIOUS": "a" * 40, "AWSCURRENT": "b" * 40}
    clock.advance(31)
    new = keys_of(secrets, clock).seal(POSITION, bound_to=BOUND)
    assert keys.open(new, expected_binding=BOUND) == POSITION
    before = reads
    for _ in range(50):
        with pytest.raises(InvalidCursorError):
            keys.open("forged.forged", expected_binding=BOUND)
    assert reads == before


def test_an_instance_that_has_just_read_the_old_key_looks_again_at_once() -> None:
    clock, secrets = Clock(), {"AWSCURRENT": "a" * 40}
    keys = keys_of(secrets, clock)
    keys.seal(POSITION, bound_to=BOUND)
    for current, previous in (("b", "a"), ("c", "b")):
        secrets |= {"AWSPREVIOUS": previous * 40, "AWSCURRENT": current * 40}
        new = keys_of(secrets, clock).seal(POSITION, bound_to=BOUND)
        assert keys.open(new, expected_binding=BOUND) == POSITION
        clock.advance(REFRESH_SECONDS)


def test_keys_held_outlive_a_secret_that_cannot_be_read_for_a_moment() -> None:
    clock, broken = Clock(), [False]

    def read(stage: str) -> str | None:
        if broken[0]:
            raise UnreadableSecretError("the secret cannot be read: ThrottlingException")
        return "a" * 40 if stage == "AWSCURRENT" else None

    keys = CursorKeys(read, clock=clock, now=clock)
    cursor = keys.seal(POSITION, bound_to=BOUND)
    broken[0] = True
    clock.advance(301)
    assert keys.open(cursor, expected_binding=BOUND) == POSITION
    with pytest.raises(CursorKeyError):
        CursorKeys(read, clock=clock, now=clock).seal(POSITION, bound_to=BOUND)


@pytest.mark.parametrize("secret", [None, "", "short", " " * 40])
def test_a_weak_or_missing_secret_signs_nothing(secret: str | None) -> None:
    keys = CursorKeys(lambda _: secret, clock=Clock(), now=Clock())
    with pytest.raises(CursorKeyError) as failed:
        keys.seal(POSITION, bound_to=BOUND)
    assert failed.value.status == 500
