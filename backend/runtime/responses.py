"""What a route gives back to API Gateway: one shape for answers, one for errors.

Lambda proxy output:
https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
Error body: {"error": {"code", "message", "requestId"}}
"""

import hashlib
import json
import re
from collections.abc import Collection, Mapping
from typing import TypedDict

from runtime.answer import Answer
from runtime.errors import RouteError

_FIXED_HEADERS = {
    "Content-Type": "application/json",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}
_NOT_MODIFIED = 304
_STALE_IF_ERROR_SECONDS = 3600
_ETAG_DIGITS = 32
_OPAQUE_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e]*")')
_READABLE_HEADERS = "Retry-After,x-amzn-RequestId"

MAX_ESCAPED_BYTES = 6_000_000
"""Lambda refuses a response above 6 MB: the body is a JSON string there, quotes escaped.

https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
"""


class ProxyResponse(TypedDict):
    statusCode: int
    headers: dict[str, str]
    body: str
    isBase64Encoded: bool


def cors_headers(request_origin: str | None, allowed_origins: Collection[str]) -> dict[str, str]:
    """The caller's origin when it is listed, byte for byte; nothing to read for any other."""
    headers = {"Vary": "Origin"}
    if request_origin is not None and request_origin in allowed_origins:
        headers["Access-Control-Allow-Origin"] = request_origin
        headers["Access-Control-Expose-Headers"] = _READABLE_HEADERS
    return headers


def json_response(status: int, body: str, headers: Mapping[str, str]) -> ProxyResponse:
    """`body` is JSON text already, passed on as it is."""
    return ProxyResponse(
        statusCode=status,
        headers={**_FIXED_HEADERS, **headers},
        body=body,
        isBase64Encoded=False,
    )


def answer_response(
    answer: Answer, headers: Mapping[str, str], *, if_none_match: str | None
) -> ProxyResponse:
    """A 304 without a body where the caller has this very body already (RFC 9110, 13.1.2).

    Only what may be cached has an ETag: https://www.rfc-editor.org/rfc/rfc9110#name-etag
    """
    if answer.max_age <= 0:
        return json_response(answer.status, answer.body, headers)
    etag = f'"{hashlib.sha256(answer.body.encode()).hexdigest()[:_ETAG_DIGITS]}"'
    cacheable = {**headers, "Cache-Control": _cache_control(answer), "ETag": etag}
    if if_none_match is not None and _matches(if_none_match, etag):
        return json_response(_NOT_MODIFIED, "", cacheable)
    return json_response(answer.status, answer.body, cacheable)


def _cache_control(answer: Answer) -> str:
    """https://www.rfc-editor.org/rfc/rfc9111#name-response-cache-control-dire, and RFC 5861."""
    if answer.is_public:
        return f"public, max-age={answer.max_age}, stale-if-error={_STALE_IF_ERROR_SECONDS}"
    return f"private, max-age={answer.max_age}"


def _matches(if_none_match: str, etag: str) -> bool:
    return if_none_match.strip() == "*" or etag in _OPAQUE_TAG.findall(if_none_match)


def error_response(
    error: RouteError, *, request_id: str, headers: Mapping[str, str]
) -> ProxyResponse:
    """The only place where an error becomes a response."""
    body = {"code": error.code, "message": error.message, "requestId": request_id}
    retry = {} if error.retry_after is None else {"Retry-After": str(error.retry_after)}
    return json_response(error.status, json.dumps({"error": body}), {**headers, **retry})


def fits(text: str, max_bytes: int) -> bool:
    """Whether Lambda takes it as a body of at most so many bytes; no character has over four."""
    return 4 * len(text) + len('""') <= max_bytes or escaped_bytes(text) <= max_bytes


def escaped_bytes(text: str) -> int:
    """Bytes of JSON text as a JSON string, which is how a function hands a body to Lambda."""
    marks = sum(map(text.count, '"\\\n\r\t'))
    return len(text.encode()) + marks + len('""')
