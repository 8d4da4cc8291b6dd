"""A process that runs one function's handler: Lambda's execution environment on this machine.

It has the function's environment and nothing else of this process.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import uuid
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from pathlib import Path

from local.aws_lambda.errors import FunctionError
from local.aws_lambda.function import Function
from local.request_notes import notes

WORKER = Path(__file__).with_name("worker.py")
_RESULT_LIMIT_BYTES = 16 * 1024 * 1024
_WITHOUT_WAITING = os.WEXITED | os.WNOHANG | os.WNOWAIT
_EXIT_SECONDS = 1.0


class WorkerProcess:
    """One `worker.py`; it takes one event at a time."""

    def __init__(self, process: Process, name: str) -> None:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("a worker without pipes")
        self._process, self._stdin, self._stdout = process, process.stdin, process.stdout
        self._name = name
        self._has_exited = False

    @property
    def is_alive(self) -> bool:
        """Asked of the kernel: asyncio hears of an end later than the next invocation comes."""
        if self._has_exited or self._process.returncode is not None:
            return False
        try:
            return not os.waitid(os.P_PID, self._process.pid, _WITHOUT_WAITING)
        except ChildProcessError:
            return False

    async def ask(self, event: Mapping[str, object]) -> object:
        """The handler's result; raises FunctionError where it raised or the process exited."""
        line = await self._exchange(json.dumps(event).encode() + b"\n")
        if not line:
            self._has_exited = True
            raise FunctionError("Runtime.ExitError", await self._reason_of_exit())
        response = json.loads(line)
        notes().add_log(self._name, response.get("log", []))
        if "errorType" in response:
            raise FunctionError(response["errorType"], response["errorMessage"])
        return response["result"]

    async def _exchange(self, line: bytes) -> bytes:
        try:
            self._stdin.write(line)
            await self._stdin.drain()
            return await self._stdout.readline()
        except ConnectionError:
            return b""

    async def _reason_of_exit(self) -> str:
        """In Lambda's words; a process may end later than its pipe, or not at all."""
        try:
            async with asyncio.timeout(_EXIT_SECONDS):
                code = await self._process.wait()
        except TimeoutError:
            code = 0
        request = f"RequestId: {uuid.uuid4()} Error: Runtime exited"
        if not code:
            return f"{request} without providing a reason"
        if code > 0:
            return f"{request} with error: exit status {code}"
        return f"{request} with error: signal: {(signal.strsignal(-code) or str(-code)).lower()}"

    async def be_ready(self) -> None:
        """Wait until the handler is imported; raises FunctionError where it cannot be."""
        if not await self._stdout.readline():
            raise FunctionError("Runtime.ImportModuleError", "the handler cannot be imported")

    async def end(self) -> None:
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()


async def start_worker(function: Function) -> WorkerProcess:
    """A process that has imported the handler; raises FunctionError where that fails."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", str(WORKER), function.handler, function.arn),
        *(str(function.timeout_seconds), str(function.memory_mb)),
        stdin=PIPE,
        stdout=PIPE,
        cwd=function.code,
        env={**function.environment(), "PYTHONPATH": str(function.code)},
        limit=_RESULT_LIMIT_BYTES,
        start_new_session=True,
    )
    worker = WorkerProcess(process, function.name)
    try:
        await worker.be_ready()
    except BaseException:
        await worker.end()
        raise
    return worker
