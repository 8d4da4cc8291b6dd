"""The stage cache as declared: off, and when on, every wallet's entries apart."""

from __future__ import annotations

import re
from typing import Any

import pytest

from local.template.stack_template import StackTemplate
from tests.contract.conftest import deployed_with
from tests.contract.reading import (
    gets,
    integration_of,
    method_settings,
    operations,
    parameters_of,
)
from tests.contract.test_template_api import ROUTES

ASKED = gets(deployed_with())
"""Path -> its operation, of each route that asks something; the gate and the raw ones too."""
WALLET_BOUND = [
    path
    for path, operation in ASKED.items()
    if {"CognitoUserPool": []} in operation.get("security", [])
]
PLACES = {"path": "path", "query": "querystring", "header": "header"}
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


def test_keeps_what_is_promised_encrypted_and_nothing_else(cached: StackTemplate) -> None:
    stage = stage_of(cached)
    assert (stage["CacheClusterEnabled"], stage["CacheClusterSize"]) == (True, "1.6")
    rows = {row: s for row, s in method_settings(cached).items() if is_cached(s)}
    promised = {("GET", path) for path, promise in ROUTES.items() if promise.is_cached}
    others = {("GET", path) for path in ASKED if path not in ROUTES}  # asked about elsewhere
    assert promised <= set(rows) <= promised | others
    assert {s["CacheDataEncrypted"] for s in rows.values()} == {True}
    assert {str(s["CacheTtlInSeconds"]) for s in rows.values()} == {"30"}


UNPROVED = {"method.request.header.Authorization", "method.request.header.origin"}
"""Whether AWS's import takes these is not known: no stack without the cache depends on it."""


@pytest.mark.parametrize("path", ASKED)
def test_without_it_the_keys_are_declared_but_for_what_an_import_may_refuse(
    stack: StackTemplate, cached: StackTemplate, path: str
) -> None:
    keys, cached_keys = (
        set(integration_of(each, path)["cacheKeyParameters"]) for each in (stack, cached)
    )
    assert keys == cached_keys - UNPROVED
    headers = {
        f"method.request.header.{name}"
        for name in parameters_of(operations(stack)["get", path], "header")
    }
    assert not headers & UNPROVED


@pytest.mark.parametrize("path", ASKED)
def test_a_key_is_all_that_a_route_declares_and_of_a_wallet_its_subject_too(
    cached: StackTemplate, path: str
) -> None:
    """Of the gate too, which is not cached: in case somebody caches the whole stage."""
    integration = integration_of(cached, path)
    keys, mapped = set(integration["cacheKeyParameters"]), integration.get("requestParameters", {})
    subjects = {k for k in keys if mapped.get(k) == "context.authorizer.claims.sub"}
    operation = operations(cached)["get", path]
    declared = {
        f"method.request.{PLACES[place]}.{name}"
        for place in PLACES
        for name in parameters_of(operation, place)
    }
    assert keys == declared | subjects
    assert len(subjects) == (1 if path in WALLET_BOUND else 0)


@pytest.mark.parametrize("path", ASKED)
def test_a_key_has_the_page_and_of_a_wallet_the_token(cached: StackTemplate, path: str) -> None:
    headers = {
        key
        for key in integration_of(cached, path)["cacheKeyParameters"]
        if key.startswith("method.request.header.")
    }
    token = {"method.request.header.Authorization"}
    assert headers == ORIGIN | (token if path in WALLET_BOUND else set())


@pytest.mark.parametrize("path", ASKED)
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
