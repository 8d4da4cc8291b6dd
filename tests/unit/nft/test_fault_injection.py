"""First pages while one provider fails in any way, and when both do."""

import random
from collections.abc import Callable

import pytest

from nft.errors import BudgetSpentError, NftError, ProvidersUnavailableError
from runtime.deadline import Deadline
from tests.fixtures.nft_providers import FAULTS, FakeUpstream, Fault, tokens
from tests.unit.nft.gallery_fixtures import World, build_world, first_page

REQUESTS = 2_000
MOST_UNANSWERED = REQUESTS // 1_000  # 99.9 %
HELD = tokens(1)


def world_with(
    alchemy: Callable[[], Fault | None], moralis: Callable[[], Fault | None] = lambda: None
) -> World:
    return build_world(
        FakeUpstream("alchemy", HELD, alchemy), FakeUpstream("moralis", HELD, moralis)
    )


def answered(world: World, requests: int) -> int:
    """How many of so many first pages, a second apart, show all tokens and are not stale."""
    good = 0
    for number in range(requests):
        world.clock.advance(1)
        try:
            page = first_page(world.gallery, f"0x{number:040x}")
        except NftError:
            continue
        good += page["stale"] is False and len(page["items"]) == len(HELD)
    return good


@pytest.mark.parametrize("fault", FAULTS)
def test_first_pages_are_answered_while_the_first_provider_fails(fault: str) -> None:
    world = world_with(lambda: FAULTS[fault])
    assert answered(world, 300) == 300
    assert len(world.moralis.requests) >= 300


@pytest.mark.parametrize("failing", ["alchemy", "moralis"])
def test_first_pages_are_answered_while_one_provider_fails_in_all_ways(failing: str) -> None:
    chance = random.Random(4)  # noqa: S311

    def fault(name: str) -> Fault | None:
        return FAULTS[chance.choice(list(FAULTS))] if name == failing else None

    world = world_with(lambda: fault("alchemy"), lambda: fault("moralis"))
    assert answered(world, REQUESTS) >= REQUESTS - MOST_UNANSWERED


def test_a_provider_that_is_well_again_is_found_where_the_other_has_begun_to_fail() -> None:
    faults: dict[str, Fault | None] = {"alchemy": FAULTS["401"], "moralis": None}
    world = world_with(lambda: faults["alchemy"], lambda: faults["moralis"])
    assert first_page(world.gallery)["provider"] == "moralis"
    faults |= {"alchemy": None, "moralis": FAULTS["500"]}
    world.clock.advance(1)
    with pytest.raises(ProvidersUnavailableError):
        first_page(world.gallery, "0x" + "6" * 40)
    world.clock.advance(1)
    assert first_page(world.gallery, "0x" + "6" * 40)["provider"] == "alchemy"


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault != "empty list"])
def test_an_empty_wallet_is_believed_where_the_other_provider_cannot_say(fault: str) -> None:
    world = build_world(
        FakeUpstream("alchemy"), FakeUpstream("moralis", fault=lambda: FAULTS[fault])
    )
    page = first_page(world.gallery)
    assert (page["items"], page["nextCursor"], page["provider"]) == ([], None, "alchemy")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_failing_provider_is_hardly_asked_after_a_while(fault: str) -> None:
    world = world_with(lambda: FAULTS[fault])
    for number in range(100):
        world.clock.advance(0.1)
        first_page(world.gallery, f"0x{number:040x}")
    asked = len(world.alchemy.requests)
    assert asked == 100 if fault in ANSWERS else asked <= 5


ANSWERS = ("400", "404", "empty list", "items of nothing")
"""Of a provider that is well: its page stands, though each of its items may be left out."""
BROKEN = [fault for fault in FAULTS if fault not in ANSWERS]


@pytest.mark.parametrize("fault", BROKEN)
def test_with_both_failing_the_error_is_typed_and_says_when_to_come_back(fault: str) -> None:
    world = world_with(lambda: FAULTS[fault], lambda: FAULTS[fault])
    for _ in range(5):
        with pytest.raises(ProvidersUnavailableError) as failed:
            first_page(world.gallery)
        assert failed.value.status == 503
        assert 2 <= (failed.value.retry_after or 0) <= 60
    assert max(world.calls()) <= 5


