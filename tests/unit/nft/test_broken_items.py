"""An item that cannot be read is left out and counted; the rest of its page stands."""

from collections.abc import Callable
from typing import Any

import pytest

from ethereum.chains import CHAINS
from nft.errors import ProvidersUnavailableError, UpstreamListError
from nft.paging.lists import MAX_CALLS, NftList
from nft.providers.http import UpstreamReply
from nft.providers.page_request import OwnerNfts
from runtime.answer import Answer
from runtime.deadline import Deadline
from tests.fixtures.nft_providers import FAULTS, FakeUpstream, json_reply, tokens
from tests.unit.nft.conftest import OWNER
from tests.unit.nft.gallery_fixtures import World, build_world, first_page, page_of, walked
from tests.unit.nft.response_schemas import violations

HELD = tokens(3)
DEEP: Any = None
for _ in range(500):
    DEEP = [DEEP]


def without(name: str) -> Callable[[dict[str, Any]], object]:
    return lambda item: {key: value for key, value in item.items() if key != name}


def changed(**values: object) -> Callable[[dict[str, Any]], object]:
    return lambda item: {**item, **values}


BROKEN: dict[str, tuple[Callable[[dict[str, Any]], object], Callable[[dict[str, Any]], object]]] = {
    "no token id": (without("tokenId"), without("token_id")),
    "no contract": (changed(contract=None), changed(token_address=None)),
    "a contract that is a list": (changed(contract=[]), changed(token_address=[])),
    "a negative token id": (changed(tokenId=-1), changed(token_id="-1")),
    "half a token id": (changed(tokenId=1.5), changed(token_id="1.5")),
    "a token id of 257 bits": (changed(tokenId=2**256), changed(token_id=str(2**256))),
    "a token id that is an object": (changed(tokenId={}), changed(token_id={})),
    "an address too short": (changed(contract={"address": "0x12"}), changed(token_address="0x12")),
    "null": (lambda _: None, lambda _: None),
    "a number": (lambda _: 7, lambda _: 7),
    "a list": (lambda _: [[]], lambda _: [[]]),
    "nested deep": (lambda _: DEEP, lambda _: DEEP),
    "a lone surrogate": (changed(tokenId="\ud800"), changed(token_id="\ud800")),
}


def broken_at(
    places: set[int], how: tuple[Callable[[dict[str, Any]], object], ...], provider: str
) -> Callable[[dict[str, Any]], Any]:
    """Breaks the tokens held at those places."""
    change = how[0 if provider == "alchemy" else 1]
    ids = {HELD[place][1] for place in places}
    name = "tokenId" if provider == "alchemy" else "token_id"
    return lambda item: change(item) if item[name] in ids else item


def world_with(provider: str, change: Callable[[dict[str, Any]], Any]) -> World:
    """The other provider answers 500."""
    failing = {"fault": lambda: FAULTS["500"]}
    upstreams = [
        FakeUpstream(name, HELD, **({"change": change} if name == provider else failing))
        for name in ("alchemy", "moralis")
    ]
    return build_world(*upstreams)


@pytest.mark.parametrize("provider", ["alchemy", "moralis"])
@pytest.mark.parametrize("kind", BROKEN)
def test_an_item_that_names_no_token_is_left_out_and_counted(kind: str, provider: str) -> None:
    world = world_with(provider, broken_at({2}, BROKEN[kind], provider))
    page = first_page(world.gallery)
    assert [item["tokenId"] for item in page["items"]] == [token_id for _, token_id in HELD[:2]]
    assert (page["unreadableCount"], page["nextCursor"]) == (1, None)
    assert violations("NftPage", page) == []
    assert world.metrics.counted.count(("ItemUnreadable", provider)) == 1


def test_a_good_page_says_that_nothing_is_unreadable() -> None:
    world = world_with("alchemy", lambda item: item)
    assert first_page(world.gallery)["unreadableCount"] == 0
    assert ("ItemUnreadable", "alchemy") not in world.metrics.counted


def test_a_wallet_with_a_broken_item_costs_other_wallets_nothing() -> None:
    world = world_with("alchemy", broken_at({2}, BROKEN["no token id"], "alchemy"))
    for number in range(10):
        assert len(first_page(world.gallery, f"0x{number:040x}")["items"]) == 2
    assert world.calls() == (10, 0)


def test_a_page_of_nothing_but_broken_items_is_asked_of_the_other_provider() -> None:
    broken = broken_at({0, 1, 2}, BROKEN["null"], "alchemy")
    world = build_world(FakeUpstream("alchemy", HELD, change=broken), FakeUpstream("moralis", HELD))
    page = first_page(world.gallery)
    assert (page["provider"], len(page["items"]), page["unreadableCount"]) == ("moralis", 3, 0)
    alone = first_page(world_with("alchemy", broken).gallery)
    assert (alone["items"], alone["unreadableCount"], alone["nextCursor"]) == ([], 3, None)


