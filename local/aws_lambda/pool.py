"""The workers of one function: which of them serves an invocation, and when one more starts.

As on Lambda, a worker serves one invocation at a time, and one more starts only when no worker
is free. An invocation whose caller stopped waiting runs on, and its worker is busy until it ends.
Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from local.aws_lambda.code_folders import CodeFolders
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
    code_changed_at: float


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
            self._idle.append(started)
            raise
        except BaseException:
            await self._discard(started)
            raise
        self._idle.append(started)
        return result

    async def _take(self) -> _Started:
        """A worker that runs the code as it is now."""
        while (started := await self._next_free()) is not None:
            if started.worker.is_alive and self._is_current(started):
                return started
            await self._discard(started)
        return await self._start()

    async def _next_free(self) -> _Started | None:
        if self._idle:
            return self._idle.pop()
        warming, self._warming = self._warming, None
        return await warming if warming else None

    def _is_current(self, started: _Started) -> bool:
        return started.code_changed_at == self._code_folders.changed_at(self._function.code)

    def _unclaim(self, warming: asyncio.Task[_Started]) -> bool:
        """Whether no invocation has taken the warmed worker, which none can take any more."""
        is_unclaimed = self._warming is warming
        if is_unclaimed:
            self._warming = None
        return is_unclaimed

    async def _start(self) -> _Started:
        code_changed_at = self._code_folders.changed_at(self._function.code)
        started = _Started(await self._start_worker(self._function), code_changed_at)
        self._started.add(started)
        return started

    async def _discard(self, started: _Started) -> None:
        self._started.discard(started)
        await started.worker.end()
