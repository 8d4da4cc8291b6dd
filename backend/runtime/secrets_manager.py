"""GetSecretValue of AWS Secrets Manager, without a client of boto3.

Making one takes half of a route's cold start. Region, credentials and endpoint are read where
botocore reads them: from the environment, as Lambda gives it.

https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html

Why: ARCHITECTURE.md, runtime.
"""

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from typing import NamedTuple

from runtime.cached_secret import UnreadableSecretError
from runtime.deadline import Deadline, OpenSockets, within
from runtime.https import Connect, open_connection
from runtime.secrets import ReadVersion
from runtime.settings import HttpUrl, SettingError, http_url, optional, required
from runtime.sigv4 import Credentials, Scope, signed_headers

CONNECT_SECONDS = 1.0
MAX_RESPONSE_BYTES = 1024 * 1024
"""A secret has at most 64 KB, as JSON in JSON up to six times as much, and its names."""

_SERVICE = "secretsmanager"
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


class SecretsManagerError(UnreadableSecretError):
    """`code` is AWS's, such as AccessDeniedException, or the name of what kept us from AWS."""

    def __init__(self, code: str, *, may_pass: bool = False) -> None:
        super().__init__(f"the secret cannot be read: {code}")
        self.code = code
        self.may_pass = may_pass


class _Reply(NamedTuple):
    status: int
    body: bytes


@dataclass(frozen=True)
class SecretsManager:
    """`tries` of at most 1 s to connect and `read_seconds` to read, over a connection each.

    `now` gives Unix seconds, for the signature. The environment is read at each request.
    """

    environment: Mapping[str, str]
    read_seconds: float
    tries: int = 2
    connect: Connect = open_connection
    now: Callable[[], float] = time.time

    def __call__(self, secret_arn: str) -> object:
        """SecretString of the current version, None for a binary secret.

        Raises UnreadableSecretError.
        """
        return self.version(secret_arn, "AWSCURRENT")

    def version(self, secret_arn: str, stage: str) -> str | None:
        """SecretString of the version with that label, None for a binary secret.

        Raises SecretsManagerError.
        """
        request = json.dumps({"SecretId": secret_arn, "VersionStage": stage}).encode()
        for _ in range(self.tries - 1):
            try:
                return self._ask(request)
            except SecretsManagerError as error:
                if not error.may_pass:
                    raise
        return self._ask(request)

    def versions_of(self, secret_arn: str) -> ReadVersion:
        """Reads one version of a secret; a previous one need not be there."""

        def read(stage: str) -> str | None:
            try:
                return self.version(secret_arn, stage)
            except SecretsManagerError as error:
                if stage == "AWSPREVIOUS" and error.code == "ResourceNotFoundException":
                    return None
                raise

        return read

    def _ask(self, request: bytes) -> str | None:
        deadline = Deadline.after(CONNECT_SECONDS + self.read_seconds, time.monotonic)
        try:
            reply = within(deadline, lambda opened: self._post(request, opened), name="secret")
        except SettingError as error:
            raise SecretsManagerError(str(error)) from None
        except (OSError, HTTPException) as error:  # its text may name what is not ours to show
            raise SecretsManagerError(type(error).__name__, may_pass=True) from None
        return _secret_string(reply)

    def _post(self, request: bytes, opened: OpenSockets) -> _Reply:
        region = region_of(self.environment)
        url = endpoint_of(self.environment, region)
        path = url.path.rstrip("/") + "/"
        headers = signed_headers(
            path,
            request,
            {
                "Host": url.authority,
                "Content-Type": "application/x-amz-json-1.1",
                "X-Amz-Target": "secretsmanager.GetSecretValue",
            },
            credentials=Credentials.from_environment(self.environment),
            scope=Scope(region, _SERVICE),
            now=self.now(),
        )
        connection = self.connect(url, CONNECT_SECONDS)
        try:
            connection.connect()
            opened.add(connection.sock)
            connection.sock.settimeout(self.read_seconds)
            connection.request("POST", path, request, headers)
            with connection.getresponse() as response:
                return _Reply(response.status, response.read(MAX_RESPONSE_BYTES + 1))
        finally:
            connection.close()


def region_of(environment: Mapping[str, str]) -> str:
    """Lambda gives it in both variables. Raises SettingError."""
    return optional(environment, "AWS_REGION") or required(environment, "AWS_DEFAULT_REGION")


def endpoint_of(environment: Mapping[str, str], region: str) -> HttpUrl:
    """The service's own variable, the one for all services, or AWS's host in the region.

    Raises SettingError.
    """
    for name in ("AWS_ENDPOINT_URL_SECRETS_MANAGER", "AWS_ENDPOINT_URL"):
        if given := optional(environment, name):
            return http_url(name, given)
    parts = _REGION.fullmatch(region)
    suffix = _SUFFIXES.get(parts["group"], "amazonaws.com") if parts else "amazonaws.com"
    return http_url("AWS_REGION", f"https://{_SERVICE}.{region}.{suffix}")


def _secret_string(reply: _Reply) -> str | None:
    """Raises SecretsManagerError; the body of a failure may quote anything, so it stays here."""
    try:
        document = json.loads(reply.body[:MAX_RESPONSE_BYTES])
    except (ValueError, RecursionError):
        document = None
    fields = document if isinstance(document, dict) else {}
    if reply.status != 200:
        raise _failure(reply.status, fields.get("__type"))
    if document is None or len(reply.body) > MAX_RESPONSE_BYTES:
        raise SecretsManagerError("a response that is none of Secrets Manager")
    text = fields.get("SecretString")
    return text if isinstance(text, str) else None


def _failure(status: int, error_type: object) -> SecretsManagerError:
    named = _ERROR_TYPE.fullmatch(error_type) if isinstance(error_type, str) else None
    code = named["code"] if named else f"status {status}"
    return SecretsManagerError(code, may_pass=status >= 500 or status == 429 or code in _MORE_OFTEN)
