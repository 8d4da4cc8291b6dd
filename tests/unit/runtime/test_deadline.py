"""One deadline: how long is left of it, and that nobody waits beyond it."""

import socket
import threading
import time

import pytest

from runtime.deadline import Deadline, OpenSockets, within


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_what_is_left_runs_down_and_may_be_less_than_nothing() -> None:
    clock = Clock()
    deadline = Deadline.after(8, clock)
    clock.now += 3
    assert deadline.left() == 5
    clock.now += 6
    assert deadline.left() == -1


def test_a_part_of_it_never_ends_later() -> None:
    clock = Clock()
    deadline = Deadline.after(8, clock)
    assert deadline.at_most(3).left() == 3
    assert deadline.at_most(30).left() == 8
    assert deadline.less(2).left() == 6
    clock.now += 2
    assert deadline.share(2).left() == 3
    assert deadline.share(1).left() == deadline.left() == 6


def test_work_that_ends_in_time_returns_or_raises_as_it_is() -> None:
    assert within(Deadline.after(60, time.monotonic), lambda _: "done", name="test") == "done"

    def fail(_: OpenSockets) -> str:
        raise KeyError("its own")

    with pytest.raises(KeyError, match="its own"):
        within(Deadline.after(60, time.monotonic), fail, name="test")


def test_no_work_is_begun_without_time() -> None:
    begun: list[str] = []

    def work(_: OpenSockets) -> None:
        begun.append("work")

    with pytest.raises(TimeoutError, match="no time left"):
        within(Deadline.after(0, Clock()), work, name="test")
    assert begun == []


def test_work_that_is_given_up_is_hung_up_and_opens_nothing_more() -> None:
    ours, theirs = socket.socketpair()
    outcome: list[object] = []
    over = threading.Event()

    def work(opened: OpenSockets) -> None:
        opened.add(ours)
        outcome.append(ours.recv(1))  # waits until it is hung up
        try:
            opened.add(theirs)
        except TimeoutError as error:
            outcome.append(str(error))
        over.set()

    with pytest.raises(TimeoutError, match="the deadline passed"):
        within(Deadline.after(0.05, time.monotonic), work, name="test")
    assert over.wait(60)
    assert outcome == [b"", "given up"]
    ours.close()
    theirs.close()
