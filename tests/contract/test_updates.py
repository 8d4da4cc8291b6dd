"""Every parameter walked through an update: what is live is what a fresh stack would have.

A stage serves the snapshot of its deployment (`local.api_gateway.live_api`), so this is not so of
itself: without AlwaysDeploy a stage cache that is switched on shows one wallet's page to another.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from local.api_gateway.live_api import LiveApi, created, updated
from local.template.document import load_document
from local.template.resource_types import Place
from local.template.stack_template import StackTemplate, load_stack_template
from tests.contract.conftest import CANARIES, ROOT
from tests.contract.reading import integration_of

CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0000-0000-0000-000000000000"
ACL = (
    "arn:aws:wafv2:us-east-1:123456789012:{scope}/webacl/mine/0a1b2c3d-0000-0000-0000-000000000000"
)
OF_THE_SITE = {"SiteDomainName": "gallery.example", "SiteCertificateArn": CERTIFICATE}
OF_THE_API = {"ApiDomainName": "api.gallery.example", "ApiCertificateArn": CERTIFICATE}
FREE_TEXT: dict[str, Mapping[str, str]] = {
    "AlchemyApiKey": {"AlchemyApiKey": "another-alchemy-key"},
    "MoralisApiKey": {"MoralisApiKey": "another-moralis-key"},
    "ProviderKeysVersion": {"ProviderKeysVersion": "2"},
    "AlchemyNetworksUrl": {"AlchemyNetworksUrl": "https://{network}.nft.example/v3"},
    "MoralisUrl": {"MoralisUrl": "https://moralis.example/api"},
    "AlchemyRps": {"AlchemyRps": "7"},
    "MoralisRps": {"MoralisRps": "7"},
    "ChainReadRps": {"ChainReadRps": "7"},
    "LookupRps": {"LookupRps": "7"},
    "StageRps": {"StageRps": "7"},
    "HedgeAfterSeconds": {"HedgeAfterSeconds": "1.5"},
    "AllowedOrigins": {"AllowedOrigins": "https://a.example,https://b.example"},
    "ChainIds": {"ChainIds": "1,137"},
    "RpcUrls": {"RpcUrls": "1=https://node.example"},
    "SignInStatement": {"SignInStatement": "Hello."},
    "IdTokenMinutes": {"IdTokenMinutes": "5"},
    "AlchemyWebhookSigningKeys": {"AlchemyWebhookSigningKeys": "whsec_0123456789abcdef"},
    "MoralisStreamSecrets": {"MoralisStreamSecrets": "0123456789abcdef"},
    "UnprovenUserDays": {"UnprovenUserDays": "7", "UnprovenUsers": "report"},
    "CacheTtlSeconds": {"CacheTtlSeconds": "7", "CacheSizeGb": "0.5"},
    "RouteConcurrency": {"RouteConcurrency": "7"},
    "TriggerConcurrency": {"TriggerConcurrency": "7"},
    "WebAclArn": {"WebAclArn": ACL.format(scope="regional")},
    "SiteWebAclArn": {"SiteWebAclArn": ACL.format(scope="global")},
    "SiteDomainName": OF_THE_SITE,
    "SiteCertificateArn": OF_THE_SITE,
    "ApiDomainName": OF_THE_API,
    "ApiCertificateArn": OF_THE_API,
    "HostedZoneId": {**OF_THE_SITE, **OF_THE_API, "HostedZoneId": "Z0123456789ABC"},
    "WalletConnectProjectId": {"WalletConnectProjectId": "0123456789abcdef" * 2},
    "PermissionsBoundary": {"PermissionsBoundary": "arn:aws:iam::123456789012:policy/mine"},
}
"""By parameter, another value of it, with what it needs beside it."""

PARAMETERS: Mapping[str, Any] = load_document(ROOT / "template.yaml")["Parameters"]
OTHERS = [
    *(given for name, given in FREE_TEXT.items() if name in PARAMETERS),
    *(
        {name: str(value)}
        for name, parameter in PARAMETERS.items()
        for value in parameter.get("AllowedValues", [])
        if str(value) != str(parameter.get("Default"))
    ),
]
UPDATES = [
    *(pytest.param({}, given, id=f"on: {given}") for given in OTHERS),
    *(pytest.param(given, {}, id=f"off: {given}") for given in OTHERS),
]
NEEDS_ANOTHER_VERSION = {"AlchemyApiKey", "MoralisApiKey"}
"""Keys of the HTTP integrations: CloudFormation reads a secret again with ProviderKeysVersion."""

STAYS = {
    "WalletBucket": "what wallets stored is theirs (docs/wallet-storage.md)",
    "ApiGatewayLogRoleOfAccount": "one setting for all stacks of a region (docs/production.md)",
    "ApiGatewayAccount": "one setting for all stacks of a region (docs/production.md)",
}
"""What an option leaves behind when it is taken away, and where the documents say so."""


@cache
def _deployed(given: frozenset[tuple[str, str]], now: float, file: Path) -> StackTemplate:
    place = Place("us-east-1", "123456789012", "gallery", "d111111abcdef8.cloudfront.net")
    return load_stack_template(file, {**CANARIES, **dict(given)}, place, now=now)


def deployed(
    given: Mapping[str, str], *, at: float, file: Path = ROOT / "template.yaml"
) -> StackTemplate:
    return _deployed(frozenset(given.items()), at, file)


def served(live: LiveApi) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The snapshot and the stage's settings, without the deployment's name."""
    settings = {k: v for k, v in live.stage.properties.items() if k != "DeploymentId"}
    return live.body, settings


