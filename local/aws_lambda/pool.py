"""The workers of one function: which of them serves an invocation, and when one more starts.

As on Lambda, a worker serves one invocation at a time, and one more starts only when no worker
is free. Otherwise than there, one starts at a time and there are at most so many: further
invocations wait, in their order, and their callers' time-outs run. A worker that nobody needed for
a while ends, but the last one stays. An invocation whose caller stopped waiting runs on, and its
worker is busy until it ends; one that still waits is forgotten.
Where code has changed and cannot be imported any more, the workers of before go on serving.
Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
"""

from __future__ import annotations

import asyncio
import os
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from local.aws_lambda.code_folders import CodeFolders, Version
from local.aws_lambda.errors import FunctionError, FunctionTimeoutError
from local.aws_lambda.function import Function


class Worker(Protocol):
    @property
    def is_alive(self) -> bool: ...

    async def ask(self, event: Mapping[str, object]) -> object:
        """The handler's result; raises FunctionError."""

    async def end(self) -> None: ...


type StartWorker = Callable[[Function], Awaitable[Worker]]
"""Raises FunctionError where the handler cannot be imported."""


@dataclass(frozen=True)
class Limits:
    """How many workers a function may have, and for how many seconds an idle one stays."""

    workers: int
    idle_seconds: float


THIS_MACHINE = Limits(workers=2 * (os.process_cpu_count() or 1), idle_seconds=60.0)


@dataclass(eq=False)
class _Started:
    worker: Worker
    version: Version
    release: asyncio.TimerHandle | None = None


