"""The template's own API with the cache on: each request gets what it gets without a cache.

And with any one part of a key gone, some request does not: so every part is needed, and these
tests can fail. Of the wallet, which is in its keys twice, either part alone is enough.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from typing import Any

import httpx
import pytest

from local.api_gateway.ports import TokenRefusedError
from local.template.stack_template import StackTemplate
from tests.contract.conftest import deployed_with
from tests.local.api_gateway.conftest import Endpoint, Gateway, Neighbours

COLLECTION = "getNFTsCollectionAlchemy"
OWN = {
    "getNFTsAlchemy": {"pageKey": ["a", "b"]},
    "getNFTsMoralis": {"chain": ["eth", "polygon"], "cursor": ["a", "b"]},
    "getNFTsAlchemyLambda": {"pageKey": ["a", "b"]},
    "getNFTsMoralisLambda": {"chain": ["eth", "polygon"], "cursor": ["a", "b"]},
    "me/nfts": {
        "chainId": ["137"],
        "cursor": ["a"],
        "limit": ["5"],
        "contract": ["0x" + "1" * 40],
        "spam": ["exclude"],
    },
}
LOOKED_UP = [f"names/{name}" for name in ("alice.eth", "bob.eth", "name")]
LOOKED_UP += [f"addresses/0x{digit * 40}/name" for digit in "12"]
LOOKED_UP += [
    f"chains/{chain}/{rest}"
    for chain, digit in itertools.product("15", "12")
    for rest in (
        f"contracts/0x{digit * 40}",
        f"contracts/0x{digit * 40}/nfts",
        f"owners/0x{digit * 40}/nfts",
        *(f"contracts/0x{digit * 40}/nfts/{token}" for token in "78"),
        *(f"contracts/0x{digit * 40}/nfts/{token}/metadata" for token in "78"),
    )
]
CONTRACTS = {"contractAddress": ["0x" + "1" * 40, "0x" + "2" * 40], "pageKey": ["a", "b"]}
ORIGINS = ["https://a.example", "https://b.example", "https://evil.example"]
# A caller's headers must not stand in for parameters that the key takes from the query string.
SMUGGLED = {"pageKey": "x", "cursor": "x", "chain": "x", "contractAddress": "0x" + "3" * 40}
SIGNED = "AWS4-HMAC-SHA256 Credential=x"
SUBJECT = {
    "getNFTsAlchemy": "integration.request.querystring.owner",
    "getNFTsMoralis": "integration.request.path.address",
    "getNFTsAlchemyLambda": "integration.request.header.X-Cache-Subject",
    "getNFTsMoralisLambda": "integration.request.header.X-Cache-Subject",
    "me/nfts": "integration.request.header.X-Cache-Subject",
}
GUESTS_MAY_ASK = ("cursor", "limit", "contract", "spam", "image")
TOKEN = "method.request.header.Authorization"
ORIGIN = ["method.request.header.Origin", "method.request.header.origin"]

type Wanted = tuple[str, dict[str, str]]
"""A path with its query, and headers."""


class Echo(Endpoint):
    """A provider that answers with what it was asked."""

    async def answer(self, request: httpx.Request) -> httpx.Response:
        self.body = json.dumps({"asked": str(request.url)}).encode()
        return await super().answer(request)


class Wallets(Neighbours):
    """Two wallets, `a` and `b`; a token is its wallet's letter and a number."""

    client_id: str = ""

    def verify_id_token(self, user_pool_arn: str, token: str) -> dict[str, object]:
        if token[:1] not in ("a", "b"):
            raise TokenRefusedError
        address = "0x" + token[0] * 40
        names = {"cognito:username": address, "wallet": address, "sub": f"subject-{token[0]}"}
        return {**names, "aud": self.client_id, "token_use": "id"}


def function(event: Mapping[str, object]) -> dict[str, object]:
    """A route that answers with all it could read, and names the page that may read it."""
    context, headers = event["requestContext"], event["headers"]
    assert isinstance(context, Mapping)
    assert isinstance(headers, Mapping)
    claims = context.get("authorizer", {}).get("claims", {"cognito:username": "a guest"})
    given = event["queryStringParameters"]
    query = given if isinstance(given, Mapping) else {}
    read = {name: query.get(name) for name in ("chain", "chainId", "pageKey", *GUESTS_MAY_ASK)}
    body = json.dumps([claims["cognito:username"], event["pathParameters"], read])
    origin = str(headers.get("origin", ""))
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": origin}, "body": body}


@cache
def deployed(size: str) -> StackTemplate:
    origins = ",".join(ORIGINS[:2])
    rates = {"AlchemyRps": "9999", "MoralisRps": "9999", "ChainReadRps": "9999"}
    return deployed_with(CacheSizeGb=size, AllowedOrigins=origins, **rates)


