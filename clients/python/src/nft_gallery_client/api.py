"""One GET of the gallery's API: authorized, patient with throttles, its errors typed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import quote, urlencode

from nft_gallery_client.codes import Code, known_code
from nft_gallery_client.connection import TRIES, Connection
from nft_gallery_client.errors import ApiError, ConfigError
from nft_gallery_client.http import Answer, Request, http_date
from nft_gallery_client.routes import is_public

LONGEST_WAIT_SECONDS = 60
"""A longer Retry-After is the caller's to decide about: the error has it."""


class Authorizes(Protocol):
    def authorization(self, method: str, url: str, body: bytes = b"") -> dict[str, str]: ...
    def renew(self, url: str, answer: Answer) -> bool: ...


class Api:
    def __init__(self, connection: Connection, visitor: Authorizes) -> None:
        self._connection = connection
        self._visitor = visitor

    def get(self, *path: str, **query: str | int | None) -> Answer:
        """A 200 or 204. `path` is segments as they are; they are encoded here.

        Waits as Retry-After says where requests come too fast. Nothing else is sent again: a
        second request for a provider's failure is the caller's to decide about.

        Raises:
            ApiError: by the API's own code.
            UnreachableError: no answer.
            SessionError: not_signed_in or session_ended.
        """
        answer = self._patiently(self._url(path, query))
        if answer.status in (200, 204):
            return answer
        raise api_error(answer, now=self._connection.clock())

    def get_json(self, *path: str, **query: str | int | None) -> dict[str, Any]:
        answer = self.get(*path, **query)
        try:
            found = json.loads(answer.body)
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise ApiError("unreadable_response", status=answer.status)
        return found

    def _url(self, path: tuple[str, ...], query: Mapping[str, str | int | None]) -> str:
        given = {name: value for name, value in query.items() if value is not None}
        asked = f"?{urlencode(given, quote_via=quote, safe='')}" if given else ""
        segments = "/".join(map(_segment, path))
        config = self._connection.config
        base = config.public_url if is_public(segments) else None
        return f"{base or config.api_endpoint}/{segments}{asked}"

    def _patiently(self, url: str) -> Answer:
        answer = self._send(url)
        if self._visitor.renew(url, answer):
            answer = self._send(url)
        for attempt in range(1, TRIES):
            if answer.status != 429:
                break
            wait = retry_after(answer, now=self._connection.clock())
            if wait is not None and wait > LONGEST_WAIT_SECONDS:
                break
            self._connection.sleep(2.0 ** (attempt - 1) if wait is None else wait)
            answer = self._send(url)
        return answer

    def _send(self, url: str) -> Answer:
        headers = self._visitor.authorization("GET", url)
        return self._connection.http(Request("GET", url, headers))


def api_error(answer: Answer, *, now: float) -> ApiError:
    """The API's own code; where API Gateway answers in its words, by the status."""
    code, request_id = _said(answer.body)
    return ApiError(
        code or _OF_STATUS.get(answer.status, "unreadable_response"),
        status=answer.status,
        request_id=request_id or answer.header("x-amzn-requestid"),
        retry_after=retry_after(answer, now=now),
    )


def retry_after(answer: Answer, *, now: float) -> float | None:
    """Seconds to wait, from a number or a date; None where the header says nothing."""
    text = (answer.header("retry-after") or "").strip()
    if text.isascii() and text.isdecimal():
        return float(text)
    date = http_date(text)
    return None if date is None else max(0.0, date - now)


def _said(body: bytes) -> tuple[Code | None, str | None]:
    try:
        error = json.loads(body)["error"]
        code, request_id = error["code"], error.get("requestId")
    except (ValueError, KeyError, TypeError, AttributeError):
        return None, None
    return known_code(code), request_id if isinstance(request_id, str) else None


def _segment(text: str) -> str:
    """`.` and `..` would be another path; an empty segment is another route."""
    if text in ("", ".", ".."):
        raise ConfigError("path", "invalid_parameter")
    return quote(text, safe="")


_OF_STATUS: Mapping[int, Code] = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    413: "payload_too_large",
    415: "unsupported_media_type",
    429: "rate_limited",
    500: "internal_error",
    502: "internal_error",
    503: "internal_error",
    504: "upstream_timeout",
}
