"""What the parts of the stack find out about a request while they serve it.

A context variable, since a request passes API Gateway or Cognito, a trigger, a pool of workers and
tasks of its own: each of them knows one thing, and none of them should hand on the others'.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field

from local.aws_lambda.worker import without_long_words

_LOGGED = ("event", "code", "error_code", "error", "cause")
_MOST_CAUSES, _MOST_CHARACTERS = 8, 200


@dataclass
class Notes:
    """`route`: a resource or an operation. `causes`: why it was refused or failed, oldest first.

    `caller` is `guest ID`, `identity ID`, `wallet ADDRESS`, `function NAME` or nothing.
    """

    route: str = ""
    caller: str = ""
    causes: list[str] = field(default_factory=list)

    def add_cause(self, what: str, text: str = "") -> None:
        """`what` is a name of ours, `text` what is known beside it, without what could be a key."""
        cause = f"{what}: {without_long_words(text)}" if text else what
        cut = cause[:_MOST_CHARACTERS]
        if cut not in self.causes and len(self.causes) < _MOST_CAUSES:
            self.causes.append(cut)

    def set_wallet(self, username: str) -> None:
        is_address = re.fullmatch(r"0x[0-9a-f]{40}", username)
        self.caller = f"wallet {username}" if is_address else "a user name that is no address"

    def add_log(self, function: str, lines: Sequence[Mapping[str, object]]) -> None:
        """Of a function's log, what says why: its codes and short causes, never its message."""
        for line in lines:
            told = {name: _plain(line[name]) for name in _LOGGED if isinstance(line.get(name), str)}
            if {"code", "error_code", "error"} & set(told):
                self.add_cause(
                    f"{function}: {', '.join(f'{name} {text}' for name, text in told.items())}"
                )


def _plain(value: object) -> str:
    """A code or a name of a class as it is; of any other text, no word that could be a key."""
    text = str(value)
    return text if re.fullmatch("[A-Za-z_]{1,60}", text) else without_long_words(text)


_CURRENT: ContextVar[Notes] = ContextVar("notes")


def begin_notes() -> Notes:
    """Fresh notes for the request that this task serves, and for all tasks it starts."""
    notes = Notes()
    _CURRENT.set(notes)
    return notes


def notes() -> Notes:
    """The notes of the request that is served; notes nobody reads, where none is."""
    return _CURRENT.get(None) or Notes()
