"""Runs the template's Lambda functions: their Handler strings, in warm worker processes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping

from local.aws_lambda.code_folders import CodeFolders
from local.aws_lambda.errors import FunctionError, InvokeDeniedError
from local.aws_lambda.function import Function, Permission
from local.aws_lambda.pool import Pool, StartWorker
from local.aws_lambda.worker_process import start_worker
from local.errors import TemplateError

_COGNITO = "cognito-idp.amazonaws.com"


class Functions:
    """All functions of the stack, by ARN."""

    def __init__(
        self,
        functions: Iterable[Function],
        permissions: Iterable[Permission],
        *,
        start_worker: StartWorker = start_worker,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`clock` says when to look for changed code again."""
        self._functions = {function.arn: function for function in functions}
        folders = CodeFolders(clock)
        self._pools = {arn: Pool(f, start_worker, folders) for arn, f in self._functions.items()}
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
        for function in self._functions.values():
            if not function.has_handler():
                raise _not_importable(function)
        triggers = {p.function_arn for p in self._permissions if p.principal == _COGNITO}
        await asyncio.gather(*(self._warm_up(arn) for arn in triggers & set(self._pools)))

    async def warm_up(self) -> None:
        """Have one worker of every function ready, one after another: requests come first.

        Raises TemplateError for a Handler that cannot be imported.
        """
        for arn in self._pools:
            await self._warm_up(arn)

    async def _warm_up(self, arn: str) -> None:
        try:
            await self._pools[arn].warm_up()
        except FunctionError as error:
            raise _not_importable(self._functions[arn]) from error

    async def close(self) -> None:
        await asyncio.gather(*(pool.close() for pool in self._pools.values()))


def _not_importable(function: Function) -> TemplateError:
    return TemplateError(f"Handler {function.handler} cannot be imported from CodeUri")
