import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from starlette.requests import Request

from local.iam.errors import SigV4Error
from local.iam.policy import Role
from local.iam.sessions import Session, Sessions
from local.iam.sigv4 import signing_key, verify_sigv4
from local.state import State
from tests.local.cognito_idp.fakes import START, FakeClock, SeededBytes

HOST = "localhost:3001"
TRUST: dict[str, Any] = {"Version": "2012-10-17", "Statement": []}
ROLE = Role("Guest", "arn:aws:iam::123456789012:role/Guest", TRUST, ())
MISMATCH = "The request signature we calculated does not match the signature you provided."
INVALID_TOKEN = "The security token included in the request is invalid."


@pytest.fixture
def sessions() -> Sessions:
    return Sessions(roles=[ROLE], state=State(None), now=FakeClock(), random_bytes=SeededBytes())


@pytest.fixture
def session(sessions: Sessions) -> Session:
    return sessions.issue(ROLE, "CognitoIdentityCredentials", lifetime_seconds=3600)


@dataclass(frozen=True)
class Sent:
    """A request as it arrives, before anybody tampered with it or after."""

    headers: dict[str, str]
    method: str = "GET"
    path: str = "/prod/getNFTs"
    query: str = "a=1&b=2"
    body: bytes = b""
    extra: tuple[tuple[str, str], ...] = field(default=())

    def received(self) -> Request:
        pairs = [*self.headers.items(), *self.extra]
        return Request(
            {
                "type": "http",
                "method": self.method,
                "path": self.path,
                "raw_path": self.path.encode(),
                "query_string": self.query.encode(),
                "headers": [(n.lower().encode(), v.encode("latin-1")) for n, v in pairs],
            }
        )


def _sign(
    session: Session,
    *,
    signed_query: str | None = None,
    service: str = "execute-api",
    region: str = "us-east-1",
    at: float = START,
    headers: dict[str, str] | None = None,
    **sent: Any,
) -> Sent:
    """Sign as Amplify and botocore do; the host is what the browser would send."""
    request = Sent(headers={}, **sent)
    query = request.query if signed_query is None else signed_query
    signed = AWSRequest(
        request.method,
        f"http://{HOST}{request.path}?{query}",
        headers={"host": HOST, **(headers or {})},
        data=request.body,
    )
    credentials = Credentials(
        session.access_key_id, session.secret_access_key, session.session_token
    )
    auth = SigV4Auth(credentials, service, region)
    signed.context["timestamp"] = datetime.fromtimestamp(at, UTC).strftime("%Y%m%dT%H%M%SZ")
    auth._modify_request_before_signing(signed)  # type: ignore[attr-defined]
    string = auth.string_to_sign(signed, auth.canonical_request(signed))
    auth._inject_signature_to_request(signed, auth.signature(string, signed))  # type: ignore[attr-defined]
    return replace(request, headers={name: str(value) for name, value in signed.headers.items()})


def _verify(sent: Sent, sessions: Sessions, now: float = START) -> Session:
    return verify_sigv4(
        sent.received(),
        sent.body,
        sessions=sessions,
        service="execute-api",
        region="us-east-1",
        now=now,
    )


def _refusal(sent: Sent, sessions: Sessions, now: float = START) -> tuple[str, str]:
    with pytest.raises(SigV4Error) as refused:
        _verify(sent, sessions, now)
    return refused.value.error_type, refused.value.message


@pytest.mark.parametrize(
    "request_",
    [
        {},
        {"query": ""},
        {"query": "b=2&a=1"},
        {"query": "empty=&flag="},
        {"query": "q=a+b%26%3D%2B%C3%A9%5B%5D", "signed_query": "q=a%20b%26%3D%2B%C3%A9%5B%5D"},
        {"query": "bytes=%FF"},
        {"path": "/prod/with%20space/%C3%A9"},
        {"path": "/prod/sub;v=1/~tilde"},
        {"method": "POST", "body": b'{"a": 1}', "headers": {"content-type": "application/json"}},
        {"headers": {"x-amz-content-sha256": hashlib.sha256(b"").hexdigest()}},
        {"headers": {"accept": "a,   b"}},
    ],
)
def test_accepts_what_the_client_signed(
    sessions: Sessions, session: Session, request_: dict[str, Any]
) -> None:
    assert _verify(_sign(session, **request_), sessions) == session


def _header(sent: Sent, name: str, value: str) -> Sent:
    return replace(sent, headers={**sent.headers, name: value})


def _authorization(sent: Sent, change: Callable[[str], str]) -> Sent:
    return _header(sent, "Authorization", change(sent.headers["Authorization"]))


def _without(sent: Sent, name: str) -> Sent:
    return replace(sent, headers={n: v for n, v in sent.headers.items() if n != name})