@pytest.mark.parametrize("fault", BROKEN)
def test_with_both_failing_the_last_good_page_is_served_and_says_so(fault: str) -> None:
    now: list[Fault | None] = [None]
    world = world_with(lambda: now[0], lambda: now[0])
    good = first_page(world.gallery)
    now[0] = FAULTS[fault]
    stale = first_page(world.gallery)
    assert stale == {**good, "stale": True, "nextCursor": stale["nextCursor"]}
    assert ("StaleServed", "alchemy") in world.metrics.counted
    with pytest.raises(ProvidersUnavailableError):
        first_page(world.gallery, "0x" + "7" * 40)
    world.clock.advance(3601)
    with pytest.raises(ProvidersUnavailableError):
        first_page(world.gallery)


@pytest.mark.parametrize(
    ("fault", "metric"),
    [
        ("401", "ProviderAuthFailed"),
        ("403", "ProviderAuthFailed"),
        ("quota", "ProviderQuotaUsedUp"),
    ],
)
@pytest.mark.parametrize("name", ["alchemy", "moralis"])
def test_a_refused_key_and_a_used_up_plan_raise_their_own_alarm(
    fault: str, metric: str, name: str
) -> None:
    world = world_with(
        lambda: FAULTS[fault] if name == "alchemy" else FAULTS["500"],
        lambda: FAULTS[fault] if name == "moralis" else None,
    )
    if name == "alchemy":
        assert first_page(world.gallery)["provider"] == "moralis"
    else:
        with pytest.raises(ProvidersUnavailableError):
            first_page(world.gallery)
    assert world.metrics.counted.count((metric, name)) == 1
    assert not {("ProviderAuthFailed", name), ("ProviderQuotaUsedUp", name)} - {
        (metric, name)
    } & set(world.metrics.counted)


def test_a_slow_first_provider_leaves_the_second_half_the_time() -> None:
    world = world_with(lambda: FAULTS["slow"])
    started = world.clock()
    assert first_page(world.gallery)["provider"] == "moralis"
    assert world.clock() - started == pytest.approx(4.0)


def test_there_is_one_retry_with_jitter_and_no_more() -> None:
    world = world_with(lambda: FAULTS["500"], lambda: FAULTS["500"])
    with pytest.raises(ProvidersUnavailableError):
        first_page(world.gallery)
    assert world.calls() == (2, 1)
    assert world.clock.slept == [pytest.approx(0.125)]


def test_no_retry_starts_after_the_deadline() -> None:
    def late(upstream: FakeUpstream, deadline: Deadline) -> object:
        upstream.advance(deadline.left())
        return FAULTS["500"](upstream, deadline)

    world = world_with(lambda: late, lambda: late)  # type: ignore[arg-type,return-value]
    with pytest.raises(ProvidersUnavailableError):
        first_page(world.gallery)
    assert world.calls() == (1, 1)
    assert world.clock.slept == []


def test_a_spent_budget_goes_to_the_other_provider() -> None:
    world = world_with(lambda: None)
    small = build_world(world.alchemy, world.moralis, rates=(1.0, 1.0))
    providers = [first_page(small.gallery)["provider"] for _ in range(4)]
    assert providers == ["alchemy", "alchemy", "moralis", "moralis"]
    with pytest.raises(BudgetSpentError) as refused:
        first_page(small.gallery, "0x" + "8" * 40)
    assert refused.value.retry_after == 1
    small.clock.advance(1)
    assert first_page(small.gallery)["provider"] == "alchemy"


def test_a_metadata_bug_nobody_foresaw_is_the_failure_of_that_provider_only() -> None:
    def bug(_: FakeUpstream, __: Deadline) -> object:
        raise ZeroDivisionError("canary")

    world = world_with(lambda: bug)  # type: ignore[arg-type,return-value]
    assert first_page(world.gallery)["provider"] == "moralis"
