"""What the stand-ins were asked, so that a test can see what went upstream."""

from collections import deque
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.types import ASGIApp, Receive, Scope, Send

_KEPT = 1000


@dataclass(frozen=True)
class SeenRequest:
    """`path` as sent; `headers` with lower-case names, both in the order of arrival."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: tuple[tuple[str, str], ...]


class RequestsSeen:
    """The newest requests, at most `_KEPT`; only in memory."""

    def __init__(self) -> None:
        self._seen: deque[SeenRequest] = deque(maxlen=_KEPT)

    def all(self) -> list[SeenRequest]:
        return list(self._seen)

    def clear(self) -> None:
        self._seen.clear()

    def around(self, app: ASGIApp) -> ASGIApp:
        async def recording(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "http":
                self._seen.append(_seen(scope))
            await app(scope, receive, send)

        return recording


def _seen(scope: Scope) -> SeenRequest:
    query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    headers = [
        (name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]
    ]
    return SeenRequest(scope["method"], scope["path"], tuple(query), tuple(headers))
