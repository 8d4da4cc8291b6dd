"""The figures of the scrolling page, judged."""

from benchmarks.scrolling import Scrolled, bars


def test_a_page_that_is_slow_in_one_frame_of_ten_does_not_hold_its_bar() -> None:
    slow = Scrolled(took=[10.0] * 90 + [80.0] * 10, nodes=500)
    assert [bar.held for bar in bars(slow)] == [True, False]


def test_one_slow_frame_of_a_hundred_is_no_slow_page() -> None:
    quick = Scrolled(took=[80.0] + [10.0] * 99, nodes=3001)
    assert [bar.held for bar in bars(quick)] == [False, True]
