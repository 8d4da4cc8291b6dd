"""One question's failure is that question's: it is remembered, and costs nobody else an answer."""

import gc
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from ethereum.chains import CHAINS
from freshness.subjects import token_subject
from nft.errors import (
    NftError,
    NotAskedError,
    ProvidersUnavailableError,
    UpstreamNotFoundError,
    UpstreamUnavailableError,
)
from nft.failover.circuit_breaker import FailedQuestions, Failure, Question
from nft.lookups import find_contract, find_holding, find_nft
from nft.paging.lists import NftList
from nft.providers.page_request import ContractNfts, OwnerNfts
from runtime.answer import Answer
from runtime.freshness import NO_CHANGES, Subject
from tests.fixtures.nft_providers import CONTRACT, FAULTS, FakeUpstream, Fault
from tests.unit.nft.conftest import OWNER
from tests.unit.nft.gallery_fixtures import World, build_world, page_of

ETHEREUM = CHAINS[1]
HELD = [(CONTRACT, str(number)) for number in range(1, 30)]
HOSTILE = "0x" + "6" * 40
OWN_FAULTS = [
    fault
    for fault in FAULTS
    if fault not in ("refused", "401", "403", "429", "quota", "empty list")
]
"""Ways to fail that one question may be the cause of."""
STANDING = ("400", "404", "items of nothing")
"""Of these an answer is told: the provider's own, or a page whose items are all left out."""


@dataclass
class Faulty:
    """Faults of what is asked about an address or a token id that `is_hostile`."""

    fault: Fault | None
    is_hostile: Callable[[str], bool] = lambda _: True

    def at(self, upstream: FakeUpstream) -> Fault | None:
        request = upstream.requests[-1]
        asked = [*request.params.values(), *request.url.split("/")]
        return self.fault if any(map(self.is_hostile, asked)) else None


def world_of(alchemy: Faulty | None, moralis: Faulty | None, **options: Any) -> World:
    world = build_world(FakeUpstream("alchemy", HELD), FakeUpstream("moralis", HELD), **options)
    for upstream, faulty in ((world.alchemy, alchemy), (world.moralis, moralis)):
        if faulty is not None:
            upstream.fault = lambda faulty=faulty, upstream=upstream: faulty.at(upstream)  # type: ignore[misc]
    return world


def is_hostile(text: str) -> bool:
    """The token ids and addresses of a hostile guest."""
    return text.startswith("9") and text.isdecimal() and len(text) == 5


def nft(world: World, token_id: str) -> Answer:
    return find_nft(world.gallery, ETHEREUM, CONTRACT, token_id, deadline=world.deadline())


def contract(world: World, address: str = CONTRACT) -> Answer:
    return find_contract(world.gallery, ETHEREUM, address, deadline=world.deadline())


def owned(world: World, owner: str, cursor: str | None = None, **changes: Any) -> Answer:
    wanted = {"route": "getOwnerNfts", "limit": 5, "fresh_seconds": 0, **changes}
    return world.page(NftList(OwnerNfts(ETHEREUM, owner), **wanted), cursor)


def of_contract(world: World, address: str) -> Answer:
    return world.page(NftList(ContractNfts(ETHEREUM, address), "getContractNfts", 5))


def gate(world: World, owner: str) -> Answer:
    return find_holding(world.gallery, ETHEREUM, owner, CONTRACT, deadline=world.deadline())


LOOKUPS: dict[str, Callable[[World], Answer]] = {
    "a token": lambda world: nft(world, "1"),
    "a contract": contract,
    "a wallet": lambda world: owned(world, OWNER),
    "a contract's tokens": lambda world: of_contract(world, CONTRACT),
    "the gate": lambda world: gate(world, OWNER),
}
every_lookup = pytest.mark.parametrize("lookup", LOOKUPS)


@every_lookup
@pytest.mark.parametrize("fault", [one for one in OWN_FAULTS if one not in STANDING])
def test_what_failed_is_not_asked_again_for_ten_seconds_and_spends_no_budget(
    lookup: str, fault: str
) -> None:
    world = world_of(Faulty(FAULTS[fault]), Faulty(FAULTS[fault]))
    with pytest.raises(ProvidersUnavailableError):
        LOOKUPS[lookup](world)
    asked = world.calls()
    world.clock.advance(9)
    taken = world.ledger.taken
    for _ in range(20):
        with pytest.raises(ProvidersUnavailableError) as failed:
            LOOKUPS[lookup](world)
        assert 2 <= (failed.value.retry_after or 0) <= 10
    assert (world.calls(), world.ledger.taken, world.clock.slept[1:]) == (asked, taken, [])
    world.clock.advance(1)
    with pytest.raises(ProvidersUnavailableError):
        LOOKUPS[lookup](world)
    assert world.calls() > asked


