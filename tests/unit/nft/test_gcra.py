"""The arithmetic of a budget, without clocks and tables."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nft.failover.gcra import FARTHEST, SECOND, Rate, take

NOW = 1_700_000_000 * SECOND
RATES = st.floats(1, 10_000)


def admitted(rate: Rate, moments: list[int]) -> list[int]:
    """Those of `moments` at which a request goes."""
    due, gone = 0, []
    for now in moments:
        taken = take(due, now, rate)
        due = taken.due
        if not taken.wait:
            gone.append(now)
    return gone


@pytest.mark.parametrize("per_second", [1, 2, 3, 5, 7, 2.5, 300])
def test_a_burst_is_a_seconds_worth_and_then_the_pace_is_even(per_second: float) -> None:
    rate = Rate.of(per_second)
    burst = int(per_second)
    assert len(admitted(rate, [NOW] * (burst + 3))) == burst
    crowd = [NOW + millisecond * 1000 for millisecond in range(10_000) for _ in range(3)]
    assert len(admitted(rate, crowd)) == pytest.approx(burst + 10 * per_second, abs=1.01)


@given(RATES, st.lists(st.integers(0, 2 * SECOND), max_size=200))
def test_no_stretch_of_time_has_more_than_its_share_and_a_burst(
    per_second: float, gaps: list[int]
) -> None:
    moments = [NOW]
    for gap in gaps:
        moments.append(moments[-1] + gap)
    gone = admitted(Rate.of(per_second), moments)
    for first in range(0, len(gone), 7):
        for last in range(first, len(gone), 5):
            seconds = (gone[last] - gone[first]) / SECOND
            assert last - first + 1 <= per_second * seconds + int(per_second) + 1e-6


@given(RATES)
def test_who_waits_as_told_may_go_and_who_comes_sooner_may_not(per_second: float) -> None:
    rate = Rate.of(per_second)
    due = take(0, NOW, rate).due + rate.early
    told = take(due, NOW, rate)
    assert told.wait > 0
    assert take(due, NOW + told.wait - 1, rate).wait == 1
    assert take(due, NOW + told.wait, rate).wait == 0


@given(st.floats(1, 10_000), st.integers(2, 20))
def test_a_part_is_no_more_than_its_part(per_second: float, parts: int) -> None:
    whole = Rate.of(per_second)
    part = whole.part(parts)
    assert part.spacing == whole.spacing * parts
    assert len(admitted(part, [NOW] * 2000)) == min(2000, max(1, int(per_second) // parts))


def test_one_more_may_come_at_once_for_whom_that_is_allowed() -> None:
    rate = Rate.of(5)
    assert len(admitted(rate.one_earlier(), [NOW] * 9)) == len(admitted(rate, [NOW] * 9)) + 1


@pytest.mark.parametrize("due", [NOW + FARTHEST + 1, NOW + 86_400 * SECOND])
def test_what_only_a_wrong_clock_can_have_written_stops_nobody(due: int) -> None:
    assert take(due, NOW, Rate.of(5)).due == NOW + SECOND // 5


def test_due_only_grows_while_requests_go() -> None:
    rate, dues = Rate.of(5), [0]
    for now in range(NOW, NOW + 3 * SECOND, 70_000):
        dues.append(take(dues[-1], now, rate).due)
    assert all(before <= after for before, after in pairwise(dues))
