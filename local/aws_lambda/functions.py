"""Runs the template's Lambda functions: their Handler strings, in warm worker processes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping

from local.aws_lambda.code_folders import CodeFolders
from local.aws_lambda.errors import FunctionError, InvokeDeniedError
from local.aws_lambda.function import Function, Permission
from local.aws_lambda.pool import THIS_MACHINE, Limits, Pool, StartWorker
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
        before: Functions | None = None,
        limits: Limits = THIS_MACHINE,
    ) -> None:
        """Of `before`, functions that are deployed as they were keep their workers."""
        self._functions = {function.arn: function for function in functions}
        self._folders: CodeFolders = before._folders if before else CodeFolders()
        known = before._kept(self._functions) if before else {}
        self._pools = {
            arn: known.get(arn) or Pool(function, start_worker, self._folders, limits)
            for arn, function in self._functions.items()
        }
        self._permissions = tuple(permissions)
        self._successor: Functions | None = None

    def _kept(self, wanted: Mapping[str, Function]) -> dict[str, Pool]:
        return {
            arn: pool
            for arn, pool in self._pools.items()
            if arn in wanted and self._functions[arn].is_deployed_as(wanted[arn])
        }

    async def invoke(
        self, function_arn: str, event: Mapping[str, object], *, principal: str, source_arn: str
    ) -> object:
        """The handler's result as JSON; raises InvocationError."""
        if self._successor is not None:
            return await self._successor.invoke(
                function_arn, event, principal=principal, source_arn=source_arn
            )
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

    def look(self) -> bool:
        """Whether code has changed since the last look. It may run in a thread."""
        return self._folders.look()

    async def renew(self) -> Mapping[str, bool]:
        """Restart the workers whose code has changed, by name; False where it cannot be imported.

        Such a function goes on with the code of before. One after another: requests come first.
        """
        renewed = {}
        for arn, pool in list(self._pools.items()):
            try:
                if await pool.renew():
                    renewed[self._functions[arn].name] = True
            except FunctionError:
                renewed[self._functions[arn].name] = False
        return renewed

    async def retire(self, successor: Functions) -> None:
        """Hand new invocations to a successor, as Lambda does for a request under way.

        The workers that it does not share end after what they do now.
        """
        self._successor = successor
        kept = set(successor._pools.values())
        await asyncio.gather(*(pool.drain() for pool in self._pools.values() if pool not in kept))

    async def close(self) -> None:
        await asyncio.gather(*(pool.close() for pool in self._pools.values()))


def _not_importable(function: Function) -> TemplateError:
    return TemplateError(f"Handler {function.handler} cannot be imported from CodeUri")
