"""Walks end, whatever page tokens a provider sends: with all there is, or with one typed error."""

import itertools
import random
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nft.errors import ExpiredCursorError, NftError, UpstreamListError
from nft.model import Nft
from nft.paging.cursor_token import Position, open_cursor, seal
from nft.paging.lists import MAX_CALLS
from nft.paging.progress import SEARCH_SIZE
from nft.paging.walk import Step, take_step
from nft.providers.nft_provider import ProviderPage
from runtime.cached_secret import Secret
from tests.fixtures.odd_lists import (
    Follow,
    OddList,
    TangledList,
    circles,
    goes_on,
    has_empty_pages_behind,
    item,
    starts_over,
)

KEY = Secret("k" * 40)
LIMITS = [1, 2, 3, 7, 100]
ENDS_WITHIN = 6
"""Calls for each page of a list, and for each of some pages more."""


@dataclass
class Walked:
    """`numbers` are the items, `most_calls` those of one request."""

    numbers: list[int] = field(default_factory=list)
    error: NftError | None = None
    most_calls: int = 0


def walk(odd: OddList | TangledList, limit: int, *, at_most: int = 5_000) -> Walked:
    """From the first page to null or an error, by the calls that one request may make."""
    result, position = Walked(), Position("moralis", limit)
    for _ in range(at_most):
        before = odd.calls
        try:
            step = one_step(position, odd, limit)
        except NftError as error:
            result.error = error
            return result
        finally:
            result.most_calls = max(result.most_calls, odd.calls - before)
        result.numbers += [int(item.token_id) for item in step.items]
        assert len(step.items) <= limit
        if step.next is None:
            return result
        cursor = seal(step.next, key=KEY, bound_to="", now=0.0)
        position = open_cursor(cursor, keys=(KEY,), expected_binding="", now=0.0)
    raise AssertionError("the walk does not end")


def one_step(position: Position, odd: OddList | TangledList, limit: int) -> Step:
    most = odd.calls + MAX_CALLS
    return take_step(position, odd, limit=limit, may_continue=lambda: odd.calls < most)


