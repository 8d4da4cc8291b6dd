"""The template's own API with the cache on: each request gets what it gets without a cache.

And with any one part of a key gone, some request does not: so every part is needed, and these
tests can fail. Of the wallet, which is in its keys twice, either part alone is enough. Routes,
parameters and keys are the template's.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from functools import cache
from typing import Any

import httpx
import pytest

from local.api_gateway.ports import TokenRefusedError
from local.template.stack_template import StackTemplate
from tests.contract.conftest import deployed_with
from tests.contract.reading import gets, integration_of, method_settings, parameters_of
from tests.local.api_gateway.conftest import Endpoint, Gateway, Neighbours

ORIGINS = ["https://a.example", "https://b.example", "https://evil.example"]
ORIGIN = ["method.request.header.Origin", "method.request.header.origin"]
TOKEN = "method.request.header.Authorization"
SIGNED = "AWS4-HMAC-SHA256 Credential=x"
WALLETS = ["Bearer a1", "Bearer a2", "Bearer b1"]
ADDRESSES = ["0x" + "1" * 40, "0x" + "2" * 40]
VALUES = {"contractAddress": ADDRESSES}
"""Of parameters that a mapping template takes in one form only; of all others any text will do."""


@cache
def deployed(size: str) -> StackTemplate:
    origins = ",".join(ORIGINS[:2])
    return deployed_with(CacheSizeGb=size, AllowedOrigins=origins)


def keys_of(route: str) -> list[str]:
    keys: list[str] = integration_of(deployed("0.5"), route)["cacheKeyParameters"]
    return keys


def subjects_of(route: str) -> list[str]:
    """The parts of a key that are the subject of the caller's token."""
    mapped = integration_of(deployed("0.5"), route).get("requestParameters", {})
    return [key for key in keys_of(route) if mapped.get(key) == "context.authorizer.claims.sub"]


ROUTES = gets(deployed("0.5"))
"""Path -> its operation, of each route that asks something."""
OWN = [
    route
    for route, operation in ROUTES.items()
    if {"CognitoUserPool": []} in operation.get("security", [])
]
CACHED = [
    route
    for route in ROUTES
    if method_settings(deployed("0.5")).get(("GET", route), {}).get("CachingEnabled")
]
PARTS = [
    (route, part)
    for route in CACHED
    for alone in [[*subjects_of(route), TOKEN] if route in OWN else []]
    for part in [
        *([alone] if alone else []),
        ORIGIN,
        *([key] for key in keys_of(route) if key not in (*alone, *ORIGIN)),
    ]
]

type Wanted = tuple[str, dict[str, str]]
"""A path with its query, and headers."""
type Answer = tuple[int, str, str | None]
"""Status, body, and the page that may read it."""


class Echo(Endpoint):
    """A provider that answers with what it was asked."""

    async def answer(self, request: httpx.Request) -> httpx.Response:
        self.body = json.dumps({"asked": str(request.url)}).encode()
        return await super().answer(request)


class Wallets(Neighbours):
    """Two wallets, `a` and `b`; a token is its wallet's letter and a number."""

    client_id: str = ""

    def authorize_iam(self, caller: object, *, action: str, resource: str) -> bool:
        return action == "execute-api:Invoke"

    def verify_id_token(self, user_pool_arn: str, token: str) -> dict[str, object]:
        if token[:1] not in ("a", "b"):
            raise TokenRefusedError
        address = "0x" + token[0] * 40
        names = {"cognito:username": address, "wallet": address, "sub": f"subject-{token[0]}"}
        return {**names, "aud": self.client_id, "token_use": "id"}


def function(event: Mapping[str, object]) -> dict[str, object]:
    """A route that answers with all it may read, and names the page that may read it.

    That real ones read no other parameter of the query is held by test_route_tables.
    """
    context, headers = event["requestContext"], event["headers"]
    assert isinstance(context, Mapping)
    assert isinstance(headers, Mapping)
    claims = context.get("authorizer", {}).get("claims", {"cognito:username": "a guest"})
    given = event["queryStringParameters"]
    query = given if isinstance(given, Mapping) else {}
    declared = parameters_of(ROUTES[str(event["resource"])], "query")
    read = {name: query.get(name) for name in declared}
    body = json.dumps([claims["cognito:username"], event["pathParameters"], read])
    origin = str(headers.get("origin", ""))
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": origin}, "body": body}


def gallery(size: str = "0.5", without: Mapping[str, list[str]] | None = None) -> Gateway:
    """The deployed API; `without` takes these parameters out of the keys of these routes."""
    stack = deployed(size)
    body: dict[str, Any] = deepcopy(stack.only("AWS::ApiGateway::RestApi").properties["Body"])
    stage = dict(stack.only("AWS::ApiGateway::Stage").properties)
    for route, names in (without or {}).items():
        keys = body["paths"][route]["get"]["x-amazon-apigateway-integration"]
        keys["cacheKeyParameters"] = [k for k in keys["cacheKeyParameters"] if k not in names]
    neighbours = Wallets(function=function)
    neighbours.client_id = stack.only("AWS::Cognito::UserPoolClient").physical_id
    for key in ("DeploymentId", "RestApiId", "StageName"):
        stage.pop(key)
    unthrottled = {"ThrottlingRateLimit": 9999, "ThrottlingBurstLimit": 5000}
    stage["MethodSettings"] = [{**row, **unthrottled} for row in stage["MethodSettings"]]
    return Gateway(body, Echo(), neighbours, stage)


