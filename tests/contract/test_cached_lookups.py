"""Look-ups with parameters in the path, with the stage cache on: guests share, nothing mixes."""

from __future__ import annotations

import itertools
import re

import pytest

from tests.contract.test_cached_pages import ORIGIN, ORIGINS, SIGNED, Wanted, answers, gallery

PATHS = {
    "/names/{name}": ["/names/alice.eth", "/names/bob.eth", "/names/name"],
    "/addresses/{address}/name": [f"/addresses/0x{digit * 40}/name" for digit in "12"],
}
CONTRACT = "/chains/{chainId}/contracts/{contractAddress}"
QUERIES = {
    f"{CONTRACT}/nfts": ["cursor=a", "limit=5", "cursor=a&limit=5"],
    "/chains/{chainId}/owners/{owner}/nfts": [
        "cursor=a",
        "limit=5",
        "contract=0x" + "1" * 40,
        "spam=exclude",
        "cursor=a&spam=exclude",
    ],
}
TOKEN = f"{CONTRACT}/nfts/{{tokenId}}"
QUERIES[f"{TOKEN}/metadata"] = ["image=link", "image=inline"]


def paths_of(route: str) -> list[str]:
    """Two chains, contracts or owners, and tokens, each with each of the route's queries."""
    named = itertools.product("15", "12", "78" if "{tokenId}" in route else "7")
    queries = ["", *(f"?{query}" for query in QUERIES.get(route, []))]
    return [
        route.format(chainId=chain, contractAddress=address, owner=address, tokenId=token) + query
        for chain, address, token in ((c, "0x" + digit * 40, t) for c, digit, t in named)
        for query in queries
    ]


PATHS |= {route: paths_of(route) for route in (CONTRACT, TOKEN, *QUERIES)}
PARTS = [
    (route, [f"method.request.path.{name}"])
    for route in PATHS
    for name in re.findall(r"{(\w+)}", route)
]
PARTS += [
    (route, [f"method.request.querystring.{name}"])
    for route, queries in QUERIES.items()
    for name in sorted({pair.partition("=")[0] for query in queries for pair in query.split("&")})
]


def wanted_of(route: str) -> list[Wanted]:
    """Each path, asked for by each page, by none, and with words that mean nothing there."""
    smuggled = {"name": "x", "address": "x", "cursor": "x", "image": "inline", "owner": "x"}
    wanted = []
    for path in PATHS[route]:
        for origin in ({}, *({"Origin": page} for page in ORIGINS)):
            wanted.append((path, {"Authorization": SIGNED, **origin}))
        more = f"{path}{'&' if '?' in path else '?'}name=x&address=x"
        wanted.append((more, {"Authorization": SIGNED, **smuggled}))
    return wanted


@pytest.mark.parametrize("route", PATHS)
def test_every_request_gets_what_it_gets_without_a_cache(route: str) -> None:
    wanted = wanted_of(route)
    told, cached = answers(gallery("0"), wanted), gallery()
    assert {status for status, _, _ in told} == {200}
    assert answers(cached, wanted) == answers(cached, wanted) == told


@pytest.mark.parametrize(("route", "lost"), [*PARTS, *((route, ORIGIN) for route in PATHS)])
def test_without_any_part_of_its_key_a_route_mixes_answers_up(route: str, lost: list[str]) -> None:
    wanted = wanted_of(route)
    told = answers(gallery("0"), wanted)
    assert answers(gallery(without={route.removeprefix("/"): lost}), wanted) != told


@pytest.mark.parametrize("route", PATHS)
def test_a_thousand_guests_cost_one_look_up(route: str) -> None:
    gateway = gallery()
    answers(gateway, [(PATHS[route][0], {"Authorization": SIGNED})] * 1000)
    assert len(gateway.neighbours.invocations) == 1
