"""Which worker serves an invocation, and when one more starts. No process and no clock runs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import pytest

from local.aws_lambda.code_folders import CodeFolders
from local.aws_lambda.errors import FunctionError, FunctionTimeoutError
from local.aws_lambda.function import Function
from local.aws_lambda.pool import Limits, Pool

THREE = Limits(workers=3, idle_seconds=3600)
NEVER = "never"
"""An event that is not answered."""


class FakeWorker:
    """Answers with its number once the test lets it."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.may_answer = asyncio.Event()
        self.is_alive = True
        self.has_ended = False

    async def ask(self, event: Mapping[str, object]) -> object:
        if NEVER in event:
            await asyncio.Event().wait()
        await self.may_answer.wait()
        if "exit" in event:
            self.is_alive = False
            raise FunctionError("Runtime.ExitError", "exited")
        return self.number

    async def end(self) -> None:
        self.has_ended = True


class Starts:
    """The workers that a pool asked for, in order; each is ready when the test says so."""

    def __init__(self) -> None:
        self.workers: list[FakeWorker] = []
        self.may_be_ready: list[asyncio.Event] = []
        self.fails = False
        self.folders = CodeFolders()

    async def start(self, function: Function) -> FakeWorker:
        worker, may_be_ready = FakeWorker(len(self.workers)), asyncio.Event()
        self.workers.append(worker)
        self.may_be_ready.append(may_be_ready)
        await may_be_ready.wait()
        if self.fails:
            raise FunctionError("Runtime.ImportModuleError", "no")
        return worker

    def change_code(self, folder: Path, *, fails: bool = False) -> None:
        self.fails = fails
        code = folder / "code.py"
        code.write_text(code.read_text() + "#")
        self.folders.look()

    def let(self, number: int, *, answer: bool = True) -> None:
        self.may_be_ready[number].set()
        if answer:
            self.workers[number].may_answer.set()


type Scene = Callable[[Pool, Starts], Awaitable[None]]


def play(
    folder: Path,
    scene: Scene,
    *,
    timeout_seconds: float = 3600,
    limits: Limits = THREE,
) -> Starts:
    (folder / "code.py").write_text("def handler(event, context): ...")
    function = Function("arn", "f", "code.handler", folder, timeout_seconds, 128, dict)

    async def run() -> Starts:
        starts = Starts()
        folders = CodeFolders()
        starts.folders = folders
        pool = Pool(function, starts.start, folders, limits)
        await scene(pool, starts)
        await pool.close()
        return starts

    return asyncio.run(run())


async def begin[T](call: Awaitable[T]) -> asyncio.Future[T]:
    """The call in the background, run as far as it gets by itself."""
    task = asyncio.ensure_future(call)
    await settle()
    return task


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


def test_an_invocation_takes_the_worker_that_is_being_warmed_up(tmp_path: Path) -> None:
    async def scene(pool: Pool, starts: Starts) -> None:
        warming = await begin(pool.warm_up())
        first = await begin(pool.invoke({}))
        starts.let(0)
        await warming
        assert await first == 0
        assert [await pool.invoke({}) for _ in range(3)] == [0, 0, 0]

    assert len(play(tmp_path, scene).workers) == 1


def test_a_warm_up_starts_nothing_beside_a_worker_that_starts_for_an_invocation(
    tmp_path: Path,
) -> None:
    async def scene(pool: Pool, starts: Starts) -> None:
        invocation = await begin(pool.invoke({}))
        await pool.warm_up()
        starts.let(0)
        assert await invocation == 0

    assert len(play(tmp_path, scene).workers) == 1


def test_two_warm_ups_start_one_worker(tmp_path: Path) -> None:
    async def scene(pool: Pool, starts: Starts) -> None:
        both = [await begin(pool.warm_up()) for _ in range(2)]
        starts.let(0)
        await asyncio.gather(*both)
        await pool.warm_up()
        assert await pool.invoke({}) == 0

    assert len(play(tmp_path, scene).workers) == 1


def test_one_more_starts_only_when_every_worker_is_busy_and_none_is_starting(
    tmp_path: Path,
) -> None:
    async def scene(pool: Pool, starts: Starts) -> None:
        calls = [await begin(pool.invoke({})) for _ in range(2)]
        assert len(starts.workers) == 1
        starts.let(0, answer=False)
        await settle()
        assert len(starts.workers) == 2
        starts.let(1)
        assert await calls[1] == 1
        assert await pool.invoke({}) == 1
        starts.let(0)
        assert await calls[0] == 0

    assert len(play(tmp_path, scene).workers) == 2


