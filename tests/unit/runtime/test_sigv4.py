"""Signature Version 4, beside botocore's own signer."""

import itertools

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as BotocoreCredentials

from runtime.settings import MissingSettingError
from runtime.sigv4 import Credentials, Scope, signed_headers

NOW = 1_700_000_000.0
SECRET = "canary/secret+key/of=forty-letters-1234567"
HEADERS = {
    "Content-Type": "application/x-amz-json-1.1",
    "X-Amz-Target": "secretsmanager.GetSecretValue",
}


def signed_by_botocore(
    host: str, path: str, body: bytes, credentials: Credentials, scope: Scope
) -> dict[str, str]:
    request = AWSRequest("POST", f"https://{host}{path}", dict(HEADERS), body)
    request.headers["Host"] = host
    request.context["timestamp"] = "20231114T221320Z"
    given = BotocoreCredentials(*credentials[:2], credentials.session_token or None)
    signer = SigV4Auth(given, scope.service, scope.region)
    request.headers["X-Amz-Date"] = request.context["timestamp"]
    if credentials.session_token:
        request.headers["X-Amz-Security-Token"] = credentials.session_token
    canonical = signer.canonical_request(request)
    signature = signer.signature(signer.string_to_sign(request, canonical), request)
    names = signer.signed_headers(signer.headers_to_sign(request))
    credential = f"AWS4-HMAC-SHA256 Credential={signer.scope(request)}"
    given_by = f"{credential}, SignedHeaders={names}, Signature={signature}"
    return {**dict(request.headers.items()), "Authorization": given_by}


@pytest.mark.parametrize(
    ("token", "region", "host", "path", "body"),
    [
        *itertools.product(
            ["", "IQoJb3JpZ2luX2VjE//session+token=="],
            ["us-east-1", "cn-north-1"],
            ["secretsmanager.us-east-1.amazonaws.com", "127.0.0.1:3001"],
            ["/", "/secretsmanager/", "/a-b/~c.d_e/"],
            [b"", b"{}", '{"SecretId": "k\u00e9y"}'.encode()],
        )
    ],
)
def test_signs_as_botocore_does(token: str, region: str, host: str, path: str, body: bytes) -> None:
    credentials = Credentials("AKIDEXAMPLE", SECRET, token)
    scope = Scope(region, "secretsmanager")
    ours = signed_headers(
        path, body, {"Host": host, **HEADERS}, credentials=credentials, scope=scope, now=NOW
    )
    assert ours == signed_by_botocore(host, path, body, credentials, scope)


def test_credentials_are_lambdas_and_print_as_stars() -> None:
    environment = {
        "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_SESSION_TOKEN": "canary-token",
    }
    credentials = Credentials.from_environment(environment)
    assert credentials == ("AKIDEXAMPLE", SECRET, "canary-token")
    assert "canary" not in f"{credentials} {credentials!r}"


@pytest.mark.parametrize("missing", ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
def test_nothing_is_signed_without_credentials(missing: str) -> None:
    environment = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": SECRET}
    with pytest.raises(MissingSettingError, match=missing) as failed:
        Credentials.from_environment({**environment, missing: " "})
    assert "canary" not in str(failed.value)
