"""How this package reaches a server. Pass another `Http` in to use a client of your own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import requests

from nft_gallery_client.errors import UnreachableError

if TYPE_CHECKING:
    import httpx

TIMEOUT_SECONDS = 40
"""API Gateway answers within 29."""


@dataclass(frozen=True)
class Request:
    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)

    def header(self, name: str) -> str | None:
        """By name in any case."""
        wanted = name.lower()
        return next((text for key, text in self.headers.items() if key.lower() == wanted), None)

    @property
    def date(self) -> float | None:
        """The server's time, in seconds since 1970."""
        return http_date(self.header("date"))


type Http = Callable[[Request], Answer]
"""Follows no redirect. Raises UnreachableError where no answer came."""


def over_requests(session: requests.Session, timeout: float = TIMEOUT_SECONDS) -> Http:
    def send(request: Request) -> Answer:
        try:
            answer = session.request(
                request.method,
                request.url,
                headers=dict(request.headers),
                data=request.body or None,
                auth=_as_it_is,
                allow_redirects=False,
                timeout=timeout,
            )
        except requests.RequestException:
            raise UnreachableError from None
        return Answer(answer.status_code, answer.headers, answer.content)

    return send


def over_httpx(client: httpx.Client) -> Http:
    """For those who use httpx; it is no dependency of ours."""
    import httpx

    def send(request: Request) -> Answer:
        try:
            answer = client.request(
                request.method,
                request.url,
                headers=dict(request.headers),
                content=request.body or None,
                follow_redirects=False,
            )
        except httpx.HTTPError:
            raise UnreachableError from None
        return Answer(answer.status_code, answer.headers, answer.content)

    return send


def as_http(given: Http | requests.Session | None) -> Http:
    if given is None:
        return over_requests(requests.Session())
    return over_requests(given) if isinstance(given, requests.Session) else given


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Without it, a ~/.netrc would replace the Authorization header."""
    return request


def http_date(text: str | None) -> float | None:
    """Seconds since 1970 of an HTTP date; None for anything else."""
    try:
        found = parsedate_to_datetime(text or "")
    except (TypeError, ValueError):
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