@pytest.mark.parametrize("fault", ["404", "400"])
def test_what_nobody_knows_is_not_asked_again_for_thirty_seconds(fault: str) -> None:
    world = world_of(Faulty(FAULTS[fault]), Faulty(FAULTS[fault]))
    for _ in range(30):
        with pytest.raises(NftError) as failed:
            nft(world, "1")
        assert failed.value.status == int(fault)
        world.clock.advance(0.99)
    assert world.calls() == (1, 1)
    world.clock.advance(0.4)
    with pytest.raises(NftError):
        nft(world, "1")
    assert world.calls() == (2, 2)


def test_a_token_that_a_webhook_says_was_minted_is_asked_for_at_once() -> None:
    world = world_of(None, None)
    with pytest.raises(UpstreamNotFoundError):
        nft(world, "77")
    world.alchemy.tokens = [*HELD, (CONTRACT, "77")]
    world.changes.changed_at = {token_subject(1, CONTRACT, "77"): world.clock() + 1}
    world.clock.advance(1)
    assert nft(world, "77").provider == "alchemy"


@every_lookup
def test_a_provider_that_failed_at_a_question_is_passed_over_for_it_and_asked_all_else(
    lookup: str,
) -> None:
    world = world_of(Faulty(FAULTS["500"]), None)
    for count in range(1, 4):
        assert LOOKUPS[lookup](world).provider == "moralis"
        world.gallery.answers._entries.clear()
        assert world.calls() == (1, count)
    world.alchemy.fault = lambda: None
    assert nft(world, "2").provider == "alchemy"


def test_a_provider_alone_with_a_question_has_all_the_time() -> None:
    world = world_of(Faulty(FAULTS["500"]), None)
    owned(world, OWNER)
    world.gallery.answers._entries.clear()
    world.moralis.fault = lambda: FAULTS["slow"]
    started = world.clock()
    with pytest.raises(ProvidersUnavailableError):
        owned(world, OWNER)
    assert world.clock() - started == pytest.approx(8.0)


def test_a_retry_that_went_well_leaves_nothing_to_remember() -> None:
    faults: list[Fault | None] = [FAULTS["500"]]
    world = world_of(None, Faulty(FAULTS["500"]))
    world.alchemy.fault = lambda: faults.pop() if faults else None
    assert owned(world, OWNER).provider == "alchemy"
    assert owned(world, OWNER).provider == "alchemy"
    assert world.calls() == (3, 1)


def test_a_later_page_that_failed_is_remembered_by_its_cursor() -> None:
    world = world_of(None, None)
    cursor = page_of(owned(world, OWNER))["nextCursor"]
    world.alchemy.fault = lambda: FAULTS["500"]
    for _ in range(5):
        with pytest.raises(ProvidersUnavailableError):
            owned(world, OWNER, cursor)
    assert world.calls() == (3, 0)  # its first page, the second, and that once more
    assert page_of(owned(world, HOSTILE))["provider"] == "moralis"
    world.alchemy.fault = lambda: None
    world.clock.advance(10)
    assert page_of(owned(world, OWNER, cursor))["items"]


def test_who_asks_and_what_is_shown_make_no_other_question() -> None:
    world = world_of(Faulty(FAULTS["500"]), Faulty(FAULTS["500"]))
    for changes in ({}, {"spam": "exclude"}, {"route": "getMyNfts"}):
        with pytest.raises(ProvidersUnavailableError):
            owned(world, OWNER, **changes)
    assert world.calls() == (2, 1)


def test_a_time_out_that_had_no_fair_time_is_not_remembered() -> None:
    world = world_of(Faulty(FAULTS["slow"]), Faulty(FAULTS["slow"]))
    nfts = NftList(OwnerNfts(ETHEREUM, OWNER), "getOwnerNfts", 5)
    with pytest.raises(ProvidersUnavailableError):  # what a slow name leaves
        world.page(nfts, seconds=4.0)
    world.alchemy.fault = lambda: None
    assert world.page(nfts).provider == "alchemy"