def bound(odd: OddList, limit: int) -> int:
    return ENDS_WITHIN * (odd.count // limit + 12)


@given(st.integers(0, 130), st.sampled_from(LIMITS), st.booleans(), st.booleans())
def test_a_good_list_is_given_whole_by_as_many_calls_as_it_has_pages(
    count: int, limit: int, keeps_size: bool, same_tokens: bool
) -> None:
    odd = OddList(count, keeps_size=keeps_size, same_tokens=same_tokens)
    result = walk(odd, limit)
    assert (result.numbers, result.error) == (list(range(count)), None)
    assert odd.calls == max(1, -(-count // limit))


ENDLESS: dict[str, Follow] = {
    "starts over": starts_over,
    "has empty pages behind": has_empty_pages_behind,
    **{f"circles in {length}": circles(length) for length in range(1, 25)},
}
GIVEN_ONCE = list(ENDLESS)[:6]
"""What starts over, has no more, or circles within four pages."""


@pytest.mark.parametrize("same_tokens", [False, True], ids=["new tokens", "the same tokens"])
@pytest.mark.parametrize("kind", ENDLESS)
def test_a_list_without_an_end_is_given_and_then_an_error(kind: str, same_tokens: bool) -> None:
    for limit, pages, short in itertools.product([1, 3, 8], range(1, 25), [0, 1]):
        odd = OddList(max(1, pages * limit - short), ENDLESS[kind], same_tokens)
        result = walk(odd, limit)
        assert set(result.numbers) == set(range(odd.count))
        assert isinstance(result.error, UpstreamListError) or is_whole_in_one(odd, kind)
        assert odd.calls <= bound(odd, limit)
        assert result.most_calls <= MAX_CALLS
        if kind in GIVEN_ONCE or kind == f"circles in {pages}":
            assert result.numbers == list(range(odd.count))


def is_whole_in_one(odd: OddList, kind: str) -> bool:
    """A search reads pages of 100: a list that starts over may fit one, and has an end then."""
    return kind == "starts over" and odd.count <= SEARCH_SIZE


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([*GIVEN_ONCE, "circles in 7", "goes on"]),
    st.integers(0, 330),
    st.sampled_from([1, 2, 7, 50, 100]),
    st.floats(0.0, 1.0),
    st.integers(0, 2**32),
    st.tuples(st.booleans(), st.booleans(), st.booleans()),
)
def test_a_list_whose_page_tokens_die_besides_ends_too(
    kind: str, count: int, limit: int, share: float, seed: int, ways: tuple[bool, bool, bool]
) -> None:
    chance = random.Random(seed)  # noqa: S311
    follow = ENDLESS.get(kind, goes_on)
    odd = OddList(count, follow, *ways, dies=lambda: chance.random() < share)
    result = walk(odd, limit)
    assert isinstance(result.error, UpstreamListError | ExpiredCursorError | None)
    assert result.error or set(result.numbers) == set(range(count))
    assert result.most_calls <= MAX_CALLS
    if kind == "goes on":
        assert result.numbers == list(range(len(result.numbers)))


@settings(max_examples=1_000, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from([1, 2, 3, 100]))
def test_a_list_tangled_in_any_way_is_whole_where_null_says_so(
    chance: random.Random, limit: int
) -> None:
    tangled = TangledList(chance)
    result = walk(tangled, limit)
    assert isinstance(result.error, UpstreamListError | ExpiredCursorError | None)
    assert result.error or set(result.numbers) == tangled.reached()
    assert result.most_calls <= MAX_CALLS
    assert tangled.calls <= 300


def step_from(position: Position, page: ProviderPage, *, limit: int = 50) -> Step:
    return take_step(position, lambda _: page, limit=limit, may_continue=lambda: False)


def test_a_page_whose_token_does_not_move_is_given_before_the_error() -> None:
    start = Position("moralis", 50)
    first = step_from(start, ProviderPage((item(0),), next_token="a"))
    assert first.next
    stuck = ProviderPage((item(1), item(2)), next_token="a")
    second = step_from(first.next, stuck)
    assert second.items == (item(1), item(2))
    assert second.next
    with pytest.raises(UpstreamListError):
        step_from(second.next, stuck)
    healed = step_from(second.next, ProviderPage((item(1), item(2), item(3)), next_token=None))
    assert (healed.items, healed.next) == ((item(3),), None)


def test_a_page_token_too_long_for_a_cursor_is_refused_by_name() -> None:
    page = ProviderPage((item(1),), next_token="x" * 2_900)
    with pytest.raises(UpstreamListError, match="too long for a cursor"):
        step_from(Position("moralis", 50), page)
    later = step_from(Position("moralis", 50, "a"), page)
    assert later.items == (item(1),)
    assert later.next
    with pytest.raises(UpstreamListError, match="too long for a cursor"):
        step_from(later.next, page)


def test_three_empty_pages_in_a_row_end_a_walk_and_two_do_not() -> None:
    def walked(pages: list[tuple[Nft, ...]]) -> list[Nft]:
        shown: list[Nft] = []
        position: Position | None = Position("moralis", 50)
        for number, items in enumerate(pages):
            assert position
            last = number + 1 == len(pages)
            step = step_from(position, ProviderPage(items, None if last else f"new {number}"))
            shown, position = [*shown, *step.items], step.next
        return shown

    full, empty = (item(1),), ()
    assert walked([full, empty, empty, (item(2),), empty, empty]) == [item(1), item(2)]
    with pytest.raises(UpstreamListError):
        walked([full, empty, empty, empty, (item(2),)])


def test_pages_that_only_the_contract_filter_empties_are_not_empty() -> None:
    position: Position | None = Position("moralis", 1)
    odd = OddList(12)
    for _ in range(12):
        assert position
        step = take_step(
            position, odd, limit=1, may_continue=lambda: False, is_wanted=lambda _: False
        )
        position = step.next
    assert position is None


def test_a_token_that_a_page_names_twice_is_given_once() -> None:
    step = step_from(Position("moralis", 50), ProviderPage((item(1), item(2), item(1)), None))
    assert step.items == (item(1), item(2))


def test_a_page_that_goes_on_into_the_beginning_gives_what_is_before_it() -> None:
    first = step_from(Position("moralis", 3), ProviderPage(tuple(map(item, range(3))), "a"))
    assert first.next
    mixed = ProviderPage((item(3), item(0), item(1)), "b")
    assert step_from(first.next, mixed).items == (item(3),)


def test_a_list_that_goes_into_its_beginning_and_ends_is_not_called_complete() -> None:
    """Behind the walk's first token may be something that was never given."""
    first = step_from(Position("moralis", 3), ProviderPage(tuple(map(item, range(3))), "a"))
    mixed = ProviderPage((item(3), item(0), item(8)), None)
    assert first.next
    second = step_from(first.next, mixed)
    assert second.items == (item(3),)
    assert second.next


def test_a_page_that_was_given_in_part_is_not_taken_for_one_given_whole() -> None:
    """A page of 100, shown two items at a time, when its page token dies."""
    odd, chance = OddList(230), random.Random(7)  # noqa: S311
    odd.dies = lambda: chance.random() < 0.2
    result = walk(odd, 2)
    assert result.numbers == list(range(len(result.numbers)))
    assert result.error or len(result.numbers) == odd.count


def test_a_walk_whose_tokens_die_in_every_search_is_given_up() -> None:
    """Ten pages are given; then a token dies after every four pages that are asked for."""
    odd = OddList(2_000)
    uses = itertools.count()
    odd.dies = lambda: (use := next(uses)) > 8 and use % 5 == 0
    result = walk(odd, 100, at_most=30)
    assert isinstance(result.error, ExpiredCursorError)
    assert result.numbers == list(range(len(result.numbers)))
