"""One cache for every secret: how long a value is used, and what makes it be read again."""

import threading

import pytest

from runtime.cached_secret import (
    MAX_AGE_SECONDS,
    REFRESH_SECONDS,
    CachedSecret,
    UnreadableSecretError,
)


class Vault:
    """Holds one text at a time; time passes by hand."""

    def __init__(self) -> None:
        self.text: str | Exception = "old"
        self.reads = 0
        self.now = 1000.0
        self.cached = CachedSecret(self._read, clock=lambda: self.now)

    def _read(self, _: str | None) -> str:
        self.reads += 1
        if isinstance(self.text, Exception):
            raise self.text
        return self.text

    def refused(self, text: str) -> str:
        return self.cached.refreshed_if(lambda value: value == text)


BROKEN = UnreadableSecretError("the secret is not JSON")


def test_a_value_is_read_once_and_again_when_it_is_too_old() -> None:
    vault = Vault()
    assert vault.cached.value() == "old"
    vault.text = "new"
    vault.now += MAX_AGE_SECONDS - 1
    assert (vault.cached.value(), vault.reads) == ("old", 1)
    vault.now += 1
    assert (vault.cached.value(), vault.reads) == ("new", 2)


def test_without_a_value_every_call_reads_and_says_why_it_cannot() -> None:
    vault = Vault()
    vault.text = BROKEN
    for _ in range(2):
        with pytest.raises(UnreadableSecretError, match="not JSON"):
            vault.cached.value()
    with pytest.raises(UnreadableSecretError, match="not JSON"):
        vault.refused("old")
    assert vault.reads == 3


def test_a_value_outlives_a_secret_that_is_unreadable_and_nobody_reads_it_at_once() -> None:
    vault = Vault()
    vault.cached.value()
    vault.text = BROKEN
    vault.now += MAX_AGE_SECONDS
    assert [vault.cached.value() for _ in range(3)] == ["old"] * 3
    assert vault.reads == 2
    vault.text = "new"
    vault.now += REFRESH_SECONDS
    assert vault.cached.value() == "new"


def test_another_error_is_passed_on_each_time() -> None:
    vault = Vault()
    vault.cached.value()
    vault.text = PermissionError("denied")
    vault.now += MAX_AGE_SECONDS
    for _ in range(2):
        with pytest.raises(PermissionError):
            vault.cached.value()


def test_a_refused_value_is_read_again_at_most_twice_a_minute() -> None:
    vault = Vault()
    vault.cached.value()
    assert [vault.refused("old") for _ in range(5)] == ["old"] * 5
    assert vault.reads == 2
    vault.text = "new"
    vault.now += REFRESH_SECONDS - 1
    assert vault.refused("old") == "old"
    vault.now += 1
    assert (vault.refused("old"), vault.reads) == ("new", 3)


def test_a_value_that_nobody_refuses_is_not_read_again() -> None:
    vault = Vault()
    vault.cached.value()
    assert (vault.refused("older"), vault.reads) == ("old", 1)


@pytest.mark.parametrize("failure", [BROKEN, OSError("unreachable")])
def test_a_refused_value_stays_where_the_secret_gives_no_other(failure: Exception) -> None:
    vault = Vault()
    vault.cached.value()
    vault.text = failure
    assert (vault.refused("old"), vault.cached.value()) == ("old", "old")


def test_reading_is_told_what_is_cached() -> None:
    cached = CachedSecret[tuple[str, ...]](lambda known: (*(known or ()), "x"), clock=lambda: 0.0)
    assert cached.value() == ("x",)
    assert cached.refreshed_if(lambda _: True) == ("x", "x")


def test_threads_that_need_a_value_at_once_share_one_reading() -> None:
    vault, start, seen = Vault(), threading.Barrier(8), list[str]()

    def use() -> None:
        start.wait(5)
        seen.append(vault.cached.value())

    threads = [threading.Thread(target=use) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert (seen, vault.reads) == (["old"] * 8, 1)


def test_a_cached_secret_shows_no_value() -> None:
    vault = Vault()
    vault.cached.value()
    assert "old" not in repr(vault.cached)