def test_every_parameter_is_walked() -> None:
    walked = {name for given in OTHERS for name in given}
    assert sorted(set(PARAMETERS) - walked) == []


@pytest.mark.parametrize(("before", "after"), UPDATES)
def test_an_update_serves_what_a_fresh_stack_would(
    before: Mapping[str, str], after: Mapping[str, str]
) -> None:
    if {*before, *after} & NEEDS_ANOTHER_VERSION:
        after = {**after, "ProviderKeysVersion": "2"}
    live = updated(created(deployed(before, at=1)), deployed(after, at=2))
    assert served(live) == served(created(deployed(after, at=3)))


@pytest.mark.parametrize("name", sorted(NEEDS_ANOTHER_VERSION))
def test_a_key_of_an_http_route_is_not_live_without_another_version(name: str) -> None:
    """CloudFormation's own limit, and why ProviderKeysVersion exists."""
    after = FREE_TEXT[name]
    live = updated(created(deployed({}, at=1)), deployed(after, at=2))
    assert served(live) != served(created(deployed(after, at=2)))


def test_a_second_later_the_same_template_makes_another_deployment() -> None:
    deployments = {created(deployed({}, at=at)).deployment_id for at in (1, 2)}
    assert len(deployments) == 2


@pytest.fixture
def deployed_once(tmp_path: Path) -> Path:
    """The template without AlwaysDeploy, and with the cache's keys as long as there is a cache."""
    document = load_document(ROOT / "template.yaml")
    properties = document["Resources"]["GalleryApi"]["Properties"]
    del properties["AlwaysDeploy"]
    for path in properties["DefinitionBody"]["paths"].values():
        integration = path.get("get", {}).get("x-amazon-apigateway-integration", {})
        if keys := integration.get("cacheKeyParameters"):
            integration["cacheKeyParameters"] = {
                "Fn::If": ["HasCache", keys, {"Ref": "AWS::NoValue"}]
            }
    file = tmp_path / "template.yaml"
    file.write_text(json.dumps(document))
    return file


def test_without_always_deploy_a_cache_would_show_one_wallet_anothers_page(
    deployed_once: Path,
) -> None:
    """So this file can fail."""
    without, with_cache = (
        deployed({"CacheSizeGb": size}, at=at, file=deployed_once)
        for at, size in enumerate(("0", "0.5"))
    )
    live = updated(created(without), with_cache)
    assert live.stage.properties["CacheClusterEnabled"] is True
    own = live.body["paths"]["/getNFTsAlchemy"]["get"]["x-amazon-apigateway-integration"]
    assert "cacheKeyParameters" not in own


def test_even_a_snapshot_from_before_the_cache_has_the_wallet_in_its_key() -> None:
    keys = integration_of(deployed({}, at=1), "/getNFTsAlchemy")["cacheKeyParameters"]
    assert "integration.request.querystring.owner" in keys


@pytest.mark.parametrize("given", OTHERS, ids=str)
def test_an_option_taken_away_leaves_only_what_the_documents_name(
    given: Mapping[str, str],
) -> None:
    policies = load_document(ROOT / "template.yaml")["Resources"]
    with_option, without = (
        {resource.logical_id for resource in deployed(values, at=1).resources}
        for values in (given, {})
    )
    left = {
        name for name in with_option - without if policies[name].get("DeletionPolicy") == "Retain"
    }
    assert sorted(left - set(STAYS)) == []