TAMPERINGS: dict[str, Callable[[Sent], Sent]] = {
    "method": lambda sent: replace(sent, method="POST"),
    "path": lambda sent: replace(sent, path="/prod/getNFT"),
    "path end": lambda sent: replace(sent, path="/prod/getNFTs#x"),
    "path encoding": lambda sent: replace(sent, path="/prod/get%4EFTs"),
    "query value": lambda sent: replace(sent, query="a=1&b=3"),
    "query added": lambda sent: replace(sent, query="a=1&b=2&c=3"),
    "query removed": lambda sent: replace(sent, query="a=1"),
    "query repeated": lambda sent: replace(sent, query="a=1&a=1&b=2"),
    "body": lambda sent: replace(sent, body=b"x"),
    "host": lambda sent: _header(sent, "host", "localhost:3002"),
    "signed header": lambda sent: _header(sent, "accept", "text/html"),
    "header twice": lambda sent: replace(sent, extra=(("accept", "text/html"),)),
    "unsigned x-amz": lambda sent: _header(sent, "x-amz-extra", "1"),
    "wrong hash": lambda sent: _header(sent, "x-amz-content-sha256", "0" * 64),
    "no hash": lambda sent: _header(sent, "x-amz-content-sha256", "UNSIGNED-PAYLOAD"),
    "signed header gone": lambda sent: _without(sent, "accept"),
    "signature": lambda sent: _authorization(
        sent, lambda a: a[:-1] + ("0" if a[-1] != "0" else "1")
    ),
    "signature beyond ascii": lambda sent: _authorization(sent, lambda a: a[:-1] + "\xe9"),
    "date": lambda sent: _header(sent, "X-Amz-Date", "20270115T080001Z"),
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_refuses_a_tampered(sessions: Sessions, session: Session, tampering: str) -> None:
    sent = _sign(session, headers={"accept": "application/json"})
    assert _verify(sent, sessions) == session
    error_type, message = _refusal(TAMPERINGS[tampering](sent), sessions)
    assert (error_type, message.startswith(MISMATCH)) == ("InvalidSignatureException", True)


def test_a_raw_fragment_does_not_end_the_signed_path(sessions: Sessions, session: Session) -> None:
    sent = _sign(session, query="")
    assert _verify(sent, sessions) == session
    tampered = replace(sent, path=sent.path + "#x")
    assert _refusal(tampered, sessions)[0] == "InvalidSignatureException"


def test_a_signed_header_must_be_sent_even_when_empty(sessions: Sessions, session: Session) -> None:
    sent = _sign(session, headers={"accept": ""})
    assert _verify(sent, sessions) == session
    assert _refusal(_without(sent, "accept"), sessions)[0] == "InvalidSignatureException"


def test_a_signed_hash_cannot_stand_for_another_body(sessions: Sessions, session: Session) -> None:
    digest = hashlib.sha256(b"other").hexdigest()
    sent = _sign(session, method="POST", body=b"x", headers={"x-amz-content-sha256": digest})
    assert _refusal(sent, sessions)[0] == "InvalidSignatureException"
    unsigned = _sign(
        session, method="POST", body=b"x", headers={"x-amz-content-sha256": "UNSIGNED-PAYLOAD"}
    )
    assert _refusal(unsigned, sessions)[0] == "InvalidSignatureException"


def test_refuses_a_wrong_secret(sessions: Sessions, session: Session) -> None:
    sent = _sign(replace(session, secret_access_key="x" * 40))
    assert _refusal(sent, sessions)[1].startswith(MISMATCH)


@pytest.mark.parametrize(
    "change",
    [
        {"access_key_id": "ASIA0000000000000000"},
        {"session_token": "another"},
        {"session_token": ""},
    ],
)
def test_refuses_a_key_or_token_nobody_was_given(
    sessions: Sessions, session: Session, change: dict[str, str]
) -> None:
    sent = _sign(replace(session, **change))  # type: ignore[arg-type]
    assert _refusal(sent, sessions) == ("UnrecognizedClientException", INVALID_TOKEN)


def test_refuses_the_token_of_another_session(sessions: Sessions, session: Session) -> None:
    other = sessions.issue(ROLE, "CognitoIdentityCredentials", lifetime_seconds=3600)
    sent = _sign(replace(session, session_token=other.session_token))
    assert _refusal(sent, sessions)[0] == "UnrecognizedClientException"


def test_refuses_expired_credentials(sessions: Sessions, session: Session) -> None:
    now = session.expires_at
    assert _verify(_sign(session, at=now - 1), sessions, now - 1) == session
    assert _refusal(_sign(session, at=now), sessions, now) == (
        "ExpiredTokenException",
        "The security token included in the request is expired",
    )


@pytest.mark.parametrize(
    ("scope", "message"),
    [
        ({"region": "eu-west-1"}, "Credential should be scoped to a valid region. "),
        ({"service": "s3"}, "Credential should be scoped to correct service: 'execute-api'. "),
    ],
)
def test_refuses_another_scope(
    sessions: Sessions, session: Session, scope: dict[str, str], message: str
) -> None:
    assert _refusal(_sign(session, **scope), sessions) == ("InvalidSignatureException", message)  # type: ignore[arg-type]


def test_refuses_another_terminator_or_day_of_scope(sessions: Sessions, session: Session) -> None:
    sent = _sign(session)
    other = _authorization(sent, lambda a: a.replace("aws4_request", "aws4"))
    assert "valid terminator" in _refusal(other, sessions)[1]
    other = _authorization(sent, lambda a: a.replace("/20270115/", "/20270114/"))
    assert _refusal(other, sessions)[1] == (
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date "
        "from HTTP: '20270114' != '20270115', from '20270115T080000Z'."
    )


@pytest.mark.parametrize("skew", [-300, 300])
def test_bears_five_minutes_of_skew(sessions: Sessions, session: Session, skew: int) -> None:
    assert _verify(_sign(session, at=START + skew), sessions) == session


@pytest.mark.parametrize(
    ("skew", "message"),
    [
        (
            -301,
            "Signature expired: 20270115T075459Z is now earlier than "
            "20270115T075500Z (20270115T080000Z - 5 min.)",
        ),
        (
            301,
            "Signature not yet current: 20270115T080501Z is still later than "
            "20270115T080500Z (20270115T080000Z + 5 min.)",
        ),
    ],
)
def test_refuses_more_skew(sessions: Sessions, session: Session, skew: int, message: str) -> None:
    refused = _refusal(_sign(session, at=START + skew), sessions)
    assert refused == ("InvalidSignatureException", message)


def test_an_unsigned_request_misses_its_token(sessions: Sessions) -> None:
    assert _refusal(Sent(headers={"host": HOST}), sessions) == (
        "MissingAuthenticationTokenException",
        "Missing Authentication Token",
    )


def _hash(value: str) -> str:
    return base64.b64encode(hashlib.sha256(value.encode()).digest()).decode()


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (
            "eyJraWQi.e30.c2ln",
            "Authorization header requires 'Credential' parameter. "
            "Authorization header requires 'Signature' parameter. "
            "Authorization header requires 'SignedHeaders' parameter. "
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
            "(Hashed with SHA-256 and encoded with Base64) "
            f"Authorization={_hash('eyJraWQi.e30.c2ln')}",
        ),
        (
            "Bearer eyJraWQi.e30.c2ln",
            "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with "
            f"SHA-256 and encoded with Base64): '{_hash('Bearer eyJraWQi.e30.c2ln')}'.",
        ),
    ],
)
def test_a_jwt_is_an_incomplete_signature_and_is_not_quoted(
    sessions: Sessions, header: str, message: str
) -> None:
    refused = _refusal(Sent(headers={"host": HOST, "authorization": header}), sessions)
    assert refused == ("IncompleteSignatureException", message)
    assert "eyJ" not in refused[1]


