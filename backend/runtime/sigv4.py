"""AWS Signature Version 4 of a POST, as services with a JSON protocol take it.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html

Why: ARCHITECTURE.md, runtime.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple, Self

from runtime.settings import optional, required

_ALGORITHM = "AWS4-HMAC-SHA256"


class Credentials(NamedTuple):
    """Lambda gives all three; `session_token` is empty for those of a user. Prints as stars."""

    access_key_id: str
    secret_access_key: str
    session_token: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Raises SettingError."""
        return cls(
            required(environment, "AWS_ACCESS_KEY_ID"),
            required(environment, "AWS_SECRET_ACCESS_KEY"),
            optional(environment, "AWS_SESSION_TOKEN"),
        )

    def __repr__(self) -> str:
        return "**********"


class Scope(NamedTuple):
    """Where a signature counts, such as us-east-1 and secretsmanager."""

    region: str
    service: str


def signed_headers(
    path: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    credentials: Credentials,
    scope: Scope,
    now: float,
) -> dict[str, str]:
    """`headers` and those that make AWS believe them; `now` is in Unix seconds.

    All are signed, Host among them. `path` is sent as it is: letters, digits and -._~/ only.
    """
    moment = datetime.fromtimestamp(now, UTC).strftime("%Y%m%dT%H%M%SZ")
    sent = {**headers, "X-Amz-Date": moment}
    if credentials.session_token:
        sent["X-Amz-Security-Token"] = credentials.session_token
    lower = {name.lower(): value.strip() for name, value in sent.items()}
    names = ";".join(sorted(lower))
    lines = "".join(f"{name}:{lower[name]}\n" for name in sorted(lower))
    request = f"POST\n{path}\n\n{lines}\n{names}\n{hashlib.sha256(body).hexdigest()}"
    place = f"{moment[:8]}/{scope.region}/{scope.service}/aws4_request"
    digest = hashlib.sha256(request.encode()).hexdigest()
    signature = _signature(f"{_ALGORITHM}\n{moment}\n{place}\n{digest}", place, credentials)
    credential = f"Credential={credentials.access_key_id}/{place}"
    authorization = f"{_ALGORITHM} {credential}, SignedHeaders={names}, Signature={signature}"
    return {**sent, "Authorization": authorization}


def _signature(text: str, place: str, credentials: Credentials) -> str:
    key = f"AWS4{credentials.secret_access_key}".encode()
    for part in place.split("/"):
        key = _hmac(key, part)
    return _hmac(key, text).hex()


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), "sha256")
