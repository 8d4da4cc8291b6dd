"""Runs the template's Lambda functions: their Handler strings, in warm worker processes.

A worker has the function's environment and nothing else of this process; it is killed when an
invocation outlasts the function's Timeout, and replaced when the code has changed.

InvocationError
├── FunctionError         the handler raised; it has the type and message that Lambda reports
├── FunctionTimeoutError  the handler ran longer than its Timeout
└── InvokeDeniedError     no AWS::Lambda::Permission lets this principal invoke the function
"""

from __future__ import annotations

import ast
import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from local.errors import TemplateError
from local.iam.wildcard import matches

WORKER = Path(__file__).with_name("worker.py")
_ANSWER_LIMIT = 16 * 1024 * 1024
_COGNITO = "cognito-idp.amazonaws.com"


class InvocationError(Exception):
    pass


class FunctionError(InvocationError):
    def __init__(self, error_type: str, error_message: str) -> None:
        super().__init__(f"{error_type}: {error_message}")
        self.error_type = error_type
        self.error_message = error_message


class FunctionTimeoutError(InvocationError):
    pass


class InvokeDeniedError(InvocationError):
    pass


@dataclass(frozen=True)
class Permission:
    """An AWS::Lambda::Permission: who may invoke, on behalf of which resource."""

    function_arn: str
    principal: str
    source_arn: str

    def allows(self, function_arn: str, principal: str, source_arn: str) -> bool:
        same = (self.function_arn, self.principal) == (function_arn, principal)
        return same and matches(self.source_arn, source_arn)


@dataclass(frozen=True)
class Function:
    arn: str
    name: str
    handler: str
    code: Path
    timeout_seconds: float
    memory_mb: int
    environment: Callable[[], Mapping[str, str]]
    """Read when a worker starts, so that it gets fresh credentials of its execution role."""


class Functions:
    """All functions of the stack, by ARN."""

    def __init__(self, functions: Iterable[Function], permissions: Iterable[Permission]) -> None:
        self._pools = {function.arn: _Pool(function) for function in functions}
        self._permissions = tuple(permissions)

    async def invoke(
        self, function_arn: str, event: Mapping[str, object], *, principal: str, source_arn: str
    ) -> object:
        """The handler's result as JSON; raises InvocationError."""
        allowed = any(p.allows(function_arn, principal, source_arn) for p in self._permissions)
        if function_arn not in self._pools or not allowed:
            raise InvokeDeniedError(f"{principal} may not invoke {function_arn}")
        return await self._pools[function_arn].invoke(event)

    async def start(self) -> None:
        """Look whether every Handler is there, and have the sign-in triggers' workers ready.

        Cognito gives a trigger five seconds, its import included; a route has longer, and its
        import takes longer. Raises TemplateError for a Handler that is not there.
        """
        for pool in self._pools.values():
            pool.refuse_missing_handler()
        triggers = {p.function_arn for p in self._permissions if p.principal == _COGNITO}
        await asyncio.gather(*(self._pools[arn].warm_up() for arn in triggers & set(self._pools)))

    async def warm_up(self) -> None:
        """Have one worker of every function ready, one after another: requests come first.

        Raises TemplateError for a Handler that cannot be imported.
        """
        for pool in self._pools.values():
            await pool.warm_up()

    async def close(self) -> None:
        await asyncio.gather(*(pool.close() for pool in self._pools.values()))


class _Worker:
    def __init__(self, process: Process, started_from: float) -> None:
        self.process = process
        self.started_from = started_from

    async def ask(self, event: Mapping[str, object]) -> object:
        if self.process.stdin is None or self.process.stdout is None:
            raise RuntimeError("a worker without pipes")
        self.process.stdin.write(json.dumps(event).encode() + b"\n")
        await self.process.stdin.drain()
        line = await self.process.stdout.readline()
        if not line:
            raise FunctionError("Runtime.ExitError", "Runtime exited without providing a reason")
        answer = json.loads(line)
        if "errorType" in answer:
            raise FunctionError(answer["errorType"], answer["errorMessage"])
        return answer["result"]

    async def be_ready(self) -> None:
        """Wait until the handler is imported; raises FunctionError where it cannot be."""
        if self.process.stdout is None:
            raise RuntimeError("a worker without pipes")
        if not await self.process.stdout.readline():
            raise FunctionError("Runtime.ImportModuleError", "the handler cannot be imported")

    async def end(self) -> None:
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()


class _Pool:
    """Idle workers of one function; each serves one invocation at a time, as on Lambda."""

    def __init__(self, function: Function) -> None:
        self._function = function
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()

    async def invoke(self, event: Mapping[str, object]) -> object:
        worker = await self._take()
        try:
            async with asyncio.timeout(self._function.timeout_seconds):
                result = await worker.ask(event)
        except TimeoutError as error:
            await self._discard(worker)
            message = f"Task timed out after {self._function.timeout_seconds:.2f} seconds"
            raise FunctionTimeoutError(message) from error
        except FunctionError:
            self._give_back(worker)
            raise
        except BaseException:
            await self._discard(worker)
            raise
        self._give_back(worker)
        return result

    def refuse_missing_handler(self) -> None:
        if not _is_there(self._function.code, self._function.handler):
            raise self._not_importable()

    async def warm_up(self) -> None:
        if self._idle or self._busy:
            return
        try:
            self._give_back(await self._take())
        except FunctionError as error:
            raise self._not_importable() from error

    def _not_importable(self) -> TemplateError:
        return TemplateError(f"Handler {self._function.handler} cannot be imported from CodeUri")

    async def close(self) -> None:
        for worker in [*self._idle, *self._busy]:
            await worker.end()

    async def _take(self) -> _Worker:
        code = _newest(self._function.code)
        while self._idle:
            worker = self._idle.pop()
            if worker.started_from == code and worker.process.returncode is None:
                break
            await worker.end()
        else:
            worker = await self._start(code)
        self._busy.add(worker)
        return worker

    def _give_back(self, worker: _Worker) -> None:
        self._busy.discard(worker)
        self._idle.append(worker)

    async def _discard(self, worker: _Worker) -> None:
        self._busy.discard(worker)
        await worker.end()

    async def _start(self, code: float) -> _Worker:
        function = self._function
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", str(WORKER), function.handler, function.arn),
            *(str(function.timeout_seconds), str(function.memory_mb)),
            stdin=PIPE,
            stdout=PIPE,
            cwd=function.code,
            env={**function.environment(), "PYTHONPATH": str(function.code)},
            limit=_ANSWER_LIMIT,
            start_new_session=True,
        )
        worker = _Worker(process, code)
        try:
            await worker.be_ready()
        except BaseException:
            await worker.end()
            raise
        return worker


def _is_there(code: Path, handler: str) -> bool:
    """Whether the module of a Handler has its name; nothing is imported."""
    module, _, name = handler.rpartition(".")
    file = code.joinpath(*module.split(".")).with_suffix(".py")
    if not file.is_file():
        return False
    statements = ast.parse(file.read_text()).body
    assigned = [t for s in statements if isinstance(s, ast.Assign) for t in s.targets]
    names = {target.id for target in assigned if isinstance(target, ast.Name)}
    return name in names | {s.name for s in statements if isinstance(s, ast.FunctionDef)}


def _newest(code: Path) -> float:
    return max((file.stat().st_mtime for file in code.rglob("*.py")), default=0.0)
