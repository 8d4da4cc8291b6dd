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
    "/me/nfts": {"chainId", "cursor", "limit", "contract", "spam"},
}
GATE = "/gate/{chainId}/{contractAddress}"
"""Says who holds a token now, so it is asked now; a key it has all the same."""
CONTRACT = "/chains/{chainId}/contracts/{contractAddress}"
PAGE = {"cursor", "limit"}
SHARED = {
    "/chains": set(),
    CONTRACT: set(),
    f"{CONTRACT}/nfts": PAGE,
    f"{CONTRACT}/nfts/{{tokenId}}": set(),
    "/chains/{chainId}/owners/{owner}/nfts": PAGE | {"contract", "spam"},
}
COLLECTION = "/getNFTsCollectionAlchemy"
LOOKUPS = {
    "/names/{name}": set(),
    "/addresses/{address}/name": set(),
    "/chains/{chainId}/contracts/{contractAddress}/nfts/{tokenId}/metadata": {"image"},
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


def test_keeps_the_lookups_encrypted_and_nothing_else(cached: StackTemplate) -> None:
    stage = stage_of(cached)
    assert (stage["CacheClusterEnabled"], stage["CacheClusterSize"]) == (True, "1.6")
    kept = [setting for setting in stage["MethodSettings"] if is_cached(setting)]
    assert {(s["HttpMethod"], s["ResourcePath"]) for s in kept} == {
        ("GET", "/" + path.replace("/", "~1"))
        for path in (COLLECTION, *WALLET_BOUND, *SHARED, *LOOKUPS)
    }
    assert {s["CacheDataEncrypted"] for s in kept} == {True}
    assert {str(s["CacheTtlInSeconds"]) for s in kept} == {"30"}


@pytest.mark.parametrize("path", [COLLECTION, *WALLET_BOUND, *SHARED, GATE])
def test_without_it_the_api_declares_nothing_of_it(stack: StackTemplate, path: str) -> None:
    """Whether AWS's import takes such headers is not known: no other deployment depends on it."""
    integration = integration_of(stack, path)
    assert "cacheKeyParameters" not in integration
    assert "context." not in str(integration.get("requestParameters", {}))
    parameters = operations(stack)["get", path]["parameters"]
    assert {parameter["in"] for parameter in parameters} <= {"path", "query"}


@pytest.mark.parametrize("path", [*WALLET_BOUND, GATE])
def test_a_wallets_key_has_the_wallet_twice(cached: StackTemplate, path: str) -> None:
    integration = integration_of(cached, path)
    keys = set(integration["cacheKeyParameters"])
    mapped = integration["requestParameters"]
    subjects = {k for k in keys if mapped.get(k) == "context.authorizer.claims.sub"}
    parameters = {f"method.request.querystring.{name}" for name in WALLET_BOUND.get(path, set())}
    parameters |= path_parameters(path)
    token = {"method.request.header.Authorization"}
    assert len(subjects) == 1
    assert keys == subjects | token | parameters | ORIGIN


def test_every_route_that_knows_its_caller_is_listed_here(stack: StackTemplate) -> None:
    known = {
        path
        for (_, path), operation in operations(stack).items()
        if {"CognitoUserPool": []} in operation.get("security", [])
    }
    assert known == {*WALLET_BOUND, GATE}


def test_guests_share_what_the_parameters_name(cached: StackTemplate) -> None:
    query = {f"method.request.querystring.{name}" for name in ("contractAddress", "pageKey")}
    assert set(integration_of(cached, COLLECTION)["cacheKeyParameters"]) == query | ORIGIN


def path_parameters(path: str) -> set[str]:
    return {f"method.request.path.{name}" for name in re.findall(r"\{(\w+)\}", path)}


@pytest.mark.parametrize("path", SHARED)
def test_what_anybody_may_ask_is_kept_by_the_whole_question(
    cached: StackTemplate, path: str
) -> None:
    query = {f"method.request.querystring.{name}" for name in SHARED[path]}
    keys = set(integration_of(cached, path)["cacheKeyParameters"])
    assert keys == query | path_parameters(path) | ORIGIN


@pytest.mark.parametrize("path", [*SHARED, *LOOKUPS, *WALLET_BOUND, GATE, COLLECTION])
def test_every_parameter_a_route_declares_is_in_its_key(cached: StackTemplate, path: str) -> None:
    places = {"path": "path", "query": "querystring", "header": "header"}
    declared = operations(cached)["get", path]["parameters"]
    names = {f"method.request.{places[p['in']]}.{p['name']}" for p in declared}
    assert names <= set(integration_of(cached, path)["cacheKeyParameters"])


@pytest.mark.parametrize("path", LOOKUPS)
def test_guests_share_what_a_path_and_its_query_name(
    stack: StackTemplate, cached: StackTemplate, path: str
) -> None:
    assert "cacheKeyParameters" not in integration_of(stack, path)
    query = {f"method.request.querystring.{name}" for name in LOOKUPS[path]}
    keys = set(integration_of(cached, path)["cacheKeyParameters"])
    assert keys == query | path_parameters(path) | ORIGIN


@pytest.mark.parametrize("path", [COLLECTION, *WALLET_BOUND])
def test_what_a_template_reads_of_the_request_is_in_the_key(
    cached: StackTemplate, path: str
) -> None:
    integration = integration_of(cached, path)
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
