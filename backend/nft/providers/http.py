"""One GET to a provider: bounded in time and size, and it raises nothing but the NftError tree.

A socket time-out covers one read, not name resolution, not slow headers, not a body that
drips. So the exchange runs on its own thread and the caller stops waiting at the deadline.
"""

import json
import threading
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
)
from nft.json_text import fits
from runtime.settings import Secret

CONNECT_TIMEOUT_SECONDS = 3.0
MAX_BODY_BYTES = 5 * 1024 * 1024
# Lambda refuses a response above 6 MB: the body is a JSON string there, quotes escaped.
# https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
MAX_ESCAPED_BYTES = 6_000_000
_CHUNK_BYTES = 64 * 1024


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


type Transport = Callable[[UpstreamRequest, float], UpstreamReply]
"""(request, seconds it may take in all) -> reply; raises UpstreamError."""


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

    def __call__(self, request: UpstreamRequest, seconds: float) -> UpstreamReply:
        if seconds <= 0:
            raise UpstreamTimeoutError("no time left to ask the provider")
        exchange = _Exchange(lambda given_up: self._exchange(request, seconds, given_up))
        return exchange.result(seconds)

    def _exchange(
        self, request: UpstreamRequest, seconds: float, given_up: threading.Event
    ) -> UpstreamReply:
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
                body=self._read(response, given_up),
            )

    def _read(self, response: requests.Response, given_up: threading.Event) -> bytes:
        body = bytearray()
        for chunk in response.iter_content(_CHUNK_BYTES):
            if given_up.is_set():
                raise UpstreamTimeoutError("given up", upstream_status=response.status_code)
            body += chunk
            if len(body) > self._max_body_bytes:
                raise UpstreamTooLargeError(
                    "the body is too large", upstream_status=response.status_code
                )
        return bytes(body)


class _Exchange:
    """A call on a daemon thread, so that neither caller nor interpreter waits for a slow one."""

    def __init__(self, call: Callable[[threading.Event], UpstreamReply]) -> None:
        self._call = call
        self._given_up = threading.Event()
        self._reply: UpstreamReply | None = None
        self._error: NftError | None = None

    def result(self, seconds: float) -> UpstreamReply:
        thread = threading.Thread(target=self._run, name="upstream", daemon=True)
        thread.start()
        thread.join(seconds)
        if self._error is not None:
            raise self._error
        if self._reply is None:
            self._given_up.set()
            raise UpstreamTimeoutError("the deadline passed")
        return self._reply

    def _run(self) -> None:
        try:
            self._reply = self._call(self._given_up)
        except NftError as error:
            self._error = error
        except Exception as error:  # its text may hold the URL or a header: keep the name only
            self._error = _transport_error(error)


def _transport_error(error: Exception) -> NftError:
    chain = [error, *error.args, error.__cause__, error.__context__]
    names = "/".join(type(link).__name__ for link in chain if isinstance(link, Exception))
    if isinstance(error, requests.Timeout) or "ReadTimeoutError" in names:
        return UpstreamTimeoutError(names)
    return UpstreamUnavailableError(names)


def json_object(reply: UpstreamReply, *, required_list: str) -> str:
    """The reply's text, unchanged, once it is a JSON object holding the list `required_list`.

    Raises UpstreamUnavailableError for anything else, and for a text too long for Lambda.
    """
    if not is_json(reply.content_type):
        raise UpstreamUnavailableError("not JSON by its content type", upstream_status=reply.status)
    try:
        text = reply.body.decode("utf-8")
        document = json.loads(text, parse_int=str, parse_float=str, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise UpstreamUnavailableError("invalid JSON", upstream_status=reply.status) from None
    if not isinstance(document, dict) or not isinstance(document.get(required_list), list):
        raise UpstreamUnavailableError("unexpected JSON", upstream_status=reply.status)
    if not fits(text, MAX_ESCAPED_BYTES):
        raise UpstreamUnavailableError("too large for Lambda", upstream_status=reply.status)
    return text


def is_json(content_type: str) -> bool:
    return content_type.partition(";")[0].strip().lower() == "application/json"


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is not JSON")
