"""What one behaviour of the distribution caches: CloudFront as one edge location, in memory.

Requests for one entry that come at once wait for one request to the origin; where its answer may
not be cached, each of them then asks for itself, as CloudFront does with a minimum of 0 seconds.
Otherwise than CloudFront it does not ask the origin conditionally, and has one location.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html
"""

from __future__ import annotations

import asyncio
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from local.cloudfront.cache_policy import ERROR_SECONDS, CachePolicy

MAX_BYTES = 64 * 1024 * 1024
_ENTRY_BYTES = 2048
"""Of an entry beside its body: its headers, its key and the objects around them."""

_TAG = re.compile(r'"[^"]*"')

type Forward = Callable[[Request], Awaitable[Response]]
type _Key = tuple[str, str, str]
type _XCache = Literal["Hit", "Miss", "Error"]


@dataclass(frozen=True)
class _Entry:
    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    stored_at: float
    fresh_until: float
    stale_until: float

    def header(self, name: bytes) -> str | None:
        return next((value.decode("latin-1") for key, value in self.headers if key == name), None)

    @property
    def size(self) -> int:
        return len(self.body) + _ENTRY_BYTES

    @property
    def is_kept(self) -> bool:
        return self.fresh_until > self.stored_at


@dataclass
class EdgeCache:
    """`now` gives seconds; the entries stored first go first."""

    policy: CachePolicy
    forward: Forward
    now: Callable[[], float]
    max_bytes: int = MAX_BYTES
    _entries: OrderedDict[_Key, _Entry] = field(default_factory=OrderedDict)
    _under_way: dict[_Key, asyncio.Task[_Entry]] = field(default_factory=dict)
    _bytes: int = 0

    async def handle(self, request: Request) -> Response:
        """The cached answer, or the origin's."""
        key = self._key(request)
        started = self.now()
        entry = self._entries.get(key)
        if entry and started < entry.fresh_until:
            return self._shown(entry, request, "Hit")
        if request.method != "GET":
            return await self.forward(self._narrowed(request, key))
        task = self._under_way.get(key)
        is_first = task is None
        if task is None:
            task = self._under_way[key] = asyncio.create_task(self._fetch(request, key))
            task.add_done_callback(lambda _: self._under_way.pop(key, None))
        entry = await asyncio.shield(task)  # one viewer who leaves ends nothing for the others
        if not (entry.is_kept or is_first):
            entry = await self._fetch(request, key)
        if entry.status >= 400:
            return self._shown(entry, request, "Error")
        return self._shown(entry, request, "Hit" if entry.stored_at < started else "Miss")

    async def _fetch(self, request: Request, key: _Key) -> _Entry:
        asked_at = self.now()
        response = await self.forward(self._narrowed(request, key))
        answer = self._read(response, asked_at)
        before = self._entries.get(key)
        if answer.status >= 500 and before and asked_at < before.stale_until:
            answer = replace(before, fresh_until=asked_at + ERROR_SECONDS)
        self._keep(key, answer)
        return answer

    def _read(self, response: Response, now: float) -> _Entry:
        times = self.policy.times(response.status_code, response.headers.get("cache-control"))
        fresh_until = now + times.fresh
        return _Entry(
            status=response.status_code,
            headers=tuple(response.raw_headers),
            body=bytes(response.body),
            stored_at=now,
            fresh_until=fresh_until,
            stale_until=fresh_until + times.stale_if_error,
        )

    def _keep(self, key: _Key, entry: _Entry) -> None:
        if not entry.is_kept:
            return
        before = self._entries.pop(key, None)
        self._bytes += entry.size - (before.size if before else 0)
        self._entries[key] = entry
        while self._bytes > self.max_bytes:
            self._bytes -= self._entries.popitem(last=False)[1].size

    def _key(self, request: Request) -> _Key:
        path = request.scope["raw_path"].decode("ascii")
        accepted = request.headers.get("accept-encoding", "")
        encodings = ",".join(name for name in ("br", "gzip") if name in accepted)
        return path, self.policy.query(request.scope["query_string"].decode("latin-1")), encodings

    def _narrowed(self, request: Request, key: _Key) -> Request:
        """What reaches the origin: of the viewer's headers and parameters the key's alone."""
        _, query, encodings = key
        headers = [(b"user-agent", b"Amazon CloudFront")]
        if encodings:
            headers.append((b"accept-encoding", encodings.encode()))
        scope = {**request.scope, "headers": headers, "query_string": query.encode("latin-1")}
        return Request(scope, _nothing)

    def _shown(self, entry: _Entry, request: Request, x_cache: _XCache) -> Response:
        tag = entry.header(b"etag")
        given = _TAG.findall(request.headers.get("if-none-match", ""))
        has_it = entry.status == 200 and tag is not None and tag in given
        response = Response(b"" if has_it else entry.body, 304 if has_it else entry.status)
        if has_it:
            del response.headers["content-length"]
        for name, value in entry.headers:
            if name != b"content-length":
                response.headers.append(name.decode("latin-1"), value.decode("latin-1"))
        if x_cache == "Hit":
            response.headers["age"] = f"{self.now() - entry.stored_at:.0f}"
        response.headers["x-cache"] = f"{x_cache} from cloudfront"
        return response


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}
