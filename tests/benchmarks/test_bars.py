"""Bars against a run that just holds every one, and against runs that miss one each."""

from dataclasses import replace

import pytest

from benchmarks.bars import judge
from benchmarks.measurements import (
    EMPTY_NODE,
    EMPTY_PYTHON,
    LIMIT,
    OTHER_TRIGGERS,
    PARSE,
    RECOVER,
    SAMPLE,
    TRIGGER,
    VERIFY,
    VERIFY_BEFORE,
    ColdSample,
    Measurements,
)

HOLDS_ALL = Measurements(
    cold={
        EMPTY_PYTHON: [ColdSample(40, 40, 14)],
        EMPTY_NODE: [ColdSample(30, 30, 40)],
        VERIFY: [ColdSample(55, 55, 20)],
        VERIFY_BEFORE: [ColdSample(56, 56, 20)],
        **{name: [ColdSample(60, 60, 15)] for name in OTHER_TRIGGERS},
        SAMPLE: [ColdSample(180, 190, 60)],
        "eth-account": [ColdSample(100, 100, 40)],
        "viem, bundled": [ColdSample(45, 45, 50)],
    },
    warm={LIMIT: [4.0], RECOVER: [5.0], PARSE: [5.0], TRIGGER: [9.2], SAMPLE: [200.0]},
    empty_of={
        VERIFY: EMPTY_PYTHON,
        VERIFY_BEFORE: EMPTY_PYTHON,
        SAMPLE: EMPTY_NODE,
        "eth-account": EMPTY_PYTHON,
    }
    | {"viem, bundled": EMPTY_NODE},
    sign_ins=[],
    artifact_bytes=4_000_000,
    skipped={},
)


def missed(found: Measurements) -> list[str]:
    return [bar.promise for bar in judge(found) if not bar.held]


def test_holds_every_bar_at_its_limit() -> None:
    assert missed(HOLDS_ALL) == []


@pytest.mark.parametrize(
    ("name", "slower", "promises"),
    [
        (RECOVER, 5.1, ["over C", "times as fast as ethers"]),
        (SAMPLE, 199, ["times as fast as ethers"]),
        (PARSE, 5.1, ["parsing"]),
        (TRIGGER, 9.3, ["the whole verify trigger"]),
    ],
)
def test_misses_the_bars_of_a_slower_warm_call(
    name: str, slower: float, promises: list[str]
) -> None:
    found = missed(replace(HOLDS_ALL, warm={**HOLDS_ALL.warm, name: [slower]}))
    assert len(found) == len(promises)
    assert all(promise in text for promise, text in zip(promises, found, strict=True))


@pytest.mark.parametrize(
    ("name", "worse", "promise"),
    [
        (SAMPLE, ColdSample(179, 0, 60), "the sample's (ethers 5.7.2) adds"),
        ("eth-account", ColdSample(99, 0, 40), "eth-account adds"),
        ("viem, bundled", ColdSample(44, 0, 50), "bundled viem adds"),
        *((trigger, ColdSample(61, 0, 15), f"{trigger}, cold") for trigger in OTHER_TRIGGERS),
        (VERIFY_BEFORE, ColdSample(55.9, 0, 20), "over 30 November"),
        (VERIFY, ColdSample(55, 0, 21), "peak memory"),
    ],
)
def test_misses_the_bar_of_a_worse_cold_start(name: str, worse: ColdSample, promise: str) -> None:
    (found,) = missed(replace(HOLDS_ALL, cold={**HOLDS_ALL.cold, name: [worse]}))
    assert promise in found


def test_misses_the_bar_of_a_heavier_artifact() -> None:
    (found,) = missed(replace(HOLDS_ALL, artifact_bytes=4_000_001))
    assert "zipped" in found


def test_does_not_hold_a_bar_whose_rival_is_missing() -> None:
    without = {name: samples for name, samples in HOLDS_ALL.cold.items() if name != "eth-account"}
    bars = [bar for bar in judge(replace(HOLDS_ALL, cold=without)) if not bar.held]
    assert [(bar.promise[-16:], bar.measured) for bar in bars] == [("eth-account adds", None)]
