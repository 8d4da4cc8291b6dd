"""A provider fails until it is switched back; the other one answers meanwhile."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from stand_ins.app import StandIns, build_stand_ins
from stand_ins.switches import FAULTS, Switches

ALCHEMY = "/alchemy/nft/v3/getContractMetadata?contractAddress=0x{}".format("00" * 20)
MORALIS = "/moralis/api/v2.2/nft/0x{}/metadata".format("00" * 20)
KEYS = {"authorization": "Bearer a", "x-api-key": "m"}


@pytest.fixture
def stand_ins() -> StandIns:
    return build_stand_ins(alchemy_key="a", moralis_key="m", now=lambda: 1.8e9, slow_seconds=0)


def ask(stand_ins: StandIns, path: str) -> httpx.Response:
    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(stand_ins.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            return await client.get(path, headers=KEYS)

    return asyncio.run(send())


@pytest.mark.parametrize("fault", ["401", "403", "404", "429", "500", "503"])
@pytest.mark.parametrize(
    ("name", "own", "other"), [("alchemy", ALCHEMY, MORALIS), ("moralis", MORALIS, ALCHEMY)]
)
def test_a_status_is_answered_by_one_provider_until_it_is_switched_back(
    stand_ins: StandIns, fault: str, name: str, own: str, other: str
) -> None:
    before, others = ask(stand_ins, own), ask(stand_ins, other)
    stand_ins.switches.turn(name, fault=fault)
    assert ask(stand_ins, own).status_code == int(fault)
    assert ask(stand_ins, other).content == others.content
    stand_ins.switches.turn(name, fault="")
    assert ask(stand_ins, own).content == before.content


def test_garbage_is_no_json(stand_ins: StandIns) -> None:
    stand_ins.switches.turn("alchemy", fault="garbage")
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        ask(stand_ins, ALCHEMY).json()


def test_slow_answers_truly_and_late() -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    async def true(request: Request) -> Response:
        return PlainTextResponse(request.url.query)

    switches = Switches(sleep)
    app = switches.around("alchemy", Starlette(routes=[Route("/", true)]))
    switches.turn("alchemy", fault="slow", seconds=3)

    async def send() -> str:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            return (await client.get("/?owner=1")).text

    assert (asyncio.run(send()), slept) == ("owner=1", [3])


@pytest.mark.parametrize(
    ("name", "fault", "seconds"),
    [
        ("nobody", "429", 5),
        ("alchemy", "fault-429", 5),
        ("alchemy", "418", 5),
        ("alchemy", "slow", -1),
        ("alchemy", "slow", 61),
        ("alchemy", "slow", float("nan")),
    ],
)
def test_what_is_not_known_is_refused(
    stand_ins: StandIns, name: str, fault: str, seconds: float
) -> None:
    with pytest.raises(ValueError, match=r"choose|seconds"):
        stand_ins.switches.turn(name, fault=fault, seconds=seconds)


def test_every_failure_is_one_that_both_providers_know(stand_ins: StandIns) -> None:
    for name, path in {"alchemy": ALCHEMY, "moralis": MORALIS}.items():
        true = ask(stand_ins, path).content
        for fault in set(FAULTS) - {"slow"}:
            stand_ins.switches.turn(name, fault=fault)
            assert ask(stand_ins, path).content != true, fault
        stand_ins.switches.turn(name, fault="")
