"""What the doctor says of one thing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """`remedy` is what to do: needed for a problem, perhaps wanted for a note."""

    what: str
    remedy: str = ""
    is_problem: bool = False

    def __str__(self) -> str:
        sign = "✗" if self.is_problem else ("!" if self.remedy else "✓")
        return f"{sign} {self.what}" + (f"\n    {self.remedy}" if self.remedy else "")


def good(what: str) -> Finding:
    return Finding(what)


def note(what: str, remedy: str) -> Finding:
    return Finding(what, remedy)


def problem(what: str, remedy: str) -> Finding:
    return Finding(what, remedy, is_problem=True)
