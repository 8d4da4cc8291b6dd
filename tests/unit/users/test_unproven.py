"""Which records may go, over any users that Hypothesis can think of."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from users.errors import NoMarkError, OldMarksError
from users.unproven import Survey, User, require_recent_marks, survey

DAY = 24 * 3600.0
NOW = 1_800_000_000.0
MARKED_1_DAY_AGO, MARKED_60_DAYS_AGO = "2027-01-14T08:00:00Z", "2026-11-16T08:00:00Z"
WALLET, OTHER = "0x" + "a" * 40, "0x" + "b" * 40

NAMES = st.sampled_from([WALLET, OTHER, WALLET.upper(), "admin", "", "0x12", f"{WALLET}\n"])
MARKS = st.none() | st.sampled_from([MARKED_1_DAY_AGO, MARKED_60_DAYS_AGO, "", "soon"])
USERS = st.lists(
    st.builds(User, NAMES, st.floats(NOW - 90 * DAY, NOW + DAY, width=32), MARKS),
    max_size=7,
    unique_by=lambda user: user.name,
)


def look(*users: User, days: float = 30) -> Survey:
    return survey(users, now=NOW, min_age_seconds=days * DAY)


def aged(days: float, mark: str | None = None, name: str = WALLET) -> User:
    return User(name, NOW - days * DAY, mark)


MARKED = aged(61, MARKED_60_DAYS_AGO, "0x" + "c" * 40)


def test_an_old_unproven_record_may_go() -> None:
    found = look(MARKED, aged(30), aged(59, name=OTHER))
    assert found == Survey(3, NOW - 60 * DAY, NOW - 60 * DAY, (OTHER, WALLET))


@pytest.mark.parametrize(
    "kept",
    [
        aged(31, MARKED_1_DAY_AGO),
        aged(31, "not one of our marks"),
        aged(31, ""),
        aged(29.99),
        aged(31, name=WALLET.upper()),
        aged(31, name="admin"),
        aged(31, name=f"{WALLET}\n"),
        aged(60.01),
    ],
    ids=[
        *("proven", "marked by another hand", "marked with nothing", "too young"),
        *("no address", "an administrator", "nearly an address", "older than marks are"),
    ],
)
def test_every_other_record_stays(kept: User) -> None:
    assert look(MARKED, kept).unproven == ()


@settings(deadline=None)
@given(USERS, st.integers(1, 60))
def test_what_may_go_is_unproven_old_a_wallets_and_from_the_time_of_marks(
    users: list[User], days: int
) -> None:
    found = look(*users, days=days)
    assert found.seen == len(users)
    for user in users:
        since_marks = found.oldest_mark is not None and user.created_at > found.oldest_mark
        is_old = user.created_at <= NOW - days * DAY
        may_go = user.mark is None and user.name in (WALLET, OTHER) and is_old and since_marks
        assert (user.name in found.unproven) is may_go


@settings(deadline=None)
@given(USERS, st.integers(1, 60), st.randoms())
def test_the_order_of_the_list_does_not_matter(
    users: list[User], days: int, random: Random
) -> None:
    shuffled = users[:]
    random.shuffle(shuffled)
    assert look(*users, days=days) == look(*shuffled, days=days)


@settings(deadline=None)
@given(USERS, st.integers(1, 60))
def test_a_mark_more_never_lets_another_record_go(users: list[User], days: int) -> None:
    fewer = look(MARKED, *users, days=days).unproven
    marked = [User(user.name, user.created_at, MARKED_1_DAY_AGO) for user in users]
    for index in range(len(users)):
        changed = [*users[:index], marked[index], *users[index + 1 :]]
        assert set(look(MARKED, *changed, days=days).unproven) <= set(fewer)


def test_nobody_goes_where_nobody_is_marked() -> None:
    found = look(aged(31), aged(400, name=OTHER))
    assert found == Survey(2, None, None, ())
    with pytest.raises(NoMarkError):
        require_recent_marks(found, now=NOW, min_age_seconds=30 * DAY)


def test_nobody_goes_where_marks_are_no_longer_written() -> None:
    found = look(MARKED, aged(31))
    with pytest.raises(OldMarksError):
        require_recent_marks(found, now=NOW, min_age_seconds=60 * DAY)
    require_recent_marks(found, now=NOW, min_age_seconds=60 * DAY + 1)


def test_a_strange_mark_shows_nothing_about_the_mechanism() -> None:
    assert look(aged(1, "soon"), aged(1, "9999-99-99T00:00:00Z")).newest_mark is None
