"""AWS Signature Version 4 of a request to the gallery's API, by botocore, at the server's time."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Protocol

from botocore.auth import SIGV4_TIMESTAMP, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import ReadOnlyCredentials


class SigningCredentials(Protocol):
    """`AwsCredentials` and botocore's own are such."""

    @property
    def access_key(self) -> str: ...
    @property
    def secret_key(self) -> str: ...
    @property
    def token(self) -> str | None: ...


def signed_headers(
    url: str,
    credentials: SigningCredentials,
    *,
    region: str,
    now: float,
    method: str = "GET",
    body: bytes = b"",
) -> dict[str, str]:
    """Headers to send with `url`, which must go out letter by letter: see `signable_url`.

    What `SigV4Auth.add_auth` does, at a time of ours: that reads the machine's clock.
    """
    given = ReadOnlyCredentials(
        credentials.access_key, credentials.secret_key, credentials.token or ""
    )
    signer, request = SigV4Auth(given, "execute-api", region), AWSRequest(method, url, data=body)
    at = datetime.fromtimestamp(now, UTC).strftime(SIGV4_TIMESTAMP)
    request.context["timestamp"] = at
    headers = {"X-Amz-Date": at}
    if credentials.token:
        headers["X-Amz-Security-Token"] = credentials.token
    for name, text in headers.items():
        request.headers[name] = text
    return {**headers, "Authorization": _authorization(signer, request)}


def _authorization(signer: SigV4Auth, request: AWSRequest) -> str:
    to_sign = signer.string_to_sign(request, signer.canonical_request(request))
    names = signer.signed_headers(signer.headers_to_sign(request))
    return (
        f"AWS4-HMAC-SHA256 Credential={signer.scope(request)}, "
        f"SignedHeaders={names}, Signature={signer.signature(to_sign, request)}"
    )


def signable_url(url: str) -> str:
    """The URL in the one spelling that API Gateway and every client sign alike.

    A client may leave `'()*!` as they are, where AWS's own rule encodes them; `+` is a space only
    in forms.
    """
    path, mark, query = url.partition("?")
    query = query.replace("+", "%20")
    return re.sub(r"['()*!]", lambda found: f"%{ord(found[0]):02X}", f"{path}{mark}{query}")
