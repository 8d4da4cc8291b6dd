"""What a route gives back to API Gateway: one shape for answers, one for errors.

Lambda proxy output:
https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
Error body: {"error": {"code", "message", "requestId"}}
"""

import json
from collections.abc import Collection, Mapping
from typing import TypedDict

_FIXED_HEADERS = {
    "Content-Type": "application/json",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}
_READABLE_HEADERS = "Retry-After,x-amzn-RequestId"


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


def error_response(
    status: int,
    *,
    code: str,
    message: str,
    request_id: str,
    headers: Mapping[str, str],
    retry_after: int | None = None,
) -> ProxyResponse:
    """`retry_after` is in seconds."""
    body = json.dumps({"error": {"code": code, "message": message, "requestId": request_id}})
    retry = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return json_response(status, body, {**headers, **retry})
