"""What the local stack knows of one function, its code and who may invoke it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from local.iam.wildcard import matches


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
    deployed: Mapping[str, object] | None = None
    """The resource's properties, to see whether an update changes it."""

    def is_deployed_as(self, other: Function) -> bool:
        return self.deployed is not None and self.deployed == other.deployed

    def has_handler(self) -> bool:
        """Whether the module of the Handler defines its name; nothing is imported."""
        module, _, name = self.handler.rpartition(".")
        file = self.code.joinpath(*module.split(".")).with_suffix(".py")
        if not file.is_file():
            return False
        statements = ast.parse(file.read_text()).body
        assigned = [t for s in statements if isinstance(s, ast.Assign) for t in s.targets]
        names = {target.id for target in assigned if isinstance(target, ast.Name)}
        return name in names | {s.name for s in statements if isinstance(s, ast.FunctionDef)}