class Pool:
    def __init__(
        self,
        function: Function,
        start_worker: StartWorker,
        code_folders: CodeFolders,
        limits: Limits = THIS_MACHINE,
    ) -> None:
        self._function = function
        self._start_worker = start_worker
        self._code_folders = code_folders
        self._started: set[_Started] = set()
        self._idle: list[_Started] = []
        self._limits = limits
        self._invocations: set[asyncio.Task[object]] = set()
        self._waiting: deque[asyncio.Future[_Started]] = deque()
        self._starting: asyncio.Task[None] | None = None
        self._ending: set[asyncio.Task[None]] = set()
        self._broken: Version | None = None

    async def invoke(self, event: Mapping[str, object]) -> object:
        """The handler's result; raises FunctionError, FunctionTimeoutError."""
        has_begun = asyncio.Event()
        invocation = asyncio.create_task(self._serve(event, has_begun))
        self._invocations.add(invocation)
        invocation.add_done_callback(self._invocations.discard)
        try:
            return await asyncio.shield(invocation)
        except asyncio.CancelledError:
            if not has_begun.is_set():
                invocation.cancel()
            raise

    async def warm_up(self) -> None:
        """Have a worker ready if there is none; raises FunctionError."""
        if not self._started and not self._invocations:
            await asyncio.shield(self._starting or self._begin_start())

    async def renew(self) -> bool:
        """Whether a worker of the code as it is now took the place of older ones.

        Raises FunctionError where it cannot be imported: then the older ones stay.
        """
        if not self._started or all(map(self._is_current, self._started)):
            return False
        started = await self._start()
        old = [idle for idle in self._idle if not self._is_current(idle)]
        self._idle = [idle for idle in self._idle if idle not in old]
        self._offer(started)
        await asyncio.gather(*map(self._discard, old))
        return True

    async def drain(self) -> None:
        """Let every invocation end, then every worker; cancelled, end them at once."""
        try:
            await asyncio.gather(*self._invocations, return_exceptions=True)
        finally:
            await self.close()

    async def close(self) -> None:
        """End every worker, whatever it does."""
        tasks = [*self._invocations, *([self._starting] if self._starting else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, *self._ending, return_exceptions=True)
        await asyncio.gather(*(self._discard(started) for started in list(self._started)))

    async def _serve(self, event: Mapping[str, object], has_begun: asyncio.Event) -> object:
        started = await self._take()
        has_begun.set()
        try:
            async with asyncio.timeout(self._function.timeout_seconds):
                result = await started.worker.ask(event)
        except TimeoutError as error:
            await self._discard(started)
            message = f"Task timed out after {self._function.timeout_seconds:.2f} seconds"
            raise FunctionTimeoutError(message) from error
        except FunctionError:
            await self._free(started)
            raise
        except BaseException:
            await self._discard(started)
            raise
        await self._free(started)
        return result

    async def _take(self) -> _Started:
        """A worker that runs the code as it is now, if it can be imported."""
        while True:
            started = self._idle.pop() if self._idle else await self._next_free()
            if started.release:
                started.release.cancel()
            if not started.worker.is_alive:
                await self._discard(started)
            elif self._is_current(started):
                return started
            else:
                return await self._renewed(started)

    async def _next_free(self) -> _Started:
        """In the order of asking. Raises FunctionError where no worker can be started."""
        turn: asyncio.Future[_Started] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        self._start_if_needed()
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and not turn.exception():
                self._offer(turn.result())
            raise

    def _offer(self, started: _Started) -> None:
        """To the invocation that has waited longest, or to those to come."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(started)
                return
        self._idle.append(started)
        loop = asyncio.get_running_loop()
        started.release = loop.call_later(self._limits.idle_seconds, self._release, started)

    def _release(self, started: _Started) -> None:
        if started in self._idle and len(self._started) > 1:
            self._idle.remove(started)
            self._started.remove(started)
            ending = asyncio.create_task(self._discard(started))
            self._ending.add(ending)
            ending.add_done_callback(self._ending.discard)

    async def _free(self, started: _Started) -> None:
        is_old = not self._is_current(started) and any(map(self._is_current, self._started))
        if is_old or not started.worker.is_alive:
            await self._discard(started)
        else:
            self._offer(started)

    async def _renewed(self, old: _Started) -> _Started:
        """A worker of the code as it is now; where that cannot be imported, the old one."""
        try:
            newer = await self._start()
        except FunctionError:
            return old
        except BaseException:
            self._offer(old)
            raise
        await self._discard(old)
        return newer

    def _start_if_needed(self) -> None:
        """One at a time: often the first is free again before a second would be ready."""
        is_waited_for = any(not turn.done() for turn in self._waiting)
        has_room = len(self._started) < self._limits.workers and not self._starting
        is_hopeless = bool(self._started) and self._is_broken()
        if is_waited_for and has_room and not is_hopeless:
            self._begin_start()

    def _begin_start(self) -> asyncio.Task[None]:
        self._starting = asyncio.create_task(self._start_one())
        self._starting.add_done_callback(lambda task: task.cancelled() or task.exception())
        return self._starting

    async def _start_one(self) -> None:
        try:
            started = await self._start()
        except Exception as error:
            self._starting = None
            self._give_up(error)
            raise
        self._starting = None
        self._offer(started)
        self._start_if_needed()

    def _give_up(self, error: Exception) -> None:
        """Without any worker, waiting would have no end."""
        if self._started:
            return
        for turn in self._waiting:
            if not turn.done():
                turn.set_exception(error)
        self._waiting.clear()

    def _version(self) -> Version:
        return self._code_folders.version(self._function.code)

    def _is_broken(self) -> bool:
        return self._broken == self._version()

    def _is_current(self, started: _Started) -> bool:
        return self._is_broken() or started.version == self._version()

    async def _start(self) -> _Started:
        version = self._version()
        try:
            started = _Started(await self._start_worker(self._function), version)
        except FunctionError:
            self._broken = version
            raise
        self._broken = None
        self._started.add(started)
        return started

    async def _discard(self, started: _Started) -> None:
        self._started.discard(started)
        if started.release:
            started.release.cancel()
        self._start_if_needed()
        await started.worker.end()
