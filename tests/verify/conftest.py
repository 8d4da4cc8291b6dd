"""A gallery's stack, with the parameters and secrets that a run changes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from typing import Any, cast

import pytest
from moto import mock_aws

from deploy.clients import Clients, connect
from tests.deploy.conftest import CONFIG, Proxy
from tests.verify.cloudformation import FakeCloudFormation
from verify.on_aws import Run
from verify.suite import Given

PARAMETERS = {
    "Profile": "dev",
    "AlchemyApiKey": "canary-alchemy-original",
    "MoralisApiKey": "canary-moralis-original",
    "ProviderKeysVersion": "7",
    "AlchemyNetworksUrl": "https://{network}.g.alchemy.com/nft/v3",
    "MoralisUrl": "https://deep-index.moralis.io/api/v2.2",
    "AlchemyRps": "5",
    "MoralisRps": "10",
    "RpcUrls": "1=https://node.example/v2",
    "CacheSizeGb": "0",
    "ChainReadRps": "5",
    "UserPoolTier": "ESSENTIALS",
}
KEYS = ("AlchemyApiKey", "MoralisApiKey")
WEBHOOKS = {"AlchemySigningKeys": "whsec_first0123456789,whsec_second", "MoralisStreamSecrets": ""}
OUTPUTS = {
    "DappBucketName": "bucket-of-gallery",
    "DistributionId": "E1EXAMPLE",
    "DappUrl": "https://d111111abcdef8.cloudfront.net",
    "DappConfig": json.dumps(CONFIG),
    "UserPoolId": CONFIG["userPoolId"],
    "UserPoolClientId": CONFIG["userPoolClientId"],
}


def _secret(text: str) -> dict[str, Any]:
    return {
        "Type": "AWS::SecretsManager::Secret",
        "Properties": {"SecretString": {"Fn::Sub": text}},
    }


@dataclass
class Account:
    """`called` is what was asked of AWS that changes something, in order."""

    clients: Clients
    called: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)
    fails_at: str = ""
    """The name of a call that AWS refuses, `:2` for the second of its kind."""

    def __post_init__(self) -> None:
        secrets = self.clients.secretsmanager
        self.stacks = FakeCloudFormation(self.clients.s3, secrets, self._before)
        s3: Any = Proxy(self.clients.s3, lambda name, _: self._before(name))
        self.clients = replace(self.clients, cloudformation=cast(Any, self.stacks), s3=s3)

    def make(self, *, has_webhooks: bool = False, **parameters: str) -> None:
        keys = json.dumps({name: f"${{{name}}}" for name in KEYS})
        resources = {"DappBucket": {"Type": "AWS::S3::Bucket"}, "ProviderKeys": _secret(keys)}
        if has_webhooks:
            resources["WebhookKeys"] = _secret(json.dumps(WEBHOOKS))
        template = {
            "Description": "NFT Gallery: a test's",
            "Parameters": {name: {"NoEcho": name in KEYS} for name in PARAMETERS},
            "Resources": resources,
            "Outputs": OUTPUTS,
        }
        self.stacks.add("Gallery", template, {**PARAMETERS, **parameters})

    def live(self) -> dict[str, str]:
        return self.stacks.values("Gallery")

    def buckets(self) -> list[str]:
        return [bucket["Name"] for bucket in self.clients.s3.list_buckets()["Buckets"]]

    def _before(self, name: str) -> None:
        if name.startswith(("list_", "get_", "head_", "create_bucket", "delete_bucket")):
            return
        self.called.append(name)
        wanted, _, number = self.fails_at.partition(":")
        if name == wanted and self.called.count(name) == int(number or 1):
            raise OSError("the network is down, says canary-alchemy-original")

    def run(self, suite: Callable[[Given], int] = lambda _: 0) -> Run:
        def noted(given: Given) -> int:
            self.given.append(given)
            return suite(given)

        return Run(
            suite=noted, say=self.said.append, sleep=lambda _: None, uninterrupted=nullcontext
        )


@pytest.fixture
def account() -> Iterator[Account]:
    with mock_aws():
        yield Account(connect("us-east-1"))
