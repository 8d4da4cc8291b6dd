"""Secrets Manager of the local stack, by boto3: versions of a secret, and whom IAM lets."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from local.iam.policy import Role
from local.iam.sessions import Sessions
from local.secrets_manager import StoredSecret, build_app
from local.state import State
from tests.fixtures.asgi_server import asgi_server

ARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:keys-abc123"
ROLES = "arn:aws:iam::123456789012:role"

type ClientOf = Callable[..., Any]


def role(*operations: str) -> Role:
    actions = [f"secretsmanager:{operation}" for operation in operations]
    statement = {"Effect": "Allow", "Action": actions, "Resource": ARN}
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    name = "".join(operations)
    trust = {"Version": "2012-10-17", "Statement": []}
    return Role(name, f"{ROLES}/{name}", trust, (policy,))


READER, WRITER = role("GetSecretValue"), role("GetSecretValue", "PutSecretValue")


@pytest.fixture
def client_of(tmp_path: Path) -> Iterator[ClientOf]:
    sessions = Sessions(
        roles=(READER, WRITER),
        state=State(tmp_path / "state.sqlite3"),
        now=time.time,
        random_bytes=lambda length: b"7" * length,
    )
    secrets = {ARN: StoredSecret("first")}
    app = build_app(secrets, sessions, "us-east-1", time.time)

    with asgi_server(lambda _: app) as origin:

        def client(caller: Role = WRITER) -> Any:
            session = sessions.issue(caller, "test", lifetime_seconds=60)
            return boto3.client(
                "secretsmanager",
                region_name="us-east-1",
                endpoint_url=origin,
                aws_access_key_id=session.access_key_id,
                aws_secret_access_key=session.secret_access_key,
                aws_session_token=session.session_token,
            )

        yield client


def test_a_put_moves_both_labels(client_of: ClientOf) -> None:
    client = client_of()

    def version(stage: str) -> str:
        found = client.get_secret_value(SecretId=ARN, VersionStage=stage)
        assert found["VersionStages"] == [stage]
        return str(found["SecretString"])

    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        version("AWSPREVIOUS")
    for text, before in (("second", "first"), ("third", "second")):
        assert client.put_secret_value(SecretId=ARN, SecretString=text)["ARN"] == ARN
        assert (version("AWSCURRENT"), version("AWSPREVIOUS")) == (text, before)
    assert client.get_secret_value(SecretId=ARN)["SecretString"] == "third"


def test_who_may_only_read_puts_nothing(client_of: ClientOf) -> None:
    reader = client_of(READER)
    with pytest.raises(ClientError, match="AccessDeniedException"):
        reader.put_secret_value(SecretId=ARN, SecretString="mine")
    assert reader.get_secret_value(SecretId=ARN)["SecretString"] == "first"


@pytest.mark.parametrize(
    "asked",
    [
        {"SecretBinary": b"bytes"},
        {"SecretString": "mine", "VersionStages": ["AWSPENDING"]},
    ],
)
def test_other_ways_of_putting_are_refused(client_of: ClientOf, asked: dict[str, Any]) -> None:
    with pytest.raises(ClientError, match="PutSecretValue of a SecretString only"):
        client_of().put_secret_value(SecretId=ARN, **asked)
    assert client_of().get_secret_value(SecretId=ARN)["SecretString"] == "first"


def test_other_operations_are_refused_by_name(client_of: ClientOf) -> None:
    with pytest.raises(ClientError, match="GetSecretValue and PutSecretValue only") as refused:
        client_of().describe_secret(SecretId=ARN)
    assert "first" not in json.dumps(refused.value.response, default=str)
