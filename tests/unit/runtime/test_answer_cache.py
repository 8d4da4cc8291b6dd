"""Answers cached in memory: fresh for so long, dropped when changed, forgotten when too many."""

from collections.abc import Collection
from dataclasses import dataclass, field

import pytest

from runtime.answer import Answer
from runtime.answer_cache import MAX_AGE_SECONDS, AnswerCache
from runtime.freshness import Subject

SUBJECT = Subject("token#1#0x#7")


@dataclass
class Asked:
    """Answers with the number of times it was asked, and says whether something changed."""

    now: float = 1000.0
    takes: float = 0.0
    times: int = 0
    asked_about: list[tuple[set[Subject], float]] = field(default_factory=list)
    changed: bool = False

    def ask(self) -> Answer:
        self.times += 1
        self.now += self.takes
        return Answer(str(self.times))

    def changed_since(self, subjects: Collection[Subject], asked_at: float) -> bool:
        self.asked_about.append((set(subjects), asked_at))
        return self.changed


def look(asked: Asked, cache: AnswerCache, key: str = "k", *, fresh: int = 30) -> Answer:
    return cache.answer(key, asked.ask, fresh_seconds=fresh, about=lambda: SUBJECT)


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def cache(asked: Asked) -> AnswerCache:
    return AnswerCache(lambda: asked.now, asked)


def test_a_thousand_lookups_in_time_cost_one(asked: Asked, cache: AnswerCache) -> None:
    uses = [look(asked, cache).cache for _ in range(1000)]
    assert (asked.times, uses) == (1, ["miss", *["hit"] * 999])


def test_a_browser_keeps_it_no_longer_than_we_do(asked: Asked, cache: AnswerCache) -> None:
    assert look(asked, cache).max_age == 30
    asked.now += 20
    assert (look(asked, cache).max_age, look(asked, cache).body) == (10, "1")
    asked.now += 10
    assert (look(asked, cache).max_age, look(asked, cache).body) == (30, "2")


def test_its_age_counts_from_when_it_was_asked_for(asked: Asked, cache: AnswerCache) -> None:
    asked.takes = 8.0
    look(asked, cache)
    look(asked, cache)
    assert asked.asked_about == [({SUBJECT}, 1000.0)]
    asked.now = 1030.0
    assert look(asked, cache).body == "2"


def test_what_changed_since_is_asked_for_again(asked: Asked, cache: AnswerCache) -> None:
    look(asked, cache)
    asked.changed = True
    assert (look(asked, cache).body, asked.times) == ("2", 2)


def test_each_key_has_its_own_answer(asked: Asked, cache: AnswerCache) -> None:
    assert [look(asked, cache, key).body for key in ("a", "b", "a", "b")] == ["1", "2", "1", "2"]


def test_without_a_time_it_is_asked_each_time_but_stored_for_need(
    asked: Asked, cache: AnswerCache
) -> None:
    answers = [look(asked, cache, fresh=0) for _ in range(2)]
    assert [(answer.body, answer.cache, answer.max_age) for answer in answers] == [
        ("1", "none", 0),
        ("2", "none", 0),
    ]
    entry = cache.find("k")
    assert entry is not None
    assert entry.answer.body == "2"


def test_nothing_is_cached_for_ever_nor_from_the_future(asked: Asked, cache: AnswerCache) -> None:
    look(asked, cache)
    asked.now += MAX_AGE_SECONDS - 1
    assert cache.find("k") is not None
    asked.now += 1
    assert cache.find("k") is None
    asked.now = 999.0
    assert cache.find("k") is None


def test_a_failure_is_not_cached(asked: Asked, cache: AnswerCache) -> None:
    def fail() -> Answer:
        raise TimeoutError

    with pytest.raises(TimeoutError):
        cache.answer("k", fail, fresh_seconds=30)
    assert cache.find("k") is None


def test_the_oldest_go_where_there_is_no_room(asked: Asked) -> None:
    cache = AnswerCache(lambda: asked.now, max_bytes=12_000)
    for key in "abcd":
        cache.store(key, Answer("x" * 3000), asked.now)
    assert [key for key in "abcd" if cache.find(key)] == ["b", "c", "d"]
    cache.store("b", Answer("y"), asked.now)
    cache.store("e", Answer("x" * 3000), asked.now)
    assert [key for key in "abcde" if cache.find(key)] == ["b", "c", "d", "e"]


def test_an_answer_larger_than_all_room_is_not_cached_and_leaves_room(asked: Asked) -> None:
    cache = AnswerCache(lambda: asked.now, max_bytes=10_000)
    cache.store("a", Answer("x" * 20_000), asked.now)
    cache.store("b", Answer("x"), asked.now)
    assert (cache.find("a"), cache.find("b") is not None) == (None, True)
