"""Figures drawn from samples whose values are known."""

import pytest

from benchmarks.measurements import ColdSample, Measurements


def measured(**more: object) -> Measurements:
    values: dict[str, object] = {
        "cold": {
            "empty": [ColdSample(40, 30, 14), ColdSample(30, 35, 16), ColdSample(90, 36, 15)],
            "ours": [ColdSample(38, 41, 20), ColdSample(200, 40, 22), ColdSample(45, 60, 21)],
        },
        "warm": {"limit": [10, 20, 10], "ours": [12, 22, 30]},
        "empty_of": {"ours": "empty"},
        "sign_ins": [10.0] * 19 + [50.0],
        "artifact_bytes": 1,
        "skipped": {},
    }
    return Measurements(**{**values, **more})  # type: ignore[arg-type]


def test_counts_the_least_time_and_the_median_peak_of_a_cold_start() -> None:
    start = measured().cold_start("ours")
    assert (start.wall_ms, start.median_ms, start.cpu_ms, start.peak_mb) == (38, 45, 40, 21)


def test_adds_what_a_cold_start_takes_over_its_own_empty_handler() -> None:
    assert measured().added_ms("ours") == 8


def test_takes_the_median_of_ratios_within_a_round() -> None:
    assert measured().warm_ratio("ours", "limit") == pytest.approx(1.2)


def test_refuses_rounds_that_do_not_pair() -> None:
    with pytest.raises(ValueError, match="shorter"):
        measured(warm={"limit": [1], "ours": [1, 2]}).warm_ratio("ours", "limit")


def test_gives_median_and_95th_percentile_of_sign_ins() -> None:
    found = measured()
    assert found.sign_in_median == 10
    assert 10 < found.sign_in_p95 <= 50
