"""The newest requests to the stack: who called what, when, what came of it, and why.

Nothing of a request is kept but its route and its caller: no header, no query, no body.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from local.request_notes import begin_notes

KEPT = 300
_PLAIN = re.compile(r"(?!eyJ)[A-Za-z][A-Za-z_-]{0,30}|0x[0-9a-fA-F]{40}|[0-9]{1,20}|")


@dataclass(frozen=True)
class SeenRequest:
    """`at` in seconds since 1970; `door` such as API; `causes` oldest first."""

    number: int
    at: float
    door: str
    method: str
    route: str
    caller: str
    status: int
    milliseconds: float
    causes: tuple[str, ...]


class RecentRequests:
    """The newest KEPT requests, in memory only."""

    def __init__(self, now: Callable[[], float], clock: Callable[[], float]) -> None:
        """`now` in seconds since 1970; `clock` measures, from any start."""
        self._now = now
        self._clock = clock
        self._numbers = count(1)
        self._seen: deque[SeenRequest] = deque(maxlen=KEPT)

    def newest_first(self, *, after: int = 0) -> list[SeenRequest]:
        """Those with a number above `after`."""
        return [seen for seen in reversed(self._seen) if seen.number > after]

    def around(self, door: str, app: ASGIApp) -> ASGIApp:
        async def recording(scope: Scope, receive: Receive, send: Send) -> None:
            notes, status = begin_notes(), 0
            at, started = self._now(), self._clock()

            async def sending(message: Message) -> None:
                nonlocal status
                if message["type"] == "http.response.start":
                    status = message["status"]
                await send(message)

            try:
                await app(scope, receive, sending)
            finally:
                self._seen.append(
                    SeenRequest(
                        number=next(self._numbers),
                        at=at,
                        door=door,
                        method=scope["method"],
                        route=notes.route or plain_path(scope["path"]),
                        caller=notes.caller,
                        status=status,
                        milliseconds=round((self._clock() - started) * 1000, 1),
                        causes=tuple(notes.causes),
                    )
                )

        return recording


def plain_path(path: str) -> str:
    """The path of no route of ours; what could be more than a name is left out."""
    parts = path[:200].split("/")
    return "/".join(part if _PLAIN.fullmatch(part) else "…" for part in parts)
