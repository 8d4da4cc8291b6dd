"""Whose NFTs: an address, or an ENS name that the route has resolved first."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from names.errors import (
    GatewayUnavailableError,
    InvalidNameError,
    LookupTimeoutError,
    NameNotFoundError,
    NoNodeError,
)
from nft.owner import LISTING_SECONDS
from nft.routes.owners import OwnerLists, get_owner_nfts
from nodes.errors import NodeUnavailableError
from runtime.deadline import Deadline
from runtime.errors import RouteError
from runtime.responses import ProxyResponse
from tests.fixtures.nft_providers import CONTRACT, FAULTS, FakeUpstream, tokens
from tests.unit.nft.conftest import OWNER, Context
from tests.unit.nft.gallery_fixtures import Clock, World, build_world

Build = Callable[..., Any]
NAME = "alice.eth"
CHECKSUMMED = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
OTHER = "0x" + "9" * 40


@dataclass
class FakeNames:
    """Answers `address` or raises it after `takes` seconds; `asked` holds name and seconds."""

    clock: Clock
    address: str | RouteError = OWNER
    takes: float = 0.0
    asked: list[tuple[str, float]] = field(default_factory=list)

    def __call__(self, name: str, deadline: Deadline) -> str:
        self.asked.append((name, deadline.left()))
        self.clock.advance(self.takes)
        if isinstance(self.address, RouteError):
            raise self.address
        return self.address


@pytest.fixture
def world() -> World:
    held = tokens(12)
    return build_world(FakeUpstream("alchemy", held), FakeUpstream("moralis", held))


@pytest.fixture
def names(world: World) -> FakeNames:
    return FakeNames(world.clock)


@pytest.fixture
def ask(event: Build, stage: Build, world: World, names: FakeNames) -> Build:
    """Ask for an owner's tokens: the response, its body, and the log line as text."""

    def call(
        owner: str | None, query: dict[str, str] | None = None, context: Any = None
    ) -> tuple[ProxyResponse, Any, str]:
        setting = stage(None)
        request = {**event(query), "pathParameters": {"chainId": "1", "owner": owner}}
        response = setting.answer(
            get_owner_nfts,
            OwnerLists(world.gallery, names),
            request,
            context or Context(),
            clock=world.clock,
        )
        assert len(setting.log_lines) == 1
        return response, json.loads(response["body"]), setting.log_text

    return call


def test_a_name_has_the_page_of_its_address(ask: Build, world: World, names: FakeNames) -> None:
    named, page, _ = ask(NAME)
    assert (named["statusCode"], page["items"][0]["owner"]) == (200, CHECKSUMMED)
    assert world.alchemy.requests[0].params["owner"] == OWNER
    assert ask(OWNER)[1] == page
    assert [name for name, _ in names.asked] == [NAME]


@pytest.mark.parametrize("address", [OWNER, CHECKSUMMED, "0x" + OWNER[2:].upper(), "0x" + "0" * 40])
def test_an_address_is_nothing_to_look_up(
    ask: Build, world: World, names: FakeNames, address: str
) -> None:
    assert ask(address)[0]["statusCode"] == 200
    assert world.alchemy.requests[0].params["owner"] == address.lower()
    assert names.asked == []


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "alice",
        OWNER[:-1],
        OWNER + "0",
        "0xF39fd6e51aad88f6f4ce6ab8827279cfffb92266",  # a wrong checksum
        f"{OWNER}.eth",  # passes for the address at a glance
        f"{OWNER}/../x",
    ],
)
def test_what_is_neither_is_refused_and_nobody_is_asked(
    ask: Build, world: World, names: FakeNames, text: str | None
) -> None:
    response, body, _ = ask(text)
    assert (response["statusCode"], body["error"]["code"]) == (400, "invalid_address")
    assert (names.asked, world.calls()) == ([], (0, 0))


