"""One guest at half the budget's rate, with another hostile question each time, beside others.

Time is a fake clock's; the guards are those that are deployed, at the rates of the template.
"""

import heapq
import random
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from typing import Any

import pytest

from ethereum.chains import CHAINS
from nft.errors import BudgetSpentError, NftError, UpstreamTimeoutError
from nft.lookups import find_contract, find_nft
from nft.paging.lists import NftList
from nft.providers.page_request import ContractNfts, OwnerNfts
from runtime.answer import Answer
from tests.fixtures.nft_providers import CONTRACT, FAULTS, OTHER_CONTRACT, FakeUpstream, Fault
from tests.unit.nft.gallery_fixtures import World, build_world, first_page

ETHEREUM = CHAINS[1]
RATES = 5.0, 10.0
"""AlchemyRps and MoralisRps: each is a provider's budget."""

HALF = RATES[0] / 2
SECONDS = 60
PROVIDERS_OWN = {"refused", "401", "403", "429", "quota"}
"""Ways to fail that no question is the cause of."""

OWN_FAULTS = sorted(set(FAULTS) - PROVIDERS_OWN)
HELD = [(CONTRACT, str(number)) for number in range(1, 4)]


def hostile_id(number: int) -> str:
    return str(9_000_000 + number)


def hostile_address(number: int) -> str:
    return f"0x{0x666 << 144 | number:040x}"


def is_hostile(text: str) -> bool:
    return text.startswith("0x666") or (text.isdecimal() and text.startswith("900"))


def beside(upstream: FakeUpstream, hostile: Fault | None, always: Fault | None) -> None:
    """`hostile` is how it fails at hostile questions, `always` at all others."""

    def fault() -> Fault | None:
        request = upstream.requests[-1]
        asked = [*request.params.values(), *request.url.split("/")]
        return hostile if any(map(is_hostile, asked)) else always

    upstream.fault = fault


def world_of(hostile: Fault | None, **options: Any) -> World:
    upstreams = FakeUpstream("alchemy", HELD), FakeUpstream("moralis", HELD)
    for upstream in upstreams:
        beside(upstream, hostile, None)
    return build_world(*upstreams, rates=RATES, **options)


def ask_token(world: World, number: int) -> Answer:
    deadline = world.deadline()
    return find_nft(world.gallery, ETHEREUM, CONTRACT, hostile_id(number), deadline=deadline)


def ask_contract(world: World, number: int) -> Answer:
    address = hostile_address(number)
    return find_contract(world.gallery, ETHEREUM, address, deadline=world.deadline())


def ask_wallet(world: World, number: int) -> Answer:
    query = OwnerNfts(ETHEREUM, hostile_address(number))
    return world.page(NftList(query, "getOwnerNfts", 50))


def ask_contract_tokens(world: World, number: int) -> Answer:
    query = ContractNfts(ETHEREUM, hostile_address(number))
    return world.page(NftList(query, "getContractNfts", 50))


QUESTIONS = {
    "token": ask_token,
    "contract": ask_contract,
    "wallet": ask_wallet,
    "contract's tokens": ask_contract_tokens,
}


def answered_beside(
    world: World, ask: Callable[[World, int], Answer], *, seconds: int, every: int = 1
) -> float:
    """The part of the others' questions that is answered with all there is, and is not stale.

    They come after every so many hostile ones. With 1, both together are the whole budget.
    """
    good = []
    for number in range(round(seconds * HALF)):
        started = world.clock()
        with suppress(NftError):
            ask(world, number)
        if number % every == every - 1:
            good.append(is_answered(world, number))
        world.clock.advance(max(0.0, 1 / HALF - (world.clock() - started)))
    return sum(good) / len(good)


def is_answered(world: World, number: int) -> bool:
    try:
        page = first_page(world.gallery, f"0x{number:040x}")
    except NftError:
        return False
    return page["stale"] is False and len(page["items"]) == len(HELD)


@pytest.mark.parametrize("fault", OWN_FAULTS)
@pytest.mark.parametrize("kind", QUESTIONS)
def test_other_guests_are_answered_beside_a_hostile_one(kind: str, fault: str) -> None:
    world = world_of(FAULTS[fault])
    assert answered_beside(world, QUESTIONS[kind], seconds=SECONDS, every=5) == 1.0


