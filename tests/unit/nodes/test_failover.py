"""The nodes of a chain are asked one after the other, within one deadline."""

import pytest

from ethereum.address import Address
from nodes.errors import (
    ContractRevertError,
    NodeAnswerError,
    NodeFailureError,
    RpcEndpointError,
)
from nodes.failover import Nodes, SendWithin, ask_in_turn
from runtime.deadline import Deadline

CONTRACT = Address("0xbc4ca0eda7647a8ab7c2061c2e118a18a936f13d")


def answers(call: dict[str, object]) -> list[dict[str, object]]:
    return [{"id": 2, **call}, {"id": 1, "result": "0x1"}]


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def read(*sends: SendWithin, seconds: float = 8.0, clock: Clock | None = None) -> bytes:
    deadline = Deadline.after(seconds, clock or Clock())
    return Nodes(sends, chain_id=1).read(CONTRACT, b"", deadline)


def failing(_: object, __: object) -> object:
    raise NodeFailureError("down")


def test_the_next_node_is_asked_with_its_share_of_what_is_left() -> None:
    clock, shares = Clock(), list[float]()

    def slow(_: object, deadline: Deadline) -> object:
        shares.append(deadline.left())
        clock.now += 1.0
        raise NodeAnswerError("down")

    def prompt(_: object, deadline: Deadline) -> object:
        shares.append(deadline.left())
        return answers({"result": "0x07"})

    assert read(slow, prompt, clock=clock) == b"\x07"
    assert shares == [4.0, 7.0]


def test_a_revert_is_an_answer() -> None:
    asked: list[int] = []

    def reverting(_: object, __: object) -> object:
        asked.append(1)
        return answers({"error": {"code": 3}})

    with pytest.raises(ContractRevertError):
        read(reverting, reverting)
    assert asked == [1]


def test_no_node_is_a_failure() -> None:
    with pytest.raises(NodeFailureError, match="no node"):
        read()


def test_nobody_is_asked_when_the_time_is_up() -> None:
    with pytest.raises(RpcEndpointError, match="timed out"):
        read(failing, seconds=0.0)


def test_where_no_node_can_say_the_last_failure_is_raised() -> None:
    def without_an_answer(_: object, __: object) -> object:
        return []

    with pytest.raises(NodeAnswerError, match="not two answers"):
        read(failing, without_an_answer)
    with pytest.raises(NodeFailureError, match="down"):
        read(without_an_answer, failing)


def test_each_failure_is_reported_with_the_place_of_its_node() -> None:
    failures: list[tuple[int, str]] = []
    with pytest.raises(NodeFailureError):
        ask_in_turn(
            [failing, failing],
            lambda send: send([]),
            Deadline.after(8.0, Clock()),
            on_failure=lambda index, failure: failures.append((index, str(failure))),
        )
    assert failures == [(0, "down"), (1, "down")]
