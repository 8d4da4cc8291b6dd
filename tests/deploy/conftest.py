"""A deployed stack in moto's memory: a real bucket of CloudFormation's, a distribution, a pool."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from moto import mock_aws

from deploy.bucket import Bucket
from deploy.clients import Clients, connect
from deploy.stack import Stack, deployed_stack

ACCOUNT = "123456789012"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CONFIG = {
    "region": "us-east-1",
    "userPoolId": "us-east-1_Wallets01",
    "userPoolClientId": "1example23456789",
    "identityPoolId": "us-east-1:11111111-1111-4111-8111-111111111111",
    "apiEndpoint": "https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod",
}


@pytest.fixture
def clients() -> Iterator[Clients]:
    with mock_aws():
        yield connect("us-east-1")


def template(outputs: dict[str, Any], **bucket: Any) -> str:
    return json.dumps(
        {
            "Description": "NFT Gallery: a test's",
            "Parameters": {"Profile": {"Type": "String", "Default": "dev"}},
            "Resources": {"DappBucket": {"Type": "AWS::S3::Bucket", **bucket}},
            "Outputs": {name: {"Value": value} for name, value in outputs.items()},
        }
    )


@dataclass(frozen=True)
class Deployment:
    clients: Clients
    stack: Stack

    @property
    def bucket(self) -> Bucket:
        return Bucket(self.clients.s3, self.stack.outputs["DappBucketName"], ACCOUNT)

    def objects(self) -> list[str]:
        found = self.clients.s3.list_objects_v2(Bucket=self.bucket.name)
        return sorted(item["Key"] for item in found.get("Contents", []))


type Deploy = Callable[..., Deployment]


@pytest.fixture
def deploy(clients: Clients) -> Deploy:
    """Makes a stack of this template; other outputs or bucket properties by keyword."""

    def made(
        name: str = "Gallery", *, bucket: dict[str, Any] | None = None, protected: bool = False
    ) -> Deployment:
        outputs = {
            "DappBucketName": {"Ref": "DappBucket"},
            "DistributionId": distribution(clients),
            "UserPoolId": CONFIG["userPoolId"],
            "UserPoolClientId": CONFIG["userPoolClientId"],
            "DappUrl": "https://d111111abcdef8.cloudfront.net",
            "DappConfig": json.dumps(CONFIG),
        }
        body = template(outputs, **(bucket or {}))
        clients.cloudformation.create_stack(
            StackName=name, TemplateBody=body, EnableTerminationProtection=protected
        )
        return Deployment(clients, deployed_stack(clients.cloudformation, name))

    return made


def distribution(clients: Clients) -> str:
    origin = {"Id": "o", "DomainName": "b.s3.amazonaws.com", "S3OriginConfig": _NO_IDENTITY}
    config: Any = {
        "CallerReference": "1",
        "Comment": "",
        "Enabled": True,
        "Origins": {"Quantity": 1, "Items": [origin]},
        "DefaultCacheBehavior": {"TargetOriginId": "o", "ViewerProtocolPolicy": "https-only"},
    }
    made = clients.cloudfront.create_distribution(DistributionConfig=config)
    return made["Distribution"]["Id"]


_NO_IDENTITY = {"OriginAccessIdentity": ""}


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A small build of the dApp."""
    folder = tmp_path / "out"
    build(folder, "one")
    return folder


def build(folder: Path, version: str) -> None:
    """A build whose assets carry the version in their names, as a hash would be."""
    (folder / "assets").mkdir(parents=True, exist_ok=True)
    for old in (folder / "assets").iterdir():
        old.unlink()
    script, style = f"index-{version:a<8}.js", f"index-{version:b<8}.css"
    (folder / "assets" / script).write_text(f"run({version!r})")
    (folder / "assets" / style).write_text(f"/* {version} */")
    (folder / "favicon.svg").write_text("<svg/>")
    (folder / ".prepared").write_text("a stamp of the build")
    (folder / "index.html").write_text(
        '<!doctype html>\n<html>\n  <head>\n    <meta charset="utf-8" />\n'
        f'    <script type="module" src="./assets/{script}"></script>\n  </head>\n</html>\n'
    )


class Proxy:
    """A client that tells `before` of each call, which may raise in its place."""

    def __init__(self, client: Any, before: Callable[[str, dict[str, Any]], None]) -> None:
        self._client, self._before = client, before

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._client, name)
        if name in ("exceptions", "meta"):
            return found
        if name == "get_paginator":
            return lambda operation: _PaginatorProxy(found(operation), operation, self._before)

        def called(**request: Any) -> Any:
            self._before(name, request)
            return found(**request)

        return called


class _PaginatorProxy:
    def __init__(self, paginator: Any, operation: str, before: Callable[..., None]) -> None:
        self._paginator, self._operation, self._before = paginator, operation, before

    def paginate(self, **request: Any) -> Any:
        self._before(self._operation, request)
        return self._paginator.paginate(**request)