def test_a_burst_waits_in_its_order_for_as_many_workers_as_there_may_be(tmp_path: Path) -> None:
    async def scene(pool: Pool, starts: Starts) -> None:
        calls = [await begin(pool.invoke({})) for _ in range(64)]
        for number in range(3):
            starts.let(number, answer=False)
            await settle()
        assert len(starts.workers) == 3
        for number in range(3):
            starts.let(number)
        assert [await call for call in calls[:3]] == [0, 1, 2]
        await asyncio.gather(*calls)

    assert len(play(tmp_path, scene).workers) == 3


def test_who_came_first_is_served_first(tmp_path: Path) -> None:
    served: list[int] = []

    async def call(pool: Pool, number: int) -> None:
        await pool.invoke({})
        served.append(number)

    async def scene(pool: Pool, starts: Starts) -> None:
        calls = [await begin(call(pool, number)) for number in range(9)]
        starts.let(0)
        await asyncio.gather(*calls)

    play(tmp_path, scene, limits=Limits(workers=1, idle_seconds=3600))
    assert served == list(range(9))


def test_an_invocation_that_waits_ends_with_its_caller_and_takes_no_worker_along(
    tmp_path: Path,
) -> None:
    async def scene(pool: Pool, starts: Starts) -> None:
        calls = [await begin(pool.invoke({})) for _ in range(4)]
        for left in calls[1:3]:
            left.cancel()
        await settle()
        starts.let(0)
        assert [await calls[0], await calls[3]] == [0, 0]
        first, second = [await begin(pool.invoke({NEVER: True})) for _ in range(2)]
        first.cancel()
        second.cancel()
        await settle()

    play(tmp_path, scene, limits=Limits(workers=1, idle_seconds=3600))


def test_workers_that_nobody_needs_end_and_the_last_one_stays(tmp_path: Path) -> None:
    async def scene(pool: Pool, starts: Starts) -> None:
        calls = [await begin(pool.invoke({})) for _ in range(3)]
        for number in range(3):
            starts.let(number, answer=False)
            await settle()
        assert len(starts.workers) == 3
        for number in range(3):
            starts.let(number)
        await asyncio.gather(*calls)
        while sum(worker.has_ended for worker in starts.workers) < 2:
            await asyncio.sleep(0)
        [kept] = [worker.number for worker in starts.workers if not worker.has_ended]
        await settle()
        assert await pool.invoke({}) == kept

    assert len(play(tmp_path, scene, limits=Limits(workers=3, idle_seconds=0)).workers) == 3


def test_a_worker_that_was_killed_while_idle_is_replaced_unseen(tmp_path: Path) -> None:
    async def scene(pool: Pool, starts: Starts) -> None:
        call = await begin(pool.invoke({}))
        starts.let(0)
        await call
        starts.workers[0].is_alive = False
        again = await begin(pool.invoke({}))
        starts.let(1)
        assert await again == 1
        assert starts.workers[0].has_ended

    play(tmp_path, scene)


def test_an_import_that_fails_ends_all_who_wait_and_is_tried_again(tmp_path: Path) -> None:
    async def scene(pool: Pool, starts: Starts) -> None:
        starts.fails = True
        calls = [await begin(pool.invoke({})) for _ in range(5)]
        starts.let(0)
        found = await asyncio.gather(*calls, return_exceptions=True)
        assert [type(error) for error in found] == [FunctionError] * 5
        starts.fails = False
        again = await begin(pool.invoke({}))
        starts.let(1)
        assert await again == 1

    assert len(play(tmp_path, scene).workers) == 2


def test_an_invocation_outlives_its_caller_and_leaves_its_worker_warm(tmp_path: Path) -> None:
    async def scene(pool: Pool, starts: Starts) -> None:
        left = await begin(pool.invoke({}))
        starts.let(0, answer=False)
        await settle()
        left.cancel()
        await settle()
        beside = await begin(pool.invoke({}))
        starts.let(1)
        assert await beside == 1
        starts.let(0)
        await settle()
        assert not starts.workers[0].has_ended
        assert await pool.invoke({}) == 0

    assert len(play(tmp_path, scene).workers) == 2


