"""The workers of one function: which of them serves an invocation, and when one more starts.

As on Lambda, a worker serves one invocation at a time, and one more starts only when no worker
is free. An invocation whose caller stopped waiting runs on, and its worker is busy until it ends.
Where code has changed and cannot be imported any more, the workers of before go on serving.
Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
"""

from __future__ import annotations

import asyncio
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


@dataclass(frozen=True, eq=False)
class _Started:
    worker: Worker
    version: Version


class Pool:
    def __init__(
        self, function: Function, start_worker: StartWorker, code_folders: CodeFolders
    ) -> None:
        self._function = function
        self._start_worker = start_worker
        self._code_folders = code_folders
        self._started: set[_Started] = set()
        self._idle: list[_Started] = []
        self._invocations: set[asyncio.Task[object]] = set()
        # a worker that is starting and that no invocation waits for yet
        self._warming: asyncio.Task[_Started] | None = None
        self._broken: Version | None = None
        self._came_free = asyncio.Event()

    async def invoke(self, event: Mapping[str, object]) -> object:
        """The handler's result; raises FunctionError, FunctionTimeoutError."""
        invocation = asyncio.create_task(self._serve(event))
        self._invocations.add(invocation)
        invocation.add_done_callback(self._invocations.discard)
        return await asyncio.shield(invocation)

    async def warm_up(self) -> None:
        """Have a worker ready if there is none; raises FunctionError."""
        if self._started or self._invocations:
            return
        if self._warming is None:
            self._warming = asyncio.create_task(self._start())
        warming = self._warming
        try:
            started = await asyncio.shield(warming)
        except FunctionError:
            self._unclaim(warming)
            raise
        if self._unclaim(warming):
            self._idle.append(started)

    async def renew(self) -> bool:
        """Whether a worker of the code as it is now took the place of older ones.

        Raises FunctionError where it cannot be imported: then the older ones stay.
        """
        if not self._started or all(map(self._is_current, self._started)):
            return False
        started = await self._start()
        idle, self._idle = self._idle, [started]
        await asyncio.gather(*(self._discard(old) for old in idle if not self._is_current(old)))
        self._idle += [kept for kept in idle if self._is_current(kept)]
        return True

    async def drain(self) -> None:
        """Let every invocation end, then every worker; cancelled, end them at once."""
        try:
            await asyncio.gather(*self._invocations, return_exceptions=True)
        finally:
            await self.close()

    async def close(self) -> None:
        """End every worker, whatever it does."""
        tasks = [*self._invocations, *([self._warming] if self._warming else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*(self._discard(started) for started in list(self._started)))

    async def _serve(self, event: Mapping[str, object]) -> object:
        started = await self._take()
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
            started = await self._next_free()
            if started and not started.worker.is_alive:
                await self._discard(started)
                continue
            if started and self._is_current(started):
                return started
            if newer := await self._start_if_importable():
                await self._discard(started)
                return newer
            if started:
                return started
            await self._until_one_is_free()

    async def _next_free(self) -> _Started | None:
        if self._idle:
            return self._idle.pop()
        warming, self._warming = self._warming, None
        return await warming if warming else None

    async def _free(self, started: _Started) -> None:
        if not self._is_current(started) and any(map(self._is_current, self._started)):
            await self._discard(started)  # code of before, and a newer worker is there
            return
        self._idle.append(started)
        self._came_free.set()

    def _version(self) -> Version:
        return self._code_folders.version(self._function.code)

    def _is_broken(self) -> bool:
        return self._broken == self._version()

    def _is_current(self, started: _Started) -> bool:
        return self._is_broken() or started.version == self._version()

    def _unclaim(self, warming: asyncio.Task[_Started]) -> bool:
        """Whether no invocation has taken the warmed worker, which none can take any more."""
        is_unclaimed = self._warming is warming
        if is_unclaimed:
            self._warming = None
        return is_unclaimed

    async def _start_if_importable(self) -> _Started | None:
        """None where it is not, and a worker of before is there; else raises FunctionError."""
        if self._started and self._is_broken():
            return None
        try:
            return await self._start()
        except FunctionError:
            if not self._started:
                raise
            return None

    async def _until_one_is_free(self) -> None:
        if not self._idle:
            self._came_free.clear()
            await self._came_free.wait()

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

    async def _discard(self, started: _Started | None) -> None:
        if started is None:
            return
        self._started.discard(started)
        self._came_free.set()
        await started.worker.end()
