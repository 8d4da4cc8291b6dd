"""What the parts of the stack find out about a request while they serve it.

A context variable, since a request passes API Gateway or Cognito, a trigger, a pool of workers and
tasks of its own: each of them knows one thing, and none of them should hand on the others'.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field

_LOGGED = ("event", "code", "error_code", "error", "cause")
_MOST_CAUSES, _MOST_CHARACTERS = 8, 200


@dataclass
class Notes:
    """`route`: a resource or an operation. `causes`: why it was refused or failed, oldest first."""

    route: str = ""
    caller: str = ""
    causes: list[str] = field(default_factory=list)

    def add_cause(self, text: str) -> None:
        cut = text[:_MOST_CHARACTERS]
        if cut and cut not in self.causes and len(self.causes) < _MOST_CAUSES:
            self.causes.append(cut)

    def add_log(self, function: str, lines: Sequence[Mapping[str, object]]) -> None:
        """Of a function's log, what says why: its codes and short causes, never its message."""
        for line in lines:
            told = {name: line[name] for name in _LOGGED if isinstance(line.get(name), str)}
            if {"code", "error_code", "error"} & set(told):
                words = ", ".join(f"{name} {text}" for name, text in told.items())
                self.add_cause(f"{function}: {words}")


_CURRENT: ContextVar[Notes] = ContextVar("notes")


def begin_notes() -> Notes:
    """Fresh notes for the request that this task serves, and for all tasks it starts."""
    notes = Notes()
    _CURRENT.set(notes)
    return notes


def notes() -> Notes:
    """The notes of the request that is served; notes nobody reads, where none is."""
    return _CURRENT.get(None) or Notes()
