"""One GET to a provider: bounded in time and size, and it raises nothing but the NftError tree."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import Any, Self

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3.exceptions import ProtocolError
from urllib3.util.retry import Retry

from nft.errors import (
    NftError,
    UpstreamTimeoutError,
    UpstreamTooLargeError,
    UpstreamUnavailableError,
    UpstreamUnreachableError,
)
from runtime.cached_secret import Secret
from runtime.deadline import Deadline, OpenSockets, within

CONNECT_TIMEOUT_SECONDS = 3.0
MAX_BODY_BYTES = 5 * 1024 * 1024
_CHUNK_BYTES = 64 * 1024
_NO_CONNECTION = ("NewConnectionError", "NameResolutionError")
"""Refused, or without an address: no question is the cause. It may be of one that breaks off."""


@dataclass(frozen=True)
class UpstreamRequest:
    """`params` in query order; the only secret is the value of `secret_headers`."""

    url: str
    params: Mapping[str, str]
    secret_headers: Mapping[str, Secret]


@dataclass(frozen=True)
class UpstreamReply:
    """Any status; `body` as decoded from its Content-Encoding, never above MAX_BODY_BYTES."""

    status: int
    content_type: str
    retry_after: str | None
    body: bytes


type Transport = Callable[[UpstreamRequest, Deadline], UpstreamReply]
"""Raises UpstreamError."""


class FreshConnection(Retry):
    """One more try where a kept connection turns out closed, as after a frozen function's sleep.

    Never after a time-out or an answer: those have cost the provider's plan already.
    """

    def __init__(self, total: int = 1, **options: Any) -> None:
        super().__init__(total, **{**options, "respect_retry_after_header": False})

    def increment(self, *args: Any, **named: Any) -> Self:
        error = named.get("error")
        if isinstance(error, Exception) and not isinstance(error, ProtocolError):
            raise error
        return super().increment(*args, **named)


def build_session(adapter: BaseAdapter | None = None) -> requests.Session:
    """No proxies or .netrc of the environment, no cookies kept, one fresh connection."""
    session = requests.Session()
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.headers.update({"Accept": "application/json", "User-Agent": "nft-gallery"})
    for scheme in ("https://", "http://"):
        session.mount(scheme, adapter or HTTPAdapter(max_retries=FreshConnection()))
    return session


class HttpTransport:
    """The Transport over `requests`."""

    def __init__(self, session: requests.Session, *, max_body_bytes: int = MAX_BODY_BYTES) -> None:
        self._session = session
        self._max_body_bytes = max_body_bytes

    def __call__(self, request: UpstreamRequest, deadline: Deadline) -> UpstreamReply:
        try:
            return within(
                deadline, lambda opened: self._exchange(request, deadline, opened), name="upstream"
            )
        except NftError:
            raise
        except TimeoutError as error:
            raise UpstreamTimeoutError(str(error)) from None
        except Exception as error:  # its text may hold the URL or a header: keep the name only
            raise _transport_error(error) from None

    def _exchange(
        self, request: UpstreamRequest, deadline: Deadline, opened: OpenSockets
    ) -> UpstreamReply:
        seconds = deadline.left()
        with self._session.get(
            request.url,
            params=request.params,
            headers={name: value.reveal() for name, value in request.secret_headers.items()},
            timeout=(min(CONNECT_TIMEOUT_SECONDS, seconds), seconds),
            allow_redirects=False,
            stream=True,
        ) as response:
            return UpstreamReply(
                status=response.status_code,
                content_type=response.headers.get("Content-Type", ""),
                retry_after=response.headers.get("Retry-After"),
                body=self._read(response, opened),
            )

    def _read(self, response: requests.Response, opened: OpenSockets) -> bytes:
        body = bytearray()
        for chunk in response.iter_content(_CHUNK_BYTES):
            opened.raise_if_over()
            body += chunk
            if len(body) > self._max_body_bytes:
                raise UpstreamTooLargeError(
                    "the body is too large", upstream_status=response.status_code
                )
        return bytes(body)


def _transport_error(error: Exception) -> NftError:
    chain = [error, *error.args, error.__cause__, error.__context__]
    names = "/".join(type(link).__name__ for link in chain if isinstance(link, Exception))
    if isinstance(error, requests.Timeout) or "ReadTimeoutError" in names:
        return UpstreamTimeoutError(names)
    if any(name in names for name in _NO_CONNECTION):
        return UpstreamUnreachableError(names)
    return UpstreamUnavailableError(names)
