"""The stage cache as declared: off, and when on, every wallet's entries apart."""

from __future__ import annotations

import re
from typing import Any

import pytest

from local.template.stack_template import StackTemplate
from tests.contract.conftest import deployed_with
from tests.contract.reading import integration_of, operations

WALLET_BOUND = {
    "/getNFTsAlchemy": {"pageKey"},
    "/getNFTsMoralis": {"chain", "cursor"},
    "/getNFTsAlchemyLambda": {"pageKey"},
    "/getNFTsMoralisLambda": {"chain", "cursor"},
}
COLLECTION = "/getNFTsCollectionAlchemy"
LOOKUPS = {
    "/names/{name}": {"name"},
    "/addresses/{address}/name": {"address"},
    "/chains/{chainId}/contracts/{contractAddress}/nfts/{tokenId}/metadata": {
        *("chainId", "contractAddress", "tokenId")
    },
}
ORIGIN = {"method.request.header.Origin", "method.request.header.origin"}
READ = re.compile(r"\$input\.params\(\)\.(querystring|header)\.get\('(\w+)'\)")


@pytest.fixture(scope="module")
def cached() -> StackTemplate:
    return deployed_with(CacheSizeGb="1.6", CacheTtlSeconds="30")


def stage_of(stack: StackTemplate) -> dict[str, Any]:
    return dict(stack.only("AWS::ApiGateway::Stage").properties)


def is_cached(setting: dict[str, Any]) -> bool:
    return setting.get("CachingEnabled") is True


def test_is_off_by_default(stack: StackTemplate) -> None:
    stage = stage_of(stack)
    assert stage["CacheClusterEnabled"] is False
    assert "CacheClusterSize" not in stage
    assert not any(is_cached(setting) for setting in stage["MethodSettings"])


def test_keeps_lookups_encrypted_and_nothing_else(cached: StackTemplate) -> None:
    stage = stage_of(cached)
    assert (stage["CacheClusterEnabled"], stage["CacheClusterSize"]) == (True, "1.6")
    kept = [setting for setting in stage["MethodSettings"] if is_cached(setting)]
    assert {(s["HttpMethod"], s["ResourcePath"]) for s in kept} == {
        ("GET", f"/{path.replace('/', '~1')}") for path in (COLLECTION, *WALLET_BOUND, *LOOKUPS)
    }
    assert {s["CacheDataEncrypted"] for s in kept} == {True}
    assert {str(s["CacheTtlInSeconds"]) for s in kept} == {"30"}


@pytest.mark.parametrize("path", WALLET_BOUND)
def test_a_wallets_key_has_the_wallet_twice(stack: StackTemplate, path: str) -> None:
    integration = integration_of(stack, path)
    keys = set(integration["cacheKeyParameters"])
    mapped = integration["requestParameters"]
    subjects = {k for k in keys if mapped.get(k) == "context.authorizer.claims.sub"}
    parameters = {f"method.request.querystring.{name}" for name in WALLET_BOUND[path]}
    token = {"method.request.header.Authorization"}
    assert len(subjects) == 1
    assert keys == subjects | token | parameters | ORIGIN


def test_every_route_that_knows_its_caller_is_listed_here(stack: StackTemplate) -> None:
    known = {
        path
        for (_, path), operation in operations(stack).items()
        if {"CognitoUserPool": []} in operation.get("security", [])
    }
    assert known == set(WALLET_BOUND)


def test_guests_share_what_the_parameters_name(stack: StackTemplate) -> None:
    query = {f"method.request.querystring.{name}" for name in ("contractAddress", "pageKey")}
    assert set(integration_of(stack, COLLECTION)["cacheKeyParameters"]) == query | ORIGIN


@pytest.mark.parametrize("path", LOOKUPS)
def test_guests_share_what_a_path_names(
    stack: StackTemplate, cached: StackTemplate, path: str
) -> None:
    assert "cacheKeyParameters" not in integration_of(stack, path)
    keys = set(integration_of(cached, path)["cacheKeyParameters"])
    assert keys == {f"method.request.path.{name}" for name in LOOKUPS[path]} | ORIGIN


@pytest.mark.parametrize("path", [COLLECTION, *WALLET_BOUND])
def test_what_a_template_reads_of_the_request_is_in_the_key(
    stack: StackTemplate, path: str
) -> None:
    integration = integration_of(stack, path)
    keys = set(integration["cacheKeyParameters"])
    answers = integration.get("responses", {}).values()
    templates = [*integration.get("requestTemplates", {}).values()]
    templates += [t for answer in answers for t in answer["responseTemplates"].values()]
    for template in templates:
        read = {f"method.request.{place}.{name}" for place, name in READ.findall(template)}
        assert read <= keys
        # the short form, $input.params('x'), takes a header where the query string has no x
        assert "$input.params(" not in READ.sub("", template)


def test_no_role_may_invalidate_or_flush(stack: StackTemplate) -> None:
    for role in stack.of_type("AWS::IAM::Role"):
        policies = str(role.properties["Policies"])
        assert "InvalidateCache" not in policies
        assert "apigateway:" not in policies
        assert "execute-api:*" not in policies
