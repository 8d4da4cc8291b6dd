"""Walks to the end of long lists while page tokens die: no gap, no duplicate, or a plain word."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from ethereum.chains import CHAINS
from nft.errors import (
    ExpiredCursorError,
    ProvidersUnavailableError,
    UpstreamTooLargeError,
)
from nft.paging.lists import NftList
from nft.providers.page_request import ContractNfts, OwnerNfts
from runtime.answer import Answer
from runtime.deadline import Deadline
from runtime.errors import InvalidCursorError
from tests.fixtures.nft_providers import (
    CONTRACT,
    FAULTS,
    OTHER_CONTRACT,
    FakeUpstream,
    Fault,
    json_reply,
    tokens,
)
from tests.unit.nft.conftest import OWNER
from tests.unit.nft.gallery_fixtures import World, build_world, page_of, walked


def world_of(
    held: list[tuple[str, str]], provider: str = "alchemy", **options: Any
) -> tuple[World, FakeUpstream]:
    """`provider` has the tokens; the other is refused."""
    down = {"fault": lambda: FAULTS["refused"]}
    alchemy = FakeUpstream("alchemy", held, **(options if provider == "alchemy" else down))
    moralis = FakeUpstream("moralis", held, **(options if provider == "moralis" else down))
    return build_world(alchemy, moralis), alchemy if provider == "alchemy" else moralis


def owned(world: World, **changes: Any) -> Callable[[str | None], Answer]:
    wanted: dict[str, Any] = {"route": "getMyNfts", "limit": 100, "fresh_seconds": 0} | changes
    chain = CHAINS[wanted.pop("chain_id", 1)]
    owner, contract = wanted.pop("owner", OWNER), wanted.pop("contract", None)
    nfts = NftList(OwnerNfts(chain, owner, contract), **wanted)
    return lambda cursor: world.page(nfts, cursor)


def with_pauses(
    ask: Callable[[str | None], Answer], upstream: FakeUpstream, share: float
) -> Callable[[str | None], Answer]:
    """A reader who in that share of the cases comes back after all page tokens have died."""
    chance = random.Random(share)  # noqa: S311

    def asked(cursor: str | None) -> Answer:
        upstream.epoch += chance.random() < share
        return ask(cursor)

    return asked


@pytest.mark.parametrize("provider", ["alchemy", "moralis"])
@pytest.mark.parametrize("starts_over", [False, True], ids=["refused", "starting over unasked"])
@pytest.mark.parametrize(("held", "limit", "share"), [(250, 7, 0.2), (250, 100, 1.0)])
def test_a_walk_under_dying_page_tokens_shows_every_token_once(
    held: int, limit: int, share: float, starts_over: bool, provider: str
) -> None:
    wanted = tokens(held)
    world, upstream = world_of(wanted, provider, starts_over=starts_over)
    ask = with_pauses(owned(world, limit=limit), upstream, share)
    assert walked(ask, at_most=20_000) == wanted
    assert ("WalkResumed", provider) in world.metrics.counted
    assert len(upstream.requests) > held / limit


def test_a_walk_of_ten_thousand_tokens_shows_every_token_once() -> None:
    wanted = tokens(10_000)
    world, upstream = world_of(wanted)
    assert walked(with_pauses(owned(world), upstream, 0.04)) == wanted
    assert ("WalkResumed", "alchemy") in world.metrics.counted


def test_a_contract_is_walked_by_token_id() -> None:
    wanted = [token for token in tokens(250) if token[0] == CONTRACT]
    world, upstream = world_of(wanted)

    nfts = NftList(ContractNfts(CHAINS[1], CONTRACT), "getContractNfts", 20)
    assert walked(lambda cursor: world.page(nfts, cursor)) == wanted
    assert "startToken" in upstream.requests[-1].params


def read_to(ask: Callable[[str | None], Answer], pages: int) -> str | None:
    """The cursor behind so many pages."""
    cursor = None
    for _ in range(pages):
        cursor = page_of(ask(cursor))["nextCursor"]
    return cursor


def test_a_walk_whose_page_token_dies_after_many_short_pages_asks_five_times_at_most() -> None:
    wanted = tokens(250)
    world, upstream = world_of(wanted)
    ask = owned(world, limit=1)
    cursor = read_to(ask, 45)
    upstream.epoch += 1
    asked = len(upstream.requests)
    page = page_of(ask(cursor))
    assert [item["tokenId"] for item in page["items"]] == [wanted[45][1]]
    assert len(upstream.requests) - asked <= 5
    assert walked(lambda later: ask(later or page["nextCursor"])) == wanted[46:]


def test_a_walk_that_needs_longer_to_find_its_place_answers_empty_pages_meanwhile() -> None:
    wanted = tokens(2_000)
    world, upstream = world_of(wanted)
    ask = owned(world)
    cursor = read_to(ask, 15)
    upstream.epoch += 1
    asked = len(upstream.requests)
    page = page_of(ask(cursor))
    assert page["items"] == []
    assert page["nextCursor"] is not None
    assert len(upstream.requests) - asked == 5
    assert walked(lambda later: ask(later or page["nextCursor"])) == wanted[1_500:]
    assert len(upstream.requests) - asked == 1 + 20, "the dead token, and each page once"


def test_a_walk_that_is_cut_off_while_it_finds_its_place_keeps_what_it_has_found() -> None:
    wanted = tokens(1_000)
    world, upstream = world_of(wanted)
    ask = owned(world)
    cursor = read_to(ask, 6)
    upstream.epoch += 1
    failing = iter([None] * 4 + [FAULTS["429"]])
    upstream.fault = lambda: next(failing, None)
    page = page_of(ask(cursor))
    assert page["items"] == []
    world.clock.advance(3)
    asked = len(upstream.requests)
    assert walked(lambda later: ask(later or page["nextCursor"])) == wanted[600:]
    assert len(upstream.requests) - asked == 10 - 3, "it goes on at the fourth page"


def test_a_search_does_not_go_on_far_behind_where_the_place_was() -> None:
    world, upstream = world_of(tokens(9_000))
    ask = owned(world)
    cursor = read_to(ask, 4)
    upstream.tokens = tokens(9_000)[400:]
    upstream.epoch += 1
    asked = len(upstream.requests)
    with pytest.raises(ExpiredCursorError):
        walked(lambda later: ask(later or cursor))
    assert len(upstream.requests) - asked <= 1 + 4 + 8 + 1


def test_a_walk_goes_on_behind_the_newest_token_that_is_still_there() -> None:
    wanted = tokens(30)
    world, upstream = world_of(wanted)
    ask = owned(world, limit=10)
    cursor = page_of(ask(None))["nextCursor"]
    upstream.tokens = [token for token in wanted if token not in wanted[8:10]]
    upstream.epoch += 1
    assert walked(lambda later: ask(later or cursor)) == wanted[10:]


def test_a_walk_says_so_when_nothing_of_its_place_is_left() -> None:
    wanted = tokens(30)
    world, upstream = world_of(wanted)
    ask = owned(world, limit=10)
    cursor = page_of(ask(None))["nextCursor"]
    upstream.tokens = [token for token in wanted if token not in wanted[7:10]]
    upstream.epoch += 1
    with pytest.raises(ExpiredCursorError) as failed:
        ask(cursor)
    assert (failed.value.status, failed.value.code) == (400, "cursor_expired")


def test_a_walk_says_so_when_page_tokens_die_at_once() -> None:
    world, upstream = world_of(tokens(300))

    def pass_an_age() -> None:
        upstream.epoch += 1

    upstream.fault = pass_an_age
    ask = owned(world, limit=100)
    first = page_of(ask(None))
    with pytest.raises(ExpiredCursorError):
        walked(lambda later: ask(later or first["nextCursor"]))


def test_a_walk_stays_with_its_provider_and_waits_for_it() -> None:
    fault: list[Fault | None] = [None]
    wanted = tokens(250)
    world = build_world(
        FakeUpstream("alchemy", wanted, lambda: fault[0]), FakeUpstream("moralis", wanted)
    )
    ask = owned(world)
    cursor = page_of(ask(None))["nextCursor"]
    fault[0] = FAULTS["500"]
    with pytest.raises(ProvidersUnavailableError) as failed:
        ask(cursor)
    assert failed.value.retry_after
    assert world.calls() == (3, 0)
    fault[0] = None
    world.clock.advance(60)
    assert walked(lambda later: ask(later or cursor)) == wanted[100:]


def test_a_walk_survives_pages_too_large_for_lambda() -> None:
    wanted = tokens(45)
    world, _ = world_of(wanted, change=lambda item: {**item, "description": '"' * 136_000})
    pages = 0

    def ask(cursor: str | None) -> Answer:
        nonlocal pages
        pages += 1
        found = owned(world)(cursor)
        assert len(found.body) < 6_000_000
        return found

    assert walked(ask) == wanted
    assert pages > 1


def test_a_walk_takes_smaller_pages_where_the_provider_sends_too_much() -> None:
    wanted = tokens(60)
    world, upstream = world_of(wanted)
    plain = upstream.__call__

    def limited(request: Any, deadline: Deadline) -> Any:
        reply = plain(request, deadline)
        asked = int(request.params.get("pageSize", "0"))
        if asked > 20:
            raise UpstreamTooLargeError("the body is too large")
        return reply

    provider: Any = world.gallery.providers["alchemy"]
    object.__setattr__(provider.client, "transport", limited)
    assert walked(owned(world)) == wanted
    assert world.gallery.failover.guards["alchemy"].breaker.seconds_left() == 0


def test_a_wallet_no_page_of_which_fits_spoils_nothing_for_other_wallets() -> None:
    world, upstream = world_of(tokens(5))
    plain, hostile = upstream.__call__, "0x" + "6" * 40

    def bursting(request: Any, deadline: Deadline) -> Any:
        if request.params.get("owner") == hostile:
            raise UpstreamTooLargeError("the body is too large")
        return plain(request, deadline)

    provider: Any = world.gallery.providers["alchemy"]
    object.__setattr__(provider.client, "transport", bursting)
    for _ in range(5):
        with pytest.raises(ProvidersUnavailableError):
            owned(world, owner=hostile)(None)
    assert page_of(owned(world)(None))["provider"] == "alchemy"


def test_spam_is_left_out_only_when_asked_and_counted_then() -> None:
    def mark(item: dict[str, Any]) -> dict[str, Any]:
        verdict = {"0": True, "1": None}.get(item["tokenId"][-1], False)
        told = {"isSpam": verdict, "spamClassifications": ["TokenUriError"] if verdict else []}
        return {**item, "contract": {**item["contract"], **told}}

    world, _ = world_of(tokens(30), change=mark)
    everything = page_of(owned(world)(None))
    chosen = page_of(owned(world, spam="exclude")(None))
    spam = [item for item in everything["items"] if item["spam"]["isSpam"]]
    assert spam
    assert spam[0]["spam"]["classifications"] == ["TokenUriError"]
    assert everything["hiddenSpam"] == 0
    assert chosen["hiddenSpam"] == len(spam)
    assert chosen["items"] == [item for item in everything["items"] if item not in spam]
    assert None in {item["spam"]["isSpam"] for item in chosen["items"]}, "unsaid is not spam"


def test_a_contract_filter_holds_where_the_provider_ignores_it() -> None:
    held = tokens(30)
    world, upstream = world_of(held)
    provider: Any = world.gallery.providers["alchemy"]
    item = {"tokenId": "1", "balance": "1"}
    both = [{**item, "contract": {"address": one}} for one in (OTHER_CONTRACT, CONTRACT)]
    object.__setattr__(provider.client, "transport", lambda *_: json_reply({"ownedNfts": both}))
    assert walked(owned(world, contract=CONTRACT)) == [(CONTRACT, "1")]
    assert upstream.requests == []


FOREIGN: dict[str, dict[str, Any]] = {
    "another wallet": {"owner": "0x" + "9" * 40},
    "another chain": {"chain_id": 137},
    "another route": {"route": "getOwnerNfts"},
    "another contract": {"contract": CONTRACT},
    "another page size": {"limit": 99},
    "another choice of spam": {"spam": "exclude"},
}


@pytest.mark.parametrize("change", FOREIGN)
def test_a_cursor_is_good_for_its_own_list_only(change: str) -> None:
    world, upstream = world_of(tokens(250))
    cursor = page_of(owned(world)(None))["nextCursor"]
    asked = len(upstream.requests)
    with pytest.raises(InvalidCursorError):
        owned(world, **FOREIGN[change])(cursor)
    assert len(upstream.requests) == asked
    assert page_of(owned(world)(cursor))["items"]