def test_a_worker_that_is_late_or_has_exited_is_replaced(tmp_path: Path) -> None:
    async def scene(pool: Pool, starts: Starts) -> None:
        for number, (event, error) in enumerate(
            [({NEVER: True}, FunctionTimeoutError), ({"exit": True}, FunctionError)]
        ):
            call = await begin(pool.invoke(event))
            starts.let(number)
            with pytest.raises(error):
                await call
        last = await begin(pool.invoke({}))
        starts.let(2)
        assert await last == 2
        assert [worker.has_ended for worker in starts.workers] == [True, True, False]

    play(tmp_path, scene, timeout_seconds=0.01)


def test_a_handler_that_cannot_be_imported_fails_warm_up_and_invocation(tmp_path: Path) -> None:
    async def scene(pool: Pool, starts: Starts) -> None:
        starts.fails = True
        warming = await begin(pool.warm_up())
        invocation = await begin(pool.invoke({}))
        starts.let(0)
        with pytest.raises(FunctionError):
            await warming
        with pytest.raises(FunctionError):
            await invocation
        starts.fails = False
        again = await begin(pool.invoke({}))
        starts.let(1)
        assert await again == 1

    play(tmp_path, scene)


def test_closing_ends_what_is_idle_busy_and_starting(tmp_path: Path) -> None:
    async def scene(pool: Pool, starts: Starts) -> None:
        calls = [await begin(pool.invoke({})) for _ in range(4)]
        starts.let(0)
        await calls[0]
        await settle()
        starts.workers[0].may_answer.clear()
        starts.let(1, answer=False)
        await settle()
        await pool.close()
        assert all(call.done() for call in calls)

    starts = play(tmp_path, scene)
    assert [worker.has_ended for worker in starts.workers][:2] == [True, True]


def test_of_code_that_cannot_be_imported_no_second_start_is_tried(tmp_path: Path) -> None:
    async def scene(pool: Pool, starts: Starts) -> None:
        first = await begin(pool.invoke({}))
        starts.let(0)
        assert await first == 0
        starts.change_code(tmp_path, fails=True)
        second = await begin(pool.invoke({}))
        starts.let(1)
        assert await second == 0
        assert await pool.invoke({}) == 0
        assert not await pool.renew()

    starts = play(tmp_path, scene)
    assert len(starts.workers) == 2


def test_while_code_cannot_be_imported_invocations_wait_for_the_workers_of_before(
    tmp_path: Path,
) -> None:
    async def scene(pool: Pool, starts: Starts) -> None:
        first = await begin(pool.invoke({}))
        starts.let(0, answer=False)
        await settle()
        starts.change_code(tmp_path, fails=True)
        waiting = [await begin(pool.invoke({})) for _ in range(2)]
        starts.let(1)
        await settle()
        starts.let(0)
        assert [await call for call in (first, *waiting)] == [0, 0, 0]

    play(tmp_path, scene)


def test_mended_code_is_served_by_a_new_worker_and_the_old_one_ends(tmp_path: Path) -> None:
    async def scene(pool: Pool, starts: Starts) -> None:
        first = await begin(pool.invoke({}))
        starts.let(0)
        await first
        for fails in (True, False):
            starts.change_code(tmp_path, fails=fails)
            renewal = await begin(pool.renew())
            starts.let(1 if fails else 2)
            if fails:
                with pytest.raises(FunctionError):
                    await renewal
                assert not starts.workers[0].has_ended
            else:
                assert await renewal
        assert await pool.invoke({}) == 2
        assert starts.workers[0].has_ended

    assert len(play(tmp_path, scene).workers) == 3


def test_a_worker_that_is_busy_when_code_changes_answers_and_is_then_replaced(
    tmp_path: Path,
) -> None:
    async def scene(pool: Pool, starts: Starts) -> None:
        busy = await begin(pool.invoke({}))
        starts.let(0, answer=False)
        await settle()
        starts.change_code(tmp_path)
        renewal = await begin(pool.renew())
        starts.let(1)
        assert await renewal
        starts.let(0)
        assert await busy == 0
        assert [await pool.invoke({}) for _ in range(2)] == [1, 1]
        assert starts.workers[0].has_ended

    assert len(play(tmp_path, scene).workers) == 2


def test_draining_lets_what_runs_end_and_ends_the_workers_then(tmp_path: Path) -> None:
    async def scene(pool: Pool, starts: Starts) -> None:
        busy = await begin(pool.invoke({}))
        starts.let(0, answer=False)
        draining = await begin(pool.drain())
        assert not starts.workers[0].has_ended
        starts.let(0)
        assert await busy == 0
        await draining
        assert starts.workers[0].has_ended

    play(tmp_path, scene)
