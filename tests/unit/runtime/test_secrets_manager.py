"""GetSecretValue over sockets: what is asked, where, how often, and what is told of a failure."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest

from runtime.aws_service import MAX_RESPONSE_BYTES
from runtime.cached_secret import UnreadableSecretError
from runtime.secrets_manager import SecretsManager, SecretsManagerError
from tests.fixtures.secrets_manager import CREDENTIALS, Vault, secrets_endpoint, stored, vault

__all__ = ["secrets_endpoint", "vault"]

CANARY = "canary-secret-text"
ARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:keys"
type Reply = tuple[int, bytes]


def found(text: str = CANARY) -> Reply:
    return 200, json.dumps({"ARN": ARN, "SecretString": text}).encode()


def refused(status: int, error_type: str) -> Reply:
    return status, json.dumps({"__type": error_type, "message": CANARY}).encode()


@contextmanager
def answering(*replies: Reply | None) -> Iterator[tuple[dict[str, str], list[bytes]]]:
    """Where a reader asks, and what it asked; None hangs to the end, and the last reply stays."""
    asked: list[bytes] = []
    ended = Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.rfile.read(int(self.headers["Content-Length"])))
            reply = replies[min(len(asked), len(replies)) - 1]
            if reply is None:
                ended.wait(60)
                return
            self.send_response(reply[0])
            self.send_header("Content-Length", str(len(reply[1])))
            self.end_headers()
            self.wfile.write(reply[1])

        def log_message(self, *_: object) -> None:
            """Nothing on the screen."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    endpoint = f"http://127.0.0.1:{server.server_port}/secrets"
    environment = {**CREDENTIALS, "AWS_REGION": "us-east-1", "AWS_ENDPOINT_URL": endpoint}
    try:
        yield environment, asked
    finally:
        ended.set()
        server.shutdown()
        server.server_close()


def test_reads_both_versions_of_a_secret(vault: Vault) -> None:
    secrets = SecretsManager(vault.environment, read_seconds=5.0)
    arn = stored(vault, "first")
    read = secrets.versions_of(arn)
    assert (read("AWSCURRENT"), read("AWSPREVIOUS")) == ("first", None)
    vault.client.put_secret_value(SecretId=arn, SecretString="second")
    assert (secrets(arn), read("AWSCURRENT"), read("AWSPREVIOUS")) == ("second", "second", "first")


def test_says_that_there_is_no_such_secret(vault: Vault) -> None:
    secrets = SecretsManager(vault.environment, read_seconds=5.0)
    with pytest.raises(UnreadableSecretError, match="read: ResourceNotFoundException"):
        secrets(ARN)
    with pytest.raises(UnreadableSecretError, match="read: ResourceNotFoundException"):
        secrets.versions_of(ARN)("AWSCURRENT")


def test_a_binary_secret_has_no_text(vault: Vault) -> None:
    arn = vault.client.create_secret(Name="binary", SecretBinary=b"bytes")["ARN"]
    assert SecretsManager(vault.environment, read_seconds=5.0)(arn) is None


@pytest.mark.parametrize(
    "failure",
    [
        refused(500, "InternalServiceError"),
        refused(503, "ServiceUnavailable"),
        refused(400, "ThrottlingException"),
        refused(429, "TooManyRequestsException"),
        (502, b"<html>"),
    ],
)
def test_what_may_pass_is_asked_for_once_more(failure: Reply) -> None:
    with answering(failure, found()) as (place, asked):
        assert SecretsManager(place, read_seconds=5.0)(ARN) == CANARY
        assert len(asked) == 2
    with answering(failure) as (place, asked):
        with pytest.raises(SecretsManagerError) as failed:
            SecretsManager(place, read_seconds=5.0)(ARN)
        assert len(asked) == 2
        assert CANARY not in repr(failed.value)


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (refused(400, "AccessDeniedException"), "AccessDeniedException"),
        (refused(400, "com.amazonaws.secretsmanager#DecryptionFailure"), "DecryptionFailure"),
        (refused(400, "InvalidSignatureException:http://a/"), "InvalidSignatureException"),
        (refused(403, f"not one word {CANARY}"), "status 403"),
        (refused(400, ""), "status 400"),
        ((404, b"[]"), "status 404"),
        ((301, b"{}"), "status 301"),
        ((200, b"{"), "a response that is none of AWS"),
        ((200, b"[" * 100_000), "a response that is none of AWS"),
        (found("x" * MAX_RESPONSE_BYTES), "a response that is none of AWS"),
    ],
)
def test_any_other_failure_is_final_and_says_its_code_alone(failure: Reply, code: str) -> None:
    with answering(failure, found()) as (place, asked):
        with pytest.raises(SecretsManagerError) as failed:
            SecretsManager(place, read_seconds=5.0)(ARN)
        assert len(asked) == 1
    assert str(failed.value) == f"the secret cannot be read: {code}"
    assert failed.value.__cause__ is None
    assert failed.value.__context__ is None or failed.value.__suppress_context__


def test_silence_is_an_error_in_time() -> None:
    with answering(None) as (place, asked):
        hurried = SecretsManager(place, read_seconds=0.05)
        with pytest.raises(SecretsManagerError, match="read: TimeoutError"):
            hurried(ARN)
        assert len(asked) == 2


def test_no_one_there_is_an_error() -> None:
    environment = {**CREDENTIALS, "AWS_REGION": "us-east-1"}
    closed = {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}
    with pytest.raises(SecretsManagerError, match="read: ConnectionRefusedError"):
        SecretsManager({**environment, **closed}, read_seconds=1.0)(ARN)


@pytest.mark.parametrize("missing", ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION"])
def test_a_function_without_credentials_or_region_says_which(missing: str) -> None:
    with answering(found()) as (place, asked):
        environment = {k: v for k, v in place.items() if k != missing}
        wanted = missing.replace("AWS_REGION", "AWS_DEFAULT_REGION")
        with pytest.raises(SecretsManagerError, match=f"{wanted} is not set") as failed:
            SecretsManager(environment, read_seconds=1.0)(ARN)
        assert asked == []
    assert "canary" not in repr(failed.value)
