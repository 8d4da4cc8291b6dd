"""AWS as moto knows it, behind a port, holding what the documented commands name."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = "0x52908400098527886e0f7030069857d2e4169ee7"
STACK = """
Resources:
  GalleryApi: { Type: AWS::ApiGateway::RestApi, Properties: { Name: of-the-stack } }
"""
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "moto",
    "AWS_SECRET_ACCESS_KEY": "moto",
    "AWS_DEFAULT_REGION": "us-east-1",
}


@dataclass(frozen=True)
class Account:
    """An AWS account with a stack in it; `names` maps a placeholder of the docs to its value."""

    endpoint: str
    names: dict[str, str]

    def client(self, service: str) -> Any:
        return boto3.client(  # type: ignore[call-overload]
            service,
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id="moto",
            aws_secret_access_key="moto",
        )

    def run(self, command: str, folder: Path) -> str:
        """What a documented command prints, run by bash with the AWS CLI against this account."""
        (folder / "keys.json").write_text('{"AlchemyApiKey":"a","MoralisApiKey":"m"}')
        (folder / "deploy").symlink_to(ROOT / "deploy")
        for placeholder, value in self.names.items():
            command = command.replace(placeholder, value)
        done = subprocess.run(  # noqa: S603
            ["bash", "-euo", "pipefail", "-c", command],  # noqa: S607
            cwd=folder,
            env={
                **CREDENTIALS,
                "AWS_ENDPOINT_URL": self.endpoint,
                "AWS_CONFIG_FILE": os.devnull,
                "HOME": str(folder),
                "PATH": f"{ROOT / '.tools' / 'aws' / 'bin'}{os.pathsep}{os.environ['PATH']}",
            },
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="session")
def account() -> Iterator[Account]:
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    empty = Account(f"http://{host}:{port}", {})
    yield Account(empty.endpoint, _with_a_stack(empty))
    server.stop()


def _with_a_stack(account: Account) -> dict[str, str]:
    stack = "gallery"
    pool = _pool(account, stack)
    account.client("cloudformation").create_stack(StackName=stack, TemplateBody=STACK)
    _logs(account, stack)
    return {
        "OLD_POOL": pool,
        "USER_POOL": pool,
        "0xaddress": ADDRESS,
        "rest-api-id API": f"rest-api-id {_api(account)}",
        "CURSOR_KEY": _secret(account, "cursor-key"),
        "PROVIDER_KEYS": _secret(account, "provider-keys"),
        "STACK": stack,
    }


def _secret(account: Account, name: str) -> str:
    made = account.client("secretsmanager").create_secret(Name=name, SecretString="x" * 64)
    return str(made["ARN"])


def _pool(account: Account, stack: str) -> str:
    cognito = account.client("cognito-idp")
    schema: Any = [{"Name": "contract_at", "AttributeDataType": "String", "Mutable": True}]
    made = cognito.create_user_pool(PoolName=f"{stack}-wallets", Schema=schema)
    pool: str = made["UserPool"]["Id"]
    checksummed = "0x52908400098527886E0F7030069857D2E4169EE7"
    for name in (ADDRESS, checksummed, "0xde709f2102306220921060314715629080e2fb77"):
        cognito.admin_create_user(UserPoolId=pool, Username=name)
    return pool


def _api(account: Account) -> str:
    gateway = account.client("apigateway")
    api: str = gateway.create_rest_api(name="gallery-api")["id"]
    root = gateway.get_resources(restApiId=api)["items"][0]["id"]
    where = {"restApiId": api, "resourceId": root, "httpMethod": "GET"}
    gateway.put_method(**where, authorizationType="NONE")
    gateway.put_integration(**where, type="MOCK")
    gateway.create_deployment(restApiId=api, stageName="prod")
    return api


def _logs(account: Account, stack: str) -> None:
    logs = account.client("logs")
    lines = {"triggers": '{"code": "nonce_mismatch"}', "routes": '{"status": 502}'}
    for part, line in lines.items():
        where = {"logGroupName": f"/aws/lambda/{stack}-{part}", "logStreamName": "today"}
        logs.create_log_group(logGroupName=where["logGroupName"])
        logs.create_log_stream(**where)
        now = int(time.time() * 1000)
        logs.put_log_events(**where, logEvents=[{"timestamp": now, "message": line}])
