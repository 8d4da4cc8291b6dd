"""A function's table and the API's paths: the same routes, and the same parameters of a query."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from typing import Any

import pytest

from local.template.stack_template import Resource
from runtime.route import PUBLIC
from tests.contract.conftest import deployed_with
from tests.contract.production import EVERYTHING
from tests.contract.reading import operations, parameters_of, routes_of

STACK = deployed_with(**EVERYTHING)
FUNCTIONS = {function.logical_id: function for function in routes_of(STACK).values()}
ADDRESS = "0x" + "1" * 40
IN_PATHS = {
    "address": ADDRESS,
    "chainId": "1",
    "contractAddress": ADDRESS,
    "name": "alice.eth",
    "owner": ADDRESS,
    "tokenId": "7",
}


class Anything:
    """A service that has every name and takes every call, and so shows what a route asked first."""

    def __getattr__(self, name: str) -> Anything:
        return self

    def __call__(self, *arguments: object, **named: object) -> Anything:
        return self

    def __enter__(self) -> Anything:
        return self

    def __exit__(self, *raised: object) -> None:
        pass


class Query(Mapping[str, str]):
    """An empty query that writes down what it is asked for."""

    def __init__(self) -> None:
        self.read: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.read.add(name)
        raise KeyError(name)

    def __iter__(self) -> Any:
        raise AssertionError("a route that reads all of a query cannot be cached by parts of it")

    def __len__(self) -> int:
        return 1


def table_of(function: Resource) -> dict[str, Any]:
    module = function.properties["Handler"].rpartition(".")[0]
    routes: dict[str, Any] = import_module(module).ROUTES
    return routes


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_table_has_the_routes_that_the_api_sends_to_its_function(function: str) -> None:
    sent = {
        path.removeprefix(PUBLIC)
        for (_, path), one in routes_of(STACK).items()
        if one.logical_id == function
    }
    assert set(table_of(FUNCTIONS[function])) == sent


@pytest.mark.parametrize("path", [path for verb, path in routes_of(STACK) if verb == "get"])
def test_a_route_reads_of_the_query_what_it_declares_and_nothing_else(path: str) -> None:
    """What it read besides would be in no cache key."""
    query = Query()
    event = {
        "resource": path,
        "pathParameters": IN_PATHS,
        "queryStringParameters": query,
        "requestContext": {"authorizer": {"claims": {"cognito:username": ADDRESS}}},
    }
    with suppress(Exception):  # the answer is nothing to anybody
        route = table_of(routes_of(STACK)["get", path])[path.removeprefix(PUBLIC)]
        route(Anything(), event, Anything())
    assert query.read == set(parameters_of(operations(STACK)["get", path], "query"))