@pytest.mark.parametrize(
    "change",
    [
        lambda a: a.replace("Credential=", "Credentia="),
        lambda a: a.replace("Signature=", "Sig="),
        lambda a: a.replace("SignedHeaders=", "Headers="),
        lambda a: a.replace("/us-east-1/", "/"),
        lambda a: a + ", Signature=00",
        lambda a: a + ", nonsense",
        lambda a: a.replace("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA1"),
        lambda a: "AWS4-HMAC-SHA256",
        lambda a: "",
    ],
)
def test_refuses_an_incomplete_header(
    sessions: Sessions, session: Session, change: Callable[[str], str]
) -> None:
    sent = _authorization(_sign(session), change)
    assert _refusal(sent, sessions)[0] == "IncompleteSignatureException"


@pytest.mark.parametrize("date", ["", "yesterday", "2027-01-15T08:00:00Z"])
def test_refuses_another_form_of_date(sessions: Sessions, session: Session, date: str) -> None:
    sent = _header(_sign(session), "X-Amz-Date", date)
    scoped = _authorization(sent, lambda a: a.replace("/20270115/", f"/{date[:8]}/"))
    assert _refusal(scoped, sessions)[0] == "IncompleteSignatureException"


def test_the_host_must_be_signed(sessions: Sessions, session: Session) -> None:
    sent = _authorization(
        _sign(session), lambda a: a.replace("SignedHeaders=host;", "SignedHeaders=")
    )
    assert _refusal(sent, sessions)[1] == (
        "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."
    )


def test_a_signing_key_is_for_one_secret_day_region_and_service() -> None:
    given = ("secret", "20270115", "us-east-1", "execute-api")
    others = [(*given[:place], "other", *given[place + 1 :]) for place in range(len(given))]
    assert len({signing_key(*words) for words in (given, *others)}) == 5
    before = signing_key.cache_info()
    signing_key(*given)
    assert signing_key.cache_info().misses == before.misses
