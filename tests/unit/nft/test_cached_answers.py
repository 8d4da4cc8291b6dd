"""What a function remembers of guests' lookups, and what makes it forget."""

from collections.abc import Callable
from typing import Any

import pytest

from ethereum.chains import CHAINS
from freshness.subjects import contract_subject, owner_subject, token_subject
from nft.errors import ExpiredCursorError
from nft.gallery import FRESH_SECONDS
from nft.lookups import find_contract, find_holding, find_nft
from nft.paging.lists import NftList
from nft.providers.page_request import ContractNfts, OwnerNfts
from runtime.answer import Answer
from runtime.errors import InvalidCursorError
from runtime.freshness import Subject
from tests.fixtures.nft_providers import CONTRACT, OTHER_CONTRACT, FakeUpstream, tokens
from tests.unit.nft.conftest import OWNER
from tests.unit.nft.gallery_fixtures import World, build_world, page_of

ETHEREUM, POLYGON = CHAINS[1], CHAINS[137]
HELD = tokens(40)
TOKEN_ID, NEXT_TOKEN_ID = [token_id for contract, token_id in HELD if contract == CONTRACT][:2]
OTHER = "0x" + "7" * 40

type Look = Callable[[World], Answer]


def owned(owner: str = OWNER, chain: Any = ETHEREUM, **changes: Any) -> Look:
    wanted: dict[str, Any] = {"route": "getOwnerNfts", "limit": 20, **changes}
    cursor, contract = wanted.pop("cursor", None), wanted.pop("contract", None)
    nfts = NftList(OwnerNfts(chain, owner, contract), **wanted)
    return lambda world: world.page(nfts, cursor)


def of_contract(contract: str = CONTRACT, **changes: Any) -> Look:
    wanted: dict[str, Any] = {"route": "getContractNfts", "limit": 20, **changes}
    cursor = wanted.pop("cursor", None)
    nfts = NftList(ContractNfts(ETHEREUM, contract), **wanted)
    return lambda world: world.page(nfts, cursor)


def nft(token_id: str = TOKEN_ID) -> Look:
    return lambda world: find_nft(
        world.gallery, ETHEREUM, CONTRACT, token_id, deadline=world.deadline()
    )


def contract(address: str = CONTRACT) -> Look:
    return lambda world: find_contract(world.gallery, ETHEREUM, address, deadline=world.deadline())


LOOKUPS: dict[str, tuple[Look, Subject]] = {
    "owner": (owned(), owner_subject(1, OWNER)),
    "contract nfts": (of_contract(), contract_subject(1, CONTRACT)),
    "nft": (nft(), token_subject(1, CONTRACT, TOKEN_ID)),
    "contract": (contract(), contract_subject(1, CONTRACT)),
}
every_lookup = pytest.mark.parametrize("lookup", LOOKUPS)


@pytest.fixture
def world() -> World:
    return build_world(FakeUpstream("alchemy", HELD), FakeUpstream("moralis", HELD))


@every_lookup
def test_a_thousand_guests_who_ask_the_same_cost_one_call(lookup: str, world: World) -> None:
    look, _ = LOOKUPS[lookup]
    bodies = {look(world).body for _ in range(1000)}
    assert (len(bodies), world.calls()) == (1, (1, 0))


@every_lookup
def test_after_its_time_it_is_asked_for_again(lookup: str, world: World) -> None:
    look, _ = LOOKUPS[lookup]
    look(world)
    world.clock.advance(FRESH_SECONDS)
    assert (look(world).cache, world.calls()) == ("miss", (2, 0))


@every_lookup
def test_a_change_a_webhook_told_of_is_seen_at_once(lookup: str, world: World) -> None:
    look, subject = LOOKUPS[lookup]
    look(world)
    world.changes.changed_at = {owner_subject(1, OTHER): world.clock() + 1}
    assert look(world).cache == "hit"
    world.changes.changed_at = {subject: world.clock() + 1}
    assert (look(world).cache, world.calls()) == ("miss", (2, 0))


DIFFERENT = [
    (owned(), owned(OTHER)),
    (owned(), owned(chain=POLYGON)),
    (owned(), owned(contract=CONTRACT)),
    (owned(contract=CONTRACT), owned(contract=OTHER_CONTRACT)),
    (owned(), owned(spam="exclude")),
    (owned(), owned(limit=19)),
    (owned(), owned(route="getMyNfts")),
    (of_contract(), of_contract(OTHER_CONTRACT)),
    (of_contract(), of_contract(limit=21)),
    (nft(), nft(NEXT_TOKEN_ID)),
    (contract(), contract(OTHER_CONTRACT)),
    (of_contract(), contract()),
]


@pytest.mark.parametrize("pair", DIFFERENT, ids=range(len(DIFFERENT)))
def test_no_lookup_gets_the_answer_of_another(pair: tuple[Look, Look], world: World) -> None:
    first, second = pair
    first(world)
    asked = sum(world.calls())
    second(world)
    assert sum(world.calls()) > asked


def test_each_page_of_a_walk_is_held_by_its_cursor(world: World) -> None:
    first = page_of(owned()(world))
    second = page_of(owned(cursor=first["nextCursor"])(world))
    assert first["items"] != second["items"]
    again = owned(cursor=first["nextCursor"])(world)
    assert (again.cache, page_of(again), world.calls()) == ("hit", second, (2, 0))


def test_a_cursor_is_opened_before_memory_is_asked(world: World) -> None:
    cursor = page_of(owned()(world))["nextCursor"]
    owned(cursor=cursor)(world)
    with pytest.raises(InvalidCursorError):
        owned(cursor=cursor + "A")(world)
    with pytest.raises(InvalidCursorError):
        owned(OTHER, cursor=cursor)(world)
    world.clock.advance(25 * 3600)
    with pytest.raises(ExpiredCursorError):
        owned(cursor=cursor)(world)


def test_a_wallets_own_page_is_asked_for_each_time_and_kept_by_no_browser(world: World) -> None:
    look = owned(route="getMyNfts", fresh_seconds=0)
    answers = [look(world) for _ in range(3)]
    assert {(answer.cache, answer.max_age) for answer in answers} == {("none", 0)}
    assert world.calls() == (3, 0)


def test_the_gate_asks_each_time(world: World) -> None:
    for _ in range(3):
        find_holding(world.gallery, ETHEREUM, OWNER, CONTRACT, deadline=world.deadline())
    assert world.calls() == (3, 0)