@pytest.mark.parametrize("fault", ["html", "truncated", "wrong schema", "not an object"])
def test_a_page_whose_frame_is_unreadable_is_asked_of_the_other_provider(fault: str) -> None:
    world = build_world(
        FakeUpstream("alchemy", HELD, lambda: FAULTS[fault]), FakeUpstream("moralis", HELD)
    )
    assert first_page(world.gallery)["provider"] == "moralis"


def test_an_error_in_a_good_status_is_asked_of_the_other_provider() -> None:
    body = {"error": {"code": -32000, "message": "no"}}
    failing = FakeUpstream("alchemy", HELD, lambda: lambda _, __: json_reply(body))
    assert first_page(build_world(failing, FakeUpstream("moralis", HELD)).gallery)["items"]


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_each_broken_item_of_a_walk_counts_once(limit: int) -> None:
    world = world_with("alchemy", broken_at({0, 1}, BROKEN["no contract"], "alchemy"))
    nfts = NftList(OwnerNfts(CHAINS[1], OWNER), "getMyNfts", limit, fresh_seconds=0)
    counts = []

    def ask(cursor: str | None) -> Answer:
        found = world.page(nfts, cursor)
        counts.append(page_of(found)["unreadableCount"])
        return found

    assert walked(ask) == HELD[2:]
    assert sum(counts) == 2


def test_one_request_asks_both_providers_five_times_at_most() -> None:
    """Each has only empty pages with a new page token."""
    numbers = iter(range(1_000))

    def empty(upstream: FakeUpstream, _: Deadline) -> UpstreamReply:
        token = f"new {next(numbers)}"
        return json_reply({"ownedNfts": [], "pageKey": token, "result": [], "cursor": token})

    upstreams = [FakeUpstream(name, HELD, lambda: empty) for name in ("alchemy", "moralis")]
    world = build_world(*upstreams)
    assert page_of_or_error(world) in ("list_broken", "providers_unavailable", [])
    assert sum(world.calls()) <= MAX_CALLS
    assert world.moralis.requests


def page_of_or_error(world: World) -> object:
    try:
        return first_page(world.gallery)["items"]
    except (UpstreamListError, ProvidersUnavailableError) as error:
        return error.code


def test_a_list_that_goes_in_a_circle_ends_by_an_error_that_is_not_tried_again() -> None:
    """Two pages of two tokens, the last one's page token opens the first again."""
    held = tokens(4)
    pages = [held[:2], held[2:]]
    upstream = FakeUpstream("alchemy", held)

    def circle(_: FakeUpstream, __: Deadline) -> UpstreamReply:
        place = int(upstream.requests[-1].params.get("pageKey", "0").partition(".")[0])
        items = [upstream._item(token) for token in pages[place % 2]]
        return json_reply({"ownedNfts": items, "pageKey": f"{(place + 1) % 2}.{len(items)}"})

    upstream.fault = lambda: circle
    world = build_world(upstream, FakeUpstream("moralis", held, lambda: FAULTS["500"]))
    nfts = NftList(OwnerNfts(CHAINS[1], OWNER), "getMyNfts", 2, fresh_seconds=0)
    shown: list[str] = []

    def ask(cursor: str | None) -> Answer:
        found = world.page(nfts, cursor)
        shown.extend(item["tokenId"] for item in page_of(found)["items"])
        return found

    with pytest.raises(UpstreamListError) as failed:
        walked(ask, at_most=10)
    assert shown == [token_id for _, token_id in held]
    assert (failed.value.code, failed.value.status) == ("list_broken", 502)
    assert len(world.alchemy.requests) <= 2 + MAX_CALLS
    assert ("ListBroken", "alchemy") in world.metrics.counted


@pytest.mark.parametrize("letters", [1_400, 2_700, 2_900])
def test_a_long_page_token_makes_a_cursor_that_is_accepted_or_none(letters: int) -> None:
    """Without one, the other provider's list is shown."""
    upstream = FakeUpstream("alchemy", HELD)

    def long(_: FakeUpstream, __: Deadline) -> UpstreamReply:
        token = upstream.requests[-1].params.get("pageKey")
        items = [upstream._item(HELD[0 if token is None else 1])]
        return json_reply({"ownedNfts": items, **({} if token else {"pageKey": "x" * letters})})

    upstream.fault = lambda: long
    world = build_world(upstream, FakeUpstream("moralis", HELD))
    nfts = NftList(OwnerNfts(CHAINS[1], OWNER), "getMyNfts", 1, fresh_seconds=0)
    page = page_of(world.page(nfts))
    assert violations("NftPage", page) == []
    assert page["provider"] == ("moralis" if letters > 2_800 else "alchemy")
    assert page_of(world.page(nfts, page["nextCursor"]))["items"][0]["tokenId"] == HELD[1][1]