def test_a_name_may_arrive_percent_encoded(ask: Build, names: FakeNames) -> None:
    assert ask("%F0%9F%A6%8A%2Eeth")[0]["statusCode"] == 200
    assert [name for name, _ in names.asked] == ["\N{FOX FACE}.eth"]


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (InvalidNameError("cause"), 400, "invalid_name"),
        (NameNotFoundError("cause"), 404, "not_found"),
        (NoNodeError("cause"), 404, "no_node"),
        (NodeUnavailableError("cause"), 502, "upstream_unavailable"),
        (GatewayUnavailableError("cause"), 502, "name_unavailable"),
        (LookupTimeoutError("cause"), 504, "upstream_timeout"),
    ],
)
def test_what_fails_of_a_name_has_its_own_code_and_no_provider_is_asked(
    ask: Build, world: World, names: FakeNames, error: RouteError, status: int, code: str
) -> None:
    names.address = error
    response, body, log = ask(NAME)
    assert (response["statusCode"], body["error"]["code"]) == (status, code)
    assert body["error"]["message"] == error.message
    assert (json.loads(log)["cause"], world.calls()) == ("cause", (0, 0))


@pytest.mark.parametrize(
    "query",
    [{"limit": "0"}, {"spam": "only"}, {"contract": NAME}, {"cursor": "x" * 5000}],
    ids=lambda query: str(*query),
)
def test_no_name_is_looked_up_for_a_question_that_is_wrong_anyway(
    ask: Build, names: FakeNames, query: dict[str, str]
) -> None:
    response, body, _ = ask(NAME, query)
    assert response["statusCode"] == 400
    assert body["error"]["code"].startswith("invalid_")
    assert names.asked == []


def test_the_log_has_neither_name_nor_address(ask: Build, names: FakeNames) -> None:
    for found in (OWNER, NameNotFoundError("no address")):
        names.address = found
        log = ask(NAME)[2].lower()
        assert not [told for told in ("alice", OWNER, OWNER[2:]) if told in log]


def test_name_and_page_share_one_deadline(ask: Build, world: World, names: FakeNames) -> None:
    names.takes, began = 2.5, world.clock()
    world.alchemy.fault = world.moralis.fault = lambda: FAULTS["slow"]
    assert ask(NAME)[0]["statusCode"] == 503
    assert names.asked == [(NAME, 8.0 - LISTING_SECONDS)]
    assert world.calls() == (1, 1)
    assert world.clock() - began == pytest.approx(8.0)


def test_a_function_that_has_less_time_gives_a_name_less(ask: Build, names: FakeNames) -> None:
    ask(NAME, context=Context(remaining=6.0))
    assert names.asked == [(NAME, 5.5 - LISTING_SECONDS)]


def test_a_name_that_took_the_time_is_no_failure_of_a_provider(
    ask: Build, world: World, names: FakeNames
) -> None:
    names.takes = 8.0 - LISTING_SECONDS + 0.1
    response, body, _ = ask(NAME)
    assert (response["statusCode"], body["error"]["code"]) == (504, "upstream_timeout")
    assert (world.calls(), world.metrics.counted) == ((0, 0), [])


def test_a_cursor_is_of_the_address_and_as_good_for_its_name(ask: Build) -> None:
    of_address = ask(OWNER, {"limit": "5"})[1]["nextCursor"]
    of_name = ask(NAME, {"limit": "5"})[1]["nextCursor"]
    by_name = ask(NAME, {"limit": "5", "cursor": of_address})
    by_address = ask(OWNER, {"limit": "5", "cursor": of_name})
    assert (by_name[0]["statusCode"], by_address[0]["statusCode"]) == (200, 200)
    assert by_name[1]["items"] == by_address[1]["items"]


def test_a_cursor_of_before_the_record_changed_is_good_for_nothing(
    ask: Build, names: FakeNames
) -> None:
    query = {"limit": "5", "cursor": ask(NAME, {"limit": "5"})[1]["nextCursor"]}
    names.address = OTHER
    response, body, _ = ask(NAME, query)
    assert (response["statusCode"], body["error"]["code"]) == (400, "invalid_cursor")


def test_a_filter_goes_with_a_name_as_with_an_address(ask: Build, world: World) -> None:
    assert ask(NAME, {"contract": CONTRACT})[0]["statusCode"] == 200
    assert world.alchemy.requests[0].params["contractAddresses[]"] == CONTRACT.lower()
