"""One service of AWS with a JSON protocol, asked by signed POSTs, without a client of boto3.

Making one takes half of a route's cold start. Region, credentials and endpoint are read where
botocore reads them: from the environment, as Lambda gives it.

https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html

Why: ARCHITECTURE.md, runtime.
"""

import json
import re
import time
from collections.abc import Callable, Mapping
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any, NamedTuple

from runtime.deadline import Deadline, OpenSockets, within
from runtime.https import Connect, open_connection
from runtime.kept_connection import KeptConnection, Post
from runtime.settings import HttpUrl, SettingError, http_url, optional, required
from runtime.sigv4 import Credentials, Scope, signed_headers

CONNECT_SECONDS = 1.0
MAX_RESPONSE_BYTES = 1024 * 1024
"""A secret has at most 64 KB, as JSON in JSON up to six times as much, and its names."""

_SUFFIXES = {
    "cn": "amazonaws.com.cn",
    "eusc": "amazonaws.eu",
    "us-iso": "c2s.ic.gov",
    "us-isob": "sc2s.sgov.gov",
    "eu-isoe": "cloud.adc-e.uk",
    "us-isof": "csp.hci.ic.gov",
    "eu-isof": "csp.hci.ic.gov",
}
"""Of the partitions beside `aws`, by what a region begins with."""

_REGION = re.compile(r"(?P<group>[a-z]{2,4}(?:-iso[a-z]?)?)(?:-[a-z]+)+-[0-9]+")
_ERROR_TYPE = re.compile(r"(?:[\w.]+#)?(?P<code>[A-Za-z]{1,64})(?::.*)?")
_MORE_OFTEN = frozenset(
    {"InternalServiceError", "ThrottlingException", "RequestTimeout", "RequestTimeoutException"}
)


class AwsServiceError(Exception):
    """`code` is AWS's, such as AccessDeniedException, or the name of what kept us from AWS.

    `document` is what the failure says beside it; it may quote anything, so the text has none.
    """

    def __init__(
        self, code: str, *, may_pass: bool = False, document: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(code)
        self.code = code
        self.may_pass = may_pass
        self.document = document or {}


class ServiceNames(NamedTuple):
    """Of one service: in hosts and signatures, in AWS_ENDPOINT_URL_…, in X-Amz-Target."""

    host: str
    variable: str
    target: str
    content_type: str


SECRETS_MANAGER = ServiceNames(
    "secretsmanager", "SECRETS_MANAGER", "secretsmanager", "application/x-amz-json-1.1"
)
DYNAMODB = ServiceNames("dynamodb", "DYNAMODB", "DynamoDB_20120810", "application/x-amz-json-1.0")


class _Reply(NamedTuple):
    status: int
    body: bytes


class AwsService:
    """Over one connection, which is used again. `now` gives Unix seconds, for the signature.

    The environment is read at each request.
    """

    def __init__(
        self,
        names: ServiceNames,
        environment: Mapping[str, str],
        *,
        connect: Connect = open_connection,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._names = names
        self._environment = environment
        self._connect = connect
        self._now = now
        self._kept: KeptConnection[_Reply] | None = None

    def ask(
        self, operation: str, request: Mapping[str, object], deadline: Deadline
    ) -> Mapping[str, Any]:
        """What `operation` answers; sent twice where an idle connection breaks.

        Raises AwsServiceError.
        """
        body = json.dumps(request).encode()
        try:
            reply = within(
                deadline,
                lambda opened: self._post(operation, body, deadline, opened),
                name=self._names.host,
            )
        except SettingError as error:
            raise AwsServiceError(str(error)) from None
        except (OSError, HTTPException) as error:  # its text may name what is not ours to show
            raise AwsServiceError(type(error).__name__, may_pass=True) from None
        return _document(reply)

    def _post(self, operation: str, body: bytes, deadline: Deadline, opened: OpenSockets) -> _Reply:
        region = region_of(self._environment)
        url = endpoint_of(self._environment, region, self._names)
        path = url.path.rstrip("/") + "/"
        headers = signed_headers(
            path,
            body,
            {
                "Host": url.authority,
                "Content-Type": self._names.content_type,
                "X-Amz-Target": f"{self._names.target}.{operation}",
            },
            credentials=Credentials.from_environment(self._environment),
            scope=Scope(region, self._names.host),
            now=self._now(),
        )
        return self._connection(url).post(Post(path, body, headers, deadline, opened))

    def _connection(self, url: HttpUrl) -> KeptConnection[_Reply]:
        if self._kept is None or self._kept.url != url:
            self._kept = KeptConnection(url, connect=self._open, read=_read)
        return self._kept

    def _open(self, url: HttpUrl, seconds: float) -> HTTPConnection:
        return self._connect(url, min(seconds, CONNECT_SECONDS))


def region_of(environment: Mapping[str, str]) -> str:
    """Lambda gives it in both variables. Raises SettingError."""
    return optional(environment, "AWS_REGION") or required(environment, "AWS_DEFAULT_REGION")


def endpoint_of(environment: Mapping[str, str], region: str, names: ServiceNames) -> HttpUrl:
    """The service's own variable, the one for all services, or AWS's host in the region.

    Raises SettingError.
    """
    for name in (f"AWS_ENDPOINT_URL_{names.variable}", "AWS_ENDPOINT_URL"):
        if given := optional(environment, name):
            return http_url(name, given)
    parts = _REGION.fullmatch(region)
    suffix = _SUFFIXES.get(parts["group"], "amazonaws.com") if parts else "amazonaws.com"
    return http_url("AWS_REGION", f"https://{names.host}.{region}.{suffix}")


def _read(response: HTTPResponse) -> _Reply:
    return _Reply(response.status, response.read(MAX_RESPONSE_BYTES + 1))


def _document(reply: _Reply) -> Mapping[str, Any]:
    """Raises AwsServiceError."""
    try:
        document = json.loads(reply.body[:MAX_RESPONSE_BYTES])
    except (ValueError, RecursionError):
        document = None
    fields = document if isinstance(document, dict) else {}
    if reply.status != 200:
        raise _failure(reply.status, fields)
    if document is None or len(reply.body) > MAX_RESPONSE_BYTES:
        raise AwsServiceError("a response that is none of AWS")
    return fields


def _failure(status: int, fields: Mapping[str, Any]) -> AwsServiceError:
    error_type = fields.get("__type")
    named = _ERROR_TYPE.fullmatch(error_type) if isinstance(error_type, str) else None
    code = named["code"] if named else f"status {status}"
    may_pass = status >= 500 or status == 429 or code in _MORE_OFTEN
    return AwsServiceError(code, may_pass=may_pass, document=fields)
