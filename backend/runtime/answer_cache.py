"""Answers in the memory of a function instance: shown again while fresh, or when nobody answers."""

import sys
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock

from runtime.answer import Answer

MAX_AGE_SECONDS = 3600.0
MAX_BYTES = 48 * 1024 * 1024
"""Of bodies, in functions of 512 MB."""


@dataclass(frozen=True)
class HeldAnswer:
    """`asked_at` is when somebody was asked for it, in Unix seconds."""

    answer: Answer
    asked_at: float


class AnswerCache:
    """The least recently kept go first; `now` gives Unix seconds."""

    def __init__(self, now: Callable[[], float], *, max_bytes: int = MAX_BYTES) -> None:
        self.now = now
        self._max_bytes = max_bytes
        self._held: OrderedDict[str, HeldAnswer] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def answer(
        self,
        key: str,
        ask: Callable[[], Answer],
        *,
        fresh_seconds: int,
        is_unchanged: Callable[[float], bool] = lambda _asked_at: True,
    ) -> Answer:
        """What is held under `key` while it is fresh and unchanged since; else what `ask` says.

        `is_unchanged` is told when the held answer was asked for. With no `fresh_seconds` nothing
        held is shown, but the answer is kept for `find`. Browsers may keep it as long as we do.
        What is not lasting nobody keeps.
        """
        held = self.find(key, max_age=fresh_seconds)
        if held is not None and is_unchanged(held.asked_at):
            left = int(held.asked_at + fresh_seconds - self.now())
            return replace(held.answer, cache="hit", max_age=left)
        asked_at = self.now()
        answer = ask()
        if answer.is_lasting:
            answer = replace(answer, max_age=fresh_seconds)
            self.keep(key, answer, asked_at)
        return replace(answer, cache="miss") if fresh_seconds else answer

    def keep(self, key: str, answer: Answer, asked_at: float) -> None:
        with self._lock:
            self._drop(key)
            self._held[key] = HeldAnswer(answer, asked_at)
            self._bytes += _weight(answer)
            while self._bytes > self._max_bytes:
                self._drop(next(iter(self._held)))

    def find(self, key: str, *, max_age: float = MAX_AGE_SECONDS) -> HeldAnswer | None:
        with self._lock:
            held = self._held.get(key)
        return held if held and 0 <= self.now() - held.asked_at < max_age else None

    def _drop(self, key: str) -> None:
        held = self._held.pop(key, None)
        self._bytes -= _weight(held.answer) if held else 0


def _weight(answer: Answer) -> int:
    return sys.getsizeof(answer.body)