def paths_of(route: str) -> list[str]:
    """The route with two values of each parameter in its path."""
    names = re.findall(r"{(\w+)}", route)
    chosen = itertools.product(*(VALUES.get(name, ["1", "name"]) for name in names))
    return [route.format(**dict(zip(names, values, strict=True))) for values in chosen]


def queries_of(route: str) -> list[dict[str, str]]:
    """Every mixture of its parameters, each there or not; two values of each while they are few."""
    names = parameters_of(ROUTES[route], "query")
    values = 2 if len(names) <= 2 else 1
    mixtures = itertools.product(*([None, *VALUES.get(n, ["a", "b"])[:values]] for n in names))
    return [
        {name: value for name, value in zip(names, chosen, strict=True) if value is not None}
        for chosen in mixtures
    ]


def required_by(route: str) -> list[str]:
    """Parameters of the query without which API Gateway answers 400."""
    declared = ROUTES[route]["parameters"]
    return [p["name"] for p in declared if p["in"] == "query" and p["required"]]


def smuggled_into(route: str) -> tuple[dict[str, str], dict[str, str]]:
    """A query and headers that must not stand in for parameters of the path and the query."""
    in_path, in_query = (parameters_of(ROUTES[route], place) for place in ("path", "query"))
    query = {name: "x" for name in (*in_path, "owner") if name not in in_query}
    return query, dict.fromkeys([*in_path, *in_query, "owner"], "x")


def requests(route: str) -> Iterator[Wanted]:
    """Every mixture of caller, parameters and origin; of two origins, with smuggled ones too."""
    callers = WALLETS if route in OWN else [SIGNED]
    more, headers = smuggled_into(route)
    asked = itertools.product(paths_of(route), queries_of(route), callers, [None, *ORIGINS])
    for path, query, caller, origin in asked:
        own = {"Authorization": caller} | ({"Origin": origin} if origin else {})
        if origin in (None, ORIGINS[0]):
            yield f"{path}?{httpx.QueryParams(query | more)}", own | headers
        yield f"{path}?{httpx.QueryParams(query)}", own


def answered(gateway: Gateway, wanted: Iterable[Wanted]) -> Iterator[Answer]:
    for path, headers in wanted:
        response = gateway.send("GET", path, headers=headers)
        allowed = response.headers.get("access-control-allow-origin")
        yield response.status_code, response.text, allowed


def answers(gateway: Gateway, wanted: Iterable[Wanted]) -> list[Answer]:
    return list(answered(gateway, wanted))


@cache
def uncached(route: str) -> list[Answer]:
    return answers(gallery("0"), requests(route))


@pytest.mark.parametrize("route", ROUTES)
def test_every_request_gets_what_it_gets_without_a_cache(route: str) -> None:
    wanted, expected = list(requests(route)), uncached(route)
    assert {status for status, _, _ in expected} == ({200, 400} if required_by(route) else {200})
    cached = gallery()
    assert answers(cached, wanted) == expected
    assert answers(cached, wanted) == expected
    assert answers(gallery(), wanted[::-1]) == expected[::-1]


@pytest.mark.parametrize(("route", "part"), PARTS)
def test_without_any_part_of_its_key_a_route_gives_a_page_away(route: str, part: list[str]) -> None:
    given = answered(gallery(without={route: part}), requests(route))
    assert any(one != expected for one, expected in zip(given, uncached(route), strict=True))


@pytest.mark.parametrize("lost", ["subject", "token"])
@pytest.mark.parametrize("route", [route for route in OWN if route in CACHED])
def test_either_name_of_the_wallet_alone_keeps_wallets_apart(route: str, lost: str) -> None:
    part = subjects_of(route) if lost == "subject" else [TOKEN]
    assert answers(gallery(without={route: part}), requests(route)) == uncached(route)


@pytest.mark.parametrize("route", [route for route in CACHED if route not in OWN])
def test_a_thousand_guests_cost_one_call(route: str) -> None:
    gateway = gallery()
    query = httpx.QueryParams({name: VALUES[name][0] for name in required_by(route)})
    wanted = (f"{paths_of(route)[0]}?{query}", {"Authorization": SIGNED})
    given = answers(gateway, [wanted] * 1000)
    assert (len(set(given)), given[0][0]) == (1, 200)
    assert len(gateway.endpoint.requests) + len(gateway.neighbours.invocations) == 1


@pytest.mark.parametrize("route", CACHED)
def test_nobody_flushes_an_entry(route: str) -> None:
    gateway, flush = gallery(), {"Cache-Control": "max-age=0"}
    path, headers = list(requests(route))[-1]
    first = gateway.send("GET", path, headers=headers)
    asked = len(gateway.endpoint.requests), len(gateway.neighbours.invocations)
    again = gateway.send("GET", path, headers=headers | flush)
    assert (again.text, again.status_code) == (first.text, first.status_code)
    assert again.headers["warning"].startswith("199 ")
    assert asked == (len(gateway.endpoint.requests), len(gateway.neighbours.invocations))
