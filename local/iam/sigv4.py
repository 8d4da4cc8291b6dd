"""Check Signature Version 4 on a received request, with AWS's errors and texts.

botocore computes the signature; this module decides which bytes it is computed over.
https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from http.client import HTTPMessage
from typing import Protocol
from urllib.parse import quote, unquote_to_bytes

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from starlette.requests import Request

from local.iam.authorization_header import AuthorizationHeader, parse_authorization_header
from local.iam.errors import SigV4Error
from local.iam.sessions import Session

__all__ = ["SessionFinder", "SigV4Error", "verify_sigv4"]

MAX_SKEW = timedelta(minutes=5)
_AMZ_DATE = "%Y%m%dT%H%M%SZ"


class SessionFinder(Protocol):
    def find(self, access_key_id: str) -> Session | None: ...


def verify_sigv4(
    request: Request,
    body: bytes,
    *,
    sessions: SessionFinder,
    service: str,
    region: str,
    now: float,
) -> Session:
    """The session that signed `request`; `now` in epoch seconds.

    Raises SigV4Error. The path is the ASGI raw_path, so percent-encoding is checked as sent.
    """
    signed_at = request.headers.get("x-amz-date")
    header = parse_authorization_header(
        request.headers.get("authorization"), has_date=signed_at is not None
    )
    session = _find_session(header, request, sessions, now)
    _check_scope(header, signed_at or "", region, service)
    _check_clock(signed_at or "", now)
    _check_signed_headers(header, request)
    _check_payload_hash(request, body)
    expected = _signature(request, body, header, session, service, region)
    if not hmac.compare_digest(expected.encode(), header.signature.encode()):
        raise _mismatch()
    return session


def _find_session(
    header: AuthorizationHeader, request: Request, sessions: SessionFinder, now: float
) -> Session:
    session = sessions.find(header.access_key_id)
    token = request.headers.get("x-amz-security-token", "")
    if session is None or not hmac.compare_digest(session.session_token.encode(), token.encode()):
        raise SigV4Error(
            "UnrecognizedClientException", "The security token included in the request is invalid."
        )
    if now >= session.expires_at:
        raise SigV4Error(
            "ExpiredTokenException", "The security token included in the request is expired"
        )
    return session


def _check_scope(header: AuthorizationHeader, signed_at: str, region: str, service: str) -> None:
    date, scope_region, scope_service, terminator = header.scope
    if scope_region != region:
        raise _invalid("Credential should be scoped to a valid region. ")
    if scope_service != service:
        raise _invalid(f"Credential should be scoped to correct service: '{service}'. ")
    if terminator != "aws4_request":
        raise _invalid("Credential should be scoped with a valid terminator: 'aws4_request'. ")
    if date != signed_at[:8]:
        raise _invalid(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date "
            f"from HTTP: '{date}' != '{signed_at[:8]}', from '{signed_at}'."
        )


def _check_clock(signed_at: str, now: float) -> None:
    try:
        signed = datetime.strptime(signed_at, _AMZ_DATE).replace(tzinfo=UTC)
    except ValueError:
        raise SigV4Error(
            "IncompleteSignatureException",
            "Date must be in ISO-8601 'basic format'. See http://en.wikipedia.org/wiki/ISO_8601",
        ) from None
    current = datetime.fromtimestamp(now, UTC)
    text = current.strftime(_AMZ_DATE)
    earliest, latest = current - MAX_SKEW, current + MAX_SKEW
    if signed < earliest:
        raise _invalid(
            f"Signature expired: {signed_at} is now earlier than "
            f"{earliest.strftime(_AMZ_DATE)} ({text} - 5 min.)"
        )
    if signed > latest:
        raise _invalid(
            f"Signature not yet current: {signed_at} is still later than "
            f"{latest.strftime(_AMZ_DATE)} ({text} + 5 min.)"
        )


def _check_signed_headers(header: AuthorizationHeader, request: Request) -> None:
    if "host" not in header.signed_headers:
        raise _invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")
    if any(name != name.lower() or name not in request.headers for name in header.signed_headers):
        raise _mismatch()
    # An unsigned x-amz-* header could be changed on the way without anybody noticing.
    sent = {name for name in request.headers if name.startswith("x-amz-")}
    if not sent <= set(header.signed_headers):
        raise _mismatch()


def _check_payload_hash(request: Request, body: bytes) -> None:
    claimed = request.headers.get("x-amz-content-sha256")
    actual = hashlib.sha256(body).hexdigest()
    if claimed is not None and not hmac.compare_digest(claimed.encode(), actual.encode()):
        raise _mismatch()


class _ReceivedSigV4Auth(SigV4Auth):
    """Signs exactly the headers the client named; botocore would drop some, such as user-agent."""

    def __init__(self, credentials: Credentials, service: str, region: str) -> None:
        super().__init__(credentials, service, region)
        self._secret, self._region_and_service = credentials.secret_key, (region, service)

    def headers_to_sign(self, request: AWSRequest) -> HTTPMessage:
        headers = HTTPMessage()
        for name, value in request.headers.items():
            headers[name] = value
        return headers

    def signature(self, string_to_sign: str, request: AWSRequest) -> str:
        date = request.context["timestamp"][:8]
        key = signing_key(self._secret, date, *self._region_and_service)
        return hmac.digest(key, string_to_sign.encode(), hashlib.sha256).hex()


@lru_cache(maxsize=1024)
def signing_key(secret_access_key: str, date: str, region: str, service: str) -> bytes:
    """The same all day for a secret. What is signed with it is checked at each request."""
    key = f"AWS4{secret_access_key}".encode()
    for part in (date, region, service, "aws4_request"):
        key = hmac.digest(key, part.encode(), hashlib.sha256)
    return key


def _signature(
    request: Request,
    body: bytes,
    header: AuthorizationHeader,
    session: Session,
    service: str,
    region: str,
) -> str:
    received = AWSRequest(
        method=request.method,
        url=f"http://localhost{_path(request)}?{_canonical_query(request.scope['query_string'])}",
        headers=_headers(request, header.signed_headers),
        data=body,
    )
    received.context["timestamp"] = request.headers["x-amz-date"]
    credentials = Credentials(
        session.access_key_id, session.secret_access_key, session.session_token
    )
    auth = _ReceivedSigV4Auth(credentials, service, region)
    canonical = auth.canonical_request(received)
    return str(auth.signature(auth.string_to_sign(received, canonical), received))


def _path(request: Request) -> str:
    raw_path: bytes = request.scope["raw_path"]
    # A raw "#" or "?" would end the path for urlsplit and so escape the signature.
    return raw_path.decode("latin-1").replace("#", "%23").replace("?", "%3F")


def _headers(request: Request, names: tuple[str, ...]) -> Mapping[str, str]:
    return {name: ",".join(request.headers.getlist(name)) for name in names}


def _canonical_query(query: bytes) -> str:
    # Decoded to bytes and encoded again: browsers send "+" for a space and sign "%20".
    pairs = [pair.partition(b"=") for pair in query.split(b"&") if pair]
    return "&".join(f"{_encode(name)}={_encode(value)}" for name, _, value in pairs)


def _encode(part: bytes) -> str:
    return quote(unquote_to_bytes(part.replace(b"+", b" ")), safe="-_.~")


def _invalid(message: str) -> SigV4Error:
    return SigV4Error("InvalidSignatureException", message)


def _mismatch() -> SigV4Error:
    return _invalid(
        "The request signature we calculated does not match the signature you provided. "
        "Check your AWS Secret Access Key and signing method. "
        "Consult the service documentation for details."
    )
