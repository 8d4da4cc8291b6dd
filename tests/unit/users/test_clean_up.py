"""One run over the users of a pool that is only a list."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

import pytest

from users.clean_up import (
    DELETIONS_PER_SECOND,
    LISTS_PER_SECOND,
    MAX_DELETIONS,
    RESERVE_SECONDS,
    Clock,
    Outcome,
    clean_up,
)
from users.unproven import User

DAY = 24 * 3600.0
NOW = 1_800_000_000.0
LAST_YEAR, YESTERDAY = "2026-01-14T08:00:00Z", "2027-01-14T08:00:00Z"


def wallet(number: int) -> str:
    """Addresses spread over all first digits."""
    return f"0x{number % 16:x}{number:039x}"


PROVEN = [
    User(wallet(1), NOW - 400 * DAY, LAST_YEAR),
    User(wallet(2), NOW - 2 * DAY, YESTERDAY),
]


class ListedPool:
    """A pool of these users; `before_find` is what happens between listing and deleting."""

    def __init__(self, *users: User, page_size: int = 60) -> None:
        self.users = {user.name: user for user in users}
        self.page_size = page_size
        self.prefixes: list[str] = []
        self.deleted: list[str] = []
        self.before_find: Callable[[str], None] = lambda name: None

    def pages(self, prefix: str) -> Iterator[list[User]]:
        self.prefixes.append(prefix)
        found = [user for user in self.users.values() if user.name.startswith(prefix)]
        for start in range(0, max(len(found), 1), self.page_size):
            yield found[start : start + self.page_size]

    def find(self, name: str) -> User | None:
        self.before_find(name)
        return self.users.get(name)

    def delete(self, name: str) -> None:
        del self.users[name]
        self.deleted.append(name)


class FakeTime:
    """The seconds left to the function; sleeping is what uses them up."""

    def __init__(self, seconds: float = 900.0) -> None:
        self.left = seconds

    def clock(self, now: float = NOW) -> Clock:
        return Clock(now, lambda: self.left, self._sleep)

    def _sleep(self, seconds: float) -> None:
        self.left -= seconds


def unproven(count: int, *, days: float = 31) -> list[User]:
    return [User(wallet(number), NOW - days * DAY, None) for number in range(100, 100 + count)]


def run(
    pool: ListedPool, time: FakeTime | None = None, *, deletes: bool = True, now: float = NOW
) -> Outcome:
    clock = (time or FakeTime()).clock(now)
    return clean_up(pool, clock, deletes=deletes, min_age_seconds=30 * DAY)


def test_deletes_the_unproven_and_nobody_else() -> None:
    spam = unproven(40)
    pool = ListedPool(*PROVEN, *spam)
    assert run(pool) == Outcome(seen=42, found=40, deleted=40, finished=True, code=None)
    assert sorted(pool.deleted) == sorted(user.name for user in spam)
    assert set(pool.users) == {user.name for user in PROVEN}


def test_a_dry_run_counts_the_same_and_deletes_nobody() -> None:
    pool = ListedPool(*PROVEN, *unproven(40))
    outcome = run(pool, deletes=False)
    assert outcome == Outcome(seen=42, found=40, deleted=0, finished=True, code=None)
    assert (len(pool.users), pool.deleted) == (42, [])


@pytest.mark.parametrize(
    ("marked", "code"), [([], "no_user_is_marked"), (PROVEN[:1], "no_recent_mark")]
)
def test_deletes_nobody_where_the_marks_look_broken(marked: list[User], code: str) -> None:
    pool = ListedPool(*marked, *unproven(5))
    outcome = run(pool)
    assert (outcome.deleted, outcome.code, pool.deleted) == (0, code, [])


def test_a_wallet_that_proves_itself_while_the_run_goes_on_stays() -> None:
    spam = unproven(3)
    pool = ListedPool(*PROVEN, *spam)
    late = spam[1].name

    def prove(name: str) -> None:
        if name == late:
            pool.users[late] = pool.users[late]._replace(mark=YESTERDAY)

    pool.before_find = prove
    assert run(pool).deleted == 2
    assert late in pool.users


def test_a_record_that_is_gone_or_made_anew_while_the_run_goes_on_is_left_alone() -> None:
    spam = unproven(3)
    pool = ListedPool(*PROVEN, *spam)
    gone, anew = spam[0].name, spam[1].name

    def change(name: str) -> None:
        pool.users.pop(gone, None)
        pool.users[anew] = User(anew, NOW, None)

    pool.before_find = change
    assert run(pool).deleted == 1
    assert pool.deleted == [spam[2].name]


def test_a_run_deletes_no_more_than_it_may_and_the_next_one_goes_on() -> None:
    pool = ListedPool(*PROVEN, *unproven(MAX_DELETIONS + 7))
    assert run(pool).deleted == MAX_DELETIONS
    assert run(pool).deleted == 7


def test_calls_stay_below_their_rates() -> None:
    pool, time = ListedPool(*PROVEN, *unproven(50)), FakeTime()
    run(pool, time)
    assert 900 - time.left == pytest.approx(16 / LISTS_PER_SECOND + 50 / DELETIONS_PER_SECOND)


def test_deleting_ends_before_the_functions_time_does() -> None:
    pool, time = ListedPool(*PROVEN, *unproven(MAX_DELETIONS)), FakeTime(100)
    outcome = run(pool, time)
    assert 0 < outcome.deleted < MAX_DELETIONS
    assert RESERVE_SECONDS - 1 < time.left < RESERVE_SECONDS


def test_listing_takes_half_the_time_at_most_and_says_that_it_did_not_finish() -> None:
    pool, time = ListedPool(*PROVEN, *unproven(2000), page_size=1), FakeTime(60)
    outcome = run(pool, time, deletes=False)
    assert not outcome.finished
    assert 29 < time.left <= 30
    assert 250 < outcome.seen < 310


def test_each_hour_begins_elsewhere_so_that_a_day_reaches_every_address() -> None:
    first = set()
    for hour in range(24):
        pool = ListedPool(*PROVEN)
        run(pool, now=NOW + 3600 * hour)
        assert len(set(pool.prefixes)) == 16
        first.add(pool.prefixes[0])
    assert first == {f"0x{digit:x}" for digit in range(16)}


def test_what_was_deleted_is_logged_where_a_later_call_fails(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    pool = ListedPool(*PROVEN, *unproven(5))

    def fail_at_the_third(name: str) -> None:
        if len(pool.deleted) == 2:
            raise OSError("Cognito is away")

    pool.before_find = fail_at_the_third
    with pytest.raises(OSError, match="away"):
        run(pool)
    (record,) = caplog.records
    logged = record.__dict__
    assert (logged["event"], logged["found"], logged["deleted"]) == ("unproven_users", 5, 2)


def test_the_log_names_nobody(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    pool = ListedPool(*PROVEN, *unproven(5))
    run(pool)
    run(ListedPool(*unproven(5)))
    assert [record.levelname for record in caplog.records] == ["INFO", "WARNING"]
    assert "0x" not in "".join(str(record.__dict__) for record in caplog.records)