def gallery(size: str = "0.5", without: Mapping[str, list[str]] | None = None) -> Gateway:
    """The deployed API; `without` takes these parameters out of the keys of these routes."""
    stack = deployed(size)
    body: dict[str, Any] = deepcopy(stack.only("AWS::ApiGateway::RestApi").properties["Body"])
    stage = dict(stack.only("AWS::ApiGateway::Stage").properties)
    for route, names in (without or {}).items():
        keys = body["paths"][f"/{route}"]["get"]["x-amazon-apigateway-integration"]
        keys["cacheKeyParameters"] = [k for k in keys["cacheKeyParameters"] if k not in names]
    neighbours = Wallets(function=function)
    neighbours.client_id = stack.only("AWS::Cognito::UserPoolClient").physical_id
    neighbours.allowed = {
        f"arn:aws:execute-api:us-east-1:123456789012:abcde12345/prod/GET/{route}"
        for route in (COLLECTION, *LOOKED_UP)
    }
    for key in ("DeploymentId", "RestApiId", "StageName"):
        stage.pop(key)
    return Gateway(body, Echo(), neighbours, stage)


def requests(route: str) -> Iterator[Wanted]:
    """Every mixture of caller, parameters, origin and smuggled headers, each once."""
    parameters = OWN.get(route, CONTRACTS)
    callers = ["Bearer a1", "Bearer a2", "Bearer b1"] if route in OWN else [SIGNED]
    values = itertools.product(*([None, *found] for found in parameters.values()))
    for caller, chosen, origin in itertools.product(callers, [*values], [None, *ORIGINS]):
        given = {n: v for n, v in zip(parameters, chosen, strict=True) if v is not None}
        headers = {"Authorization": caller} | ({"Origin": origin} if origin else {})
        path = f"/{route}?{httpx.QueryParams(given)}"
        yield path, headers | SMUGGLED
        yield path, headers


def answers(gateway: Gateway, wanted: list[Wanted]) -> list[tuple[int, str, str | None]]:
    found = [gateway.send("GET", path, headers=headers) for path, headers in wanted]
    origin = "access-control-allow-origin"
    return [(a.status_code, a.text, a.headers.get(origin)) for a in found]


@pytest.mark.parametrize("route", [COLLECTION, *OWN])
def test_every_request_gets_what_it_gets_without_a_cache(route: str) -> None:
    wanted = list(requests(route))
    told = answers(gallery("0"), wanted)
    cached = gallery()
    assert answers(cached, wanted) == told
    assert answers(cached, wanted) == told
    backwards = gallery()
    assert answers(backwards, wanted[::-1]) == told[::-1]


KEY_PARTS = [
    (COLLECTION, ["method.request.querystring.contractAddress"]),
    (COLLECTION, ["method.request.querystring.pageKey"]),
    (COLLECTION, ORIGIN),
    *((route, [SUBJECT[route], TOKEN]) for route in OWN),
    *((route, [f"method.request.querystring.{name}"]) for route in OWN for name in OWN[route]),
    *((route, ORIGIN) for route in OWN),
]


@pytest.mark.parametrize(("route", "part"), KEY_PARTS)
def test_without_any_part_of_its_key_a_route_gives_a_page_away(route: str, part: list[str]) -> None:
    wanted = list(requests(route))
    assert answers(gallery(without={route: part}), wanted) != answers(gallery("0"), wanted)


@pytest.mark.parametrize("lost", ["subject", "token"])
@pytest.mark.parametrize("route", OWN)
def test_either_name_of_the_wallet_alone_keeps_wallets_apart(route: str, lost: str) -> None:
    part = [SUBJECT[route] if lost == "subject" else TOKEN]
    wanted = list(requests(route))
    assert answers(gallery(without={route: part}), wanted) == answers(gallery("0"), wanted)


def test_a_thousand_guests_cost_one_call() -> None:
    gateway = gallery()
    path = f"/{COLLECTION}?contractAddress={'0x' + '1' * 40}"
    told = answers(gateway, [(path, {"Authorization": SIGNED})] * 1000)
    assert (len(set(told)), told[0][0]) == (1, 200)
    assert len(gateway.endpoint.requests) == 1


def test_nobody_flushes_an_entry() -> None:
    gateway = gallery()
    flush = {"Cache-Control": "max-age=0"}
    for route in (COLLECTION, *OWN):
        path, headers = list(requests(route))[-1]
        first = gateway.send("GET", path, headers=headers)
        asked = len(gateway.endpoint.requests), len(gateway.neighbours.invocations)
        again = gateway.send("GET", path, headers=headers | flush)
        assert (again.text, again.status_code) == (first.text, first.status_code)
        assert again.headers["warning"].startswith("199 ")
        assert asked == (len(gateway.endpoint.requests), len(gateway.neighbours.invocations))
