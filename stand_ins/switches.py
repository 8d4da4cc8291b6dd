"""Failures switched on for a whole provider, until they are switched off.

They are those of `faults.py`, asked for as a cursor would ask, and `slow`: a true answer, late.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send

from stand_ins.faults import PREFIX

SLOW = "slow"
_BY_CURSOR = {
    **{status: status for status in ("401", "403", "404", "429", "500", "503")},
    "quota": "quota",
    "garbage": "truncated",
    "html": "html",
    "redirect": "redirect",
    "silent": "slow",
}
"""What may be switched on -> its name after `fault-`. `silent` answers after all time-outs."""
FAULTS = (SLOW, *_BY_CURSOR)
MOST_SECONDS = 60.0


@dataclass(frozen=True)
class Switch:
    """`fault` of FAULTS or nothing; `seconds` are those of SLOW."""

    fault: str = ""
    seconds: float = 5.0

    def __post_init__(self) -> None:
        if self.fault not in ("", *FAULTS):
            raise ValueError(f"no such failure; choose of {', '.join(FAULTS)}")
        if not 0 <= self.seconds <= MOST_SECONDS:
            raise ValueError(f"seconds must be from 0 to {MOST_SECONDS:.0f}")


class Switches:
    """The switch of each provider."""

    def __init__(self, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._sleep = sleep
        self._of: dict[str, Switch] = {}

    choices = FAULTS

    def all(self) -> dict[str, Switch]:
        return dict(self._of)

    def turn(self, provider: str, *, fault: str, seconds: float = 5.0) -> None:
        """Raises ValueError for a provider or a failure that is not known."""
        if provider not in self._of:
            raise ValueError(f"no such provider; choose of {', '.join(self._of)}")
        self._of[provider] = Switch(fault, seconds)

    def around(self, provider: str, app: ASGIApp) -> ASGIApp:
        self._of[provider] = Switch()

        async def switched(scope: Scope, receive: Receive, send: Send) -> None:
            switch = self._of[provider]
            if switch.fault == SLOW:
                await self._sleep(switch.seconds)
            elif switch.fault:
                asked = f"cursor={PREFIX}{_BY_CURSOR[switch.fault]}".encode()
                query = b"&".join(filter(None, (scope["query_string"], asked)))
                scope = {**scope, "query_string": query}
            await app(scope, receive, send)

        return switched
