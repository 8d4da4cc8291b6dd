"""Answers in the memory of a function instance: shown again while fresh, or when nobody answers."""

import base64
import hashlib
import json
import sys
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock

from runtime.answer import Answer
from runtime.errors import RouteError
from runtime.freshness import NO_CHANGES, Freshness, Subject

MAX_AGE_SECONDS = 3600.0
MAX_BYTES = 48 * 1024 * 1024
"""Of entries, all told, in functions of 512 MB. What they leave in the heap may double it."""

_ENTRY_BYTES = 512
"""Of the objects around a key and a body, and their place in the table: more than was measured."""


@dataclass(frozen=True, slots=True)
class CacheEntry:
    """`asked_at` is when somebody was asked for the answer, in Unix seconds.

    Not when they answered: what changes in between must count as later.
    """

    answer: Answer
    asked_at: float


class AnswerCache:
    """The least recently stored go first; `now` gives Unix seconds.

    Where `ask` raises `unavailable`, the last good answer is shown, marked by `stale`.
    """

    def __init__(
        self,
        now: Callable[[], float],
        freshness: Freshness = NO_CHANGES,
        *,
        max_bytes: int = MAX_BYTES,
        unavailable: tuple[type[RouteError], ...] = (),
        stale: Callable[[Answer], Answer] = lambda answer: answer,
    ) -> None:
        self._now = now
        self._freshness = freshness
        self._max_bytes = max_bytes
        self._unavailable = unavailable
        self._stale = stale
        self._entries: OrderedDict[str, CacheEntry] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def answer(
        self,
        key: str,
        ask: Callable[[], Answer],
        *,
        fresh_seconds: int,
        about: Callable[[], Subject] | None = None,
    ) -> Answer:
        """The entry of `key`, while fresh and what it is `about` unchanged; else what `ask` says.

        With no `fresh_seconds` no entry is shown, but the answer is stored for `find`. Browsers may
        cache it as long as we do. What is not lasting nobody caches.
        """
        entry = self.find(key, max_age=fresh_seconds)
        if entry is not None and not self._is_changed(entry, about):
            left = int(entry.asked_at + fresh_seconds - self._now())
            return replace(entry.answer, cache="hit", max_age=left)
        asked_at = self._now()
        try:
            answer = ask()
        except self._unavailable:
            if (entry := self.find(key)) is None:
                raise
            last = replace(entry.answer, cache="stale", max_age=0, upstream_status=None)
            return self._stale(last)
        if answer.is_lasting:
            answer = replace(answer, max_age=fresh_seconds)
            self.store(key, answer, asked_at)
        return replace(answer, cache="miss") if fresh_seconds else answer

    def store(self, key: str, answer: Answer, asked_at: float) -> None:
        with self._lock:
            self._drop(key)
            self._entries[key] = CacheEntry(answer, asked_at)
            self._bytes += _weight(key, answer)
            while self._bytes > self._max_bytes:
                self._drop(next(iter(self._entries)))

    def find(self, key: str, *, max_age: float = MAX_AGE_SECONDS) -> CacheEntry | None:
        with self._lock:
            entry = self._entries.get(key)
        return entry if entry and 0 <= self._now() - entry.asked_at < max_age else None

    def _is_changed(self, entry: CacheEntry, about: Callable[[], Subject] | None) -> bool:
        return about is not None and self._freshness.changed_since({about()}, entry.asked_at)

    def _drop(self, key: str) -> None:
        entry = self._entries.pop(key, None)
        self._bytes -= _weight(key, entry.answer) if entry else 0


def digest(*parts: object) -> str:
    """What an answer is cached under, from all that makes it another one."""
    hashed = hashlib.sha256(json.dumps(parts).encode()).digest()[:16]
    return base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()


def _weight(key: str, answer: Answer) -> int:
    logged = (part for field in answer.log.items() for part in field)
    return _ENTRY_BYTES + sum(map(sys.getsizeof, (key, answer.body, answer.log, *logged)))