@pytest.mark.parametrize("fault", ["refused", "401", "403", "429", "quota"])
def test_what_no_question_causes_is_remembered_for_none(fault: str) -> None:
    world = world_of(Faulty(FAULTS[fault]), Faulty(FAULTS["500"]))
    with pytest.raises(ProvidersUnavailableError):
        nft(world, "1")
    world.alchemy.fault = lambda: None
    world.clock.advance(4)  # past Retry-After, and what is stopped may be tried early
    assert fault == "quota" or nft(world, "1").provider == "alchemy"


@pytest.mark.parametrize("fault", OWN_FAULTS)
def test_an_open_breaker_refuses_nobody(fault: str) -> None:
    world = world_of(*[Faulty(FAULTS[fault], is_hostile)] * 2)
    for number in range(50):
        with pytest.raises(NftError):
            nft(world, f"9{number:04}")
        assert nft(world, str(number % 20 + 1)).provider in ("alchemy", "moralis")


def test_a_provider_whose_breaker_is_open_is_asked_last_and_not_left_out() -> None:
    world = world_of(Faulty(FAULTS["500"], is_hostile), None)
    for number in range(3):
        with pytest.raises(NftError):
            nft(world, f"9{number:04}")
    assert nft(world, "1").provider == "moralis"
    world.moralis.fault = lambda: FAULTS["500"]
    assert nft(world, "2").provider == "alchemy"
    assert nft(world, "3").provider == "alchemy"


@pytest.mark.parametrize("fault", ["refused", "401", "403", "429", "quota"])
def test_a_provider_that_is_not_there_or_refuses_us_is_not_asked(fault: str) -> None:
    world = world_of(Faulty(FAULTS[fault]), None)
    for number in range(1, 20):
        assert nft(world, str(number)).provider == "moralis"
    assert len(world.alchemy.requests) == (3 if fault == "refused" else 1)


def test_with_a_hedge_who_failed_at_a_question_is_passed_over_too() -> None:
    world = world_of(Faulty(FAULTS["500"]), None, hedge_after_seconds=3600.0)
    for count in (1, 2):
        assert owned(world, OWNER).provider == "moralis"
        assert world.calls() == (1, count)


def question(number: int) -> Question:
    return Question(f"question {number}", lambda: Subject("about"))


def test_what_is_remembered_is_bounded_and_the_oldest_goes_first() -> None:
    failed = FailedQuestions(lambda: 0.0, NO_CHANGES, most=10)
    failure = Failure("alchemy", UpstreamUnavailableError, 0.0, 10.0)
    for number in range(100):
        failed.remember(question(number), failure)
    known = [number for number in range(100) if failed.recall("alchemy", question(number))]
    assert known == list(range(90, 100))
    assert isinstance(failed.recall("alchemy", question(99)), NotAskedError)
    assert failed.recall("moralis", question(99)) is None


def test_a_clock_set_back_remembers_nothing() -> None:
    now = [100.0]
    failed = FailedQuestions(lambda: now[0], NO_CHANGES)
    failed.remember(question(1), Failure("alchemy", UpstreamUnavailableError, 100.0, 10.0))
    now[0] = 50.0
    assert failed.recall("alchemy", question(1)) is None


def test_what_a_provider_sent_is_not_kept_with_its_failure() -> None:
    class Sent:
        pass

    sent: list[weakref.ref[Sent]] = []

    def fail(_: FakeUpstream, __: Any) -> Any:
        body = Sent()
        sent.append(weakref.ref(body))
        raise ValueError(body)

    world = world_of(Faulty(fail), Faulty(fail))
    with pytest.raises(ProvidersUnavailableError):
        nft(world, "1")
    gc.collect()
    assert [body() for body in sent] == [None] * len(sent)


def test_many_failures_evict_no_good_answer() -> None:
    world = world_of(*[Faulty(FAULTS["500"], is_hostile)] * 2)
    nft(world, "1")
    for number in range(5000):
        with pytest.raises(NftError):
            nft(world, f"9{number:04}")
    world.clock.seconds = 1001.0  # retries take time
    assert nft(world, "1").cache == "hit"
    assert len(world.gallery.failover.failed._failures) <= 4096
