"""Look-ups with parameters in the path, with the stage cache on: guests share, nothing mixes."""

from __future__ import annotations

import itertools

import pytest

from tests.contract.test_cached_pages import ORIGIN, ORIGINS, SIGNED, Wanted, answers, gallery

PATHS = {
    "/names/{name}": ["/names/alice.eth", "/names/bob.eth", "/names/name"],
    "/addresses/{address}/name": [f"/addresses/0x{digit * 40}/name" for digit in "12"],
}
TOKEN = "/chains/{chainId}/contracts/{contractAddress}/nfts/{tokenId}/metadata"
PATHS[TOKEN] = [
    f"/chains/{chain}/contracts/0x{digit * 40}/nfts/{token}/metadata"
    for chain, digit, token in itertools.product("15", "12", "78")
]
PARAMETERS = {
    "/names/{name}": ["name"],
    "/addresses/{address}/name": ["address"],
    TOKEN: ["chainId", "contractAddress", "tokenId"],
}
PARTS = [(route, [f"method.request.path.{name}"]) for route in PATHS for name in PARAMETERS[route]]
PARTS += [(TOKEN, ["method.request.querystring.image"])]
QUERIES = ["", "?name=x&address=x"]


def wanted_of(route: str) -> list[Wanted]:
    """Each path, asked for by each page and by none, with a query and headers that mean nothing.

    And a token's metadata with each choice of its image.
    """
    smuggled = {"name": "x", "address": "x", "image": "inline"}
    choices = ["?image=link", "?image=inline"] if route == TOKEN else []
    return [
        (path + query, {"Authorization": SIGNED, **origin, **more})
        for path, query in itertools.product(PATHS[route], [*QUERIES, *choices])
        for origin in ({}, *({"Origin": page} for page in ORIGINS))
        for more in ({}, smuggled)
    ]


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