@pytest.mark.parametrize("kind", QUESTIONS)
def test_other_guests_are_answered_beside_one_who_knows_every_way(kind: str) -> None:
    chance = random.Random(7)  # noqa: S311
    ways = [FAULTS[fault] for fault in OWN_FAULTS]
    world = world_of(lambda upstream, deadline: chance.choice(ways)(upstream, deadline))
    assert answered_beside(world, QUESTIONS[kind], seconds=3 * SECONDS) >= 0.95


@pytest.mark.parametrize("well", ["alchemy", "moralis"])
def test_other_guests_are_answered_by_the_one_provider_that_is_left(well: str) -> None:
    world = world_of(FAULTS["500"])
    down = world.moralis if well == "alchemy" else world.alchemy
    beside(down, FAULTS["500"], FAULTS["500"])
    assert answered_beside(world, ask_token, seconds=SECONDS) >= 0.95


def test_a_hostile_walk_spends_no_more_than_what_is_to_spare() -> None:
    world = world_of(None)
    upstreams = world.alchemy, world.moralis
    many = [(OTHER_CONTRACT, str(number)) for number in range(1, 1000)]

    def ask_for_nothing(world: World, number: int) -> Answer:
        """Pages without end of tokens that are all filtered out."""
        for upstream in upstreams:
            upstream.tokens = many
            upstream.ignores_filter = True
        query = OwnerNfts(ETHEREUM, hostile_address(number), CONTRACT)
        try:
            return world.page(NftList(query, "getOwnerNfts", 1))
        finally:
            for upstream in upstreams:
                upstream.tokens = HELD

    assert answered_beside(world, ask_for_nothing, seconds=SECONDS) >= 0.95


REQUESTS = 2_000
MOST_UNANSWERED = 2


@pytest.mark.parametrize("failing", ["alchemy", "moralis"])
def test_one_provider_fails_in_all_ways_and_a_hostile_guest_asks_beside(failing: str) -> None:
    chance = random.Random(4)  # noqa: S311
    world = world_of(None)
    for upstream in (world.alchemy, world.moralis):
        always = any_of(list(FAULTS), chance) if upstream.name == failing else None
        hostile = any_of(list(FAULTS) if upstream.name == failing else OWN_FAULTS, chance)
        beside(upstream, hostile, always)
    good = 0
    for number in range(REQUESTS):
        until = world.clock() + 1
        for hostile_number in range(round(number * HALF), round((number + 1) * HALF)):
            with suppress(NftError):
                ask_contract(world, hostile_number)
        good += is_answered(world, number)
        world.clock.advance(max(0.0, until - world.clock()))
    assert good >= REQUESTS - MOST_UNANSWERED


def any_of(faults: list[str], chance: random.Random) -> Fault:
    return lambda upstream, deadline: FAULTS[chance.choice(faults)](upstream, deadline)


def test_slow_hostile_questions_leave_places_to_others() -> None:
    """Each holds a place for four seconds at one provider, then at the other, all overlapping."""
    world = world_of(None)
    failover, clock = world.gallery.failover, world.clock
    calls: list[tuple[float, int, int]] = []
    refused = good = most = 0

    def open_call(provider: str, number: int, step: int) -> AbstractContextManager[None]:
        call = failover.request(provider, world.deadline())
        call.__enter__()
        heapq.heappush(calls, (clock() + 4.0, number, step))
        return call

    running: dict[int, AbstractContextManager[None]] = {}
    for number in range(round(SECONDS * HALF)):
        while calls and calls[0][0] <= clock():
            _, ended, step = heapq.heappop(calls)
            error = UpstreamTimeoutError("the deadline passed")
            assert not running.pop(ended).__exit__(type(error), error, None)
            if step == 0:
                running[ended] = open_call("moralis", ended, 1)
        try:
            running[number] = open_call("alchemy", number, 0)
        except BudgetSpentError:
            refused += 1
        most = max(most, len(running))
        good += is_answered(world, number)
        clock.advance(1 / HALF)
    assert most >= 8 * HALF  # so many at once
    assert (good, refused) == (round(SECONDS * HALF), 0)
