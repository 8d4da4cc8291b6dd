"""The AWS JSON 1.1 protocol: POST / with `X-Amz-Target`, answered with JSON or a typed error.

https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
"""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping

from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response

from local.request_notes import notes
from local.state import StateNotSavedError

type Fields = Mapping[str, object]
type Operation = Callable[[Fields], Awaitable[dict[str, object]]]
type Admit = Callable[[str], None]
"""Counts a request for an operation; raises an AwsJsonError where it is one too many."""

CONTENT_TYPE = "application/x-amz-json-1.1"
MAX_BODY_BYTES = 1024 * 1024
_LOG = logging.getLogger(__name__)
_ALLOWED_HEADERS = (
    "amz-sdk-invocation-id",
    "amz-sdk-request",
    "authorization",
    "cache-control",
    "content-type",
    "x-amz-content-sha256",
    "x-amz-date",
    "x-amz-security-token",
    "x-amz-target",
    "x-amz-user-agent",
)
_EXPOSED_HEADERS = ("x-amzn-RequestId", "x-amzn-ErrorType", "x-amzn-ErrorMessage", "Date")


class AwsJsonError(Exception):
    """An error of the service: `XError` is sent as `XException` with status 400."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    @property
    def error_type(self) -> str:
        return type(self).__name__.removesuffix("Error") + "Exception"


class UnknownOperationError(AwsJsonError):
    """No such target, or one the local stack does not model."""


class SerializationError(AwsJsonError):
    """The body is not a JSON object, or a member has the wrong JSON type."""


class InvalidParameterError(AwsJsonError):
    """A member is missing or has a value the service refuses."""


def cors() -> Middleware:
    """Cognito answers browsers of every origin."""
    return Middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "POST"],
        allow_headers=_ALLOWED_HEADERS,
        expose_headers=_EXPOSED_HEADERS,
        max_age=172_800,
    )


def admit_all(operation: str) -> None:
    """No request is one too many."""


async def answer(
    request: Request,
    service: str,
    operations: Mapping[str, Operation],
    *,
    admit: Admit = admit_all,
) -> Response:
    """Run the operation named by `X-Amz-Target: <service>.<operation>`."""
    try:
        name = _find_operation(request, service, operations)
        notes().route = name
        admit(name)
        return _json(await operations[name](_parse(await _body(request))), 200)
    except AwsJsonError as error:
        notes().add_cause(error.error_type, error.message)
        return answer_error(error.error_type, error.message)
    except StateNotSavedError as error:
        _LOG.warning("nothing was changed: %s", error)
        notes().add_cause("InternalErrorException", str(error))
        return answer_error("InternalErrorException", "The local stack cannot save.", 500)
    except Exception:
        _LOG.exception("%s failed", request.headers.get("x-amz-target"))
        return answer_error("InternalErrorException", "Something went wrong", 500)


def required_string(fields: Fields, name: str) -> str:
    """Raises InvalidParameterError when missing or empty, SerializationError for another type."""
    value = optional_string(fields, name)
    if not value:
        raise InvalidParameterError(
            f"1 validation error detected: Value null at '{name[0].lower()}{name[1:]}' "
            "failed to satisfy constraint: Member must not be null"
        )
    return value


def optional_string(fields: Fields, name: str) -> str | None:
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise SerializationError(f"{name} is not a string")
    return value


def string_map(fields: Fields, name: str) -> dict[str, str]:
    """A map of strings; empty when missing."""
    value = fields.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        raise SerializationError(f"{name} is not a map of strings")
    return value


def string_list(fields: Fields, name: str) -> list[str]:
    """A list of strings; empty when missing."""
    value = fields.get(name) or []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise SerializationError(f"{name} is not a list of strings")
    return value


def read_pairs(fields: Fields, name: str) -> dict[str, str]:
    """A list of objects with Name and Value; empty when missing."""
    pairs = fields.get(name) or []
    if not isinstance(pairs, list):
        raise SerializationError(f"{name} is not a list")
    read = {}
    for pair in pairs:
        if not isinstance(pair, dict) or not isinstance(pair.get("Value", ""), str):
            raise SerializationError(f"{name} is not a list of Name and Value")
        read[required_string(pair, "Name")] = pair.get("Value", "")
    return read


def answer_error(error_type: str, message: str, status: int = 400) -> Response:
    response = _json({"__type": error_type, "message": message}, status)
    response.headers["x-amzn-ErrorType"] = error_type
    return response


def _find_operation(request: Request, service: str, operations: Mapping[str, Operation]) -> str:
    content_type = request.headers.get("content-type", "").partition(";")[0].strip()
    target = request.headers.get("x-amz-target", "")
    target_service, _, name = target.partition(".")
    if content_type != CONTENT_TYPE or target_service != service or name not in operations:
        raise UnknownOperationError(
            f"the local stack does not model {target or 'a call without X-Amz-Target'!r}"
            f" as {content_type!r}"
        )
    return name


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            raise SerializationError("the body is too large")
    return bytes(body)


def _parse(body: bytes) -> Fields:
    try:
        fields = json.loads(body)
        # A lone surrogate is JSON but no text: what cannot be UTF-8 goes no further.
        json.dumps(fields, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise SerializationError("the body is not JSON") from None
    if not isinstance(fields, dict):
        raise SerializationError("the body is not a JSON object")
    return fields


def _json(content: Mapping[str, object], status: int) -> Response:
    return Response(
        json.dumps(content),
        status_code=status,
        media_type=CONTENT_TYPE,
        headers={"cache-control": "no-store"},
    )
