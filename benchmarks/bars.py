"""The bars of a sign-in's speed, each against what was measured. Pure."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.measurements import (
    EMPTY_PYTHON,
    LIMIT,
    OTHER_TRIGGERS,
    PARSE,
    RECOVER,
    SAMPLE,
    TRIGGER,
    VERIFY,
    VERIFY_BEFORE,
    Measurements,
)
from benchmarks.results import Bar


def judge(found: Measurements) -> list[Bar]:
    """Every bar, in the order of the tables."""
    return [*_warm_bars(found), *_cold_bars(found), *_size_bars(found)]


def _warm_bars(found: Measurements) -> list[Bar]:
    return [
        _bar(
            "hash and recover, warm, over C (libsecp256k1 and keccak)",
            lambda: found.warm_ratio(RECOVER, LIMIT),
            1.25,
        ),
        _bar(
            "hash and recover, warm: times as fast as ethers 5.7.2",
            lambda: found.warm_ratio(SAMPLE, RECOVER),
            40,
            at_least=True,
        ),
        _bar("parsing over hash and recover", lambda: found.warm_ratio(PARSE, RECOVER), 1),
        _bar(
            "the whole verify trigger, warm, over C", lambda: found.warm_ratio(TRIGGER, LIMIT), 2.3
        ),
    ]


def _cold_bars(found: Measurements) -> list[Bar]:
    def added_over(rival: str) -> Callable[[], float]:
        return lambda: found.added_ms(VERIFY) / found.added_ms(rival)

    def over_empty(trigger: str) -> Callable[[], float]:
        empty = found.cold_start(EMPTY_PYTHON).wall_ms
        return lambda: found.cold_start(trigger).wall_ms / empty

    added = "verify trigger, added to a cold start, over what "
    return [
        _bar(f"{added}the sample's (ethers 5.7.2) adds", added_over(SAMPLE), 1 / 10),
        _bar(f"{added}eth-account adds", added_over("eth-account"), 1 / 4),
        _bar(f"{added}bundled viem adds", added_over("viem, bundled"), 1),
        _bar("verify trigger, added to a cold start, in ms", lambda: found.added_ms(VERIFY), 15),
        _bar(
            "verify trigger, added to a cold start, over 30 November",
            lambda: found.added_ratio(VERIFY, VERIFY_BEFORE),
            15 / 16,
        ),
        *(
            _bar(f"{name}, cold, over an empty handler", over_empty(name), 1.5)
            for name in OTHER_TRIGGERS
        ),
    ]


def _size_bars(found: Measurements) -> list[Bar]:
    def memory() -> float:
        return found.cold_start(VERIFY).peak_mb / found.cold_start(SAMPLE).peak_mb

    return [
        _bar("verify trigger's peak memory over the sample's", memory, 1 / 3),
        _bar("auth artifact, zipped, in MB", lambda: found.artifact_bytes / 1e6, 4),
    ]


def _bar(promise: str, figure: Callable[[], float], limit: float, *, at_least: bool = False) -> Bar:
    try:
        return Bar(promise, figure(), limit, at_least)
    except KeyError:  # a rival that was skipped
        return Bar(promise, None, limit, at_least)
