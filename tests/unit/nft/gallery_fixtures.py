"""A gallery whose providers, clock, chance and keys are all here to be turned."""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from ethereum.chains import CHAINS
from fetch.request import Fetch, Fetched, FetchRequest
from nft.failover.circuit_breaker import CircuitBreaker, FailedQuestions, RequestBudget
from nft.failover.failover import Failover, Guard
from nft.failover.gcra import Rate, Taken
from nft.failover.shared_budget import BudgetLedger, OwnLedger
from nft.gallery import Gallery, answer_cache
from nft.paging.cursor_keys import CursorKeys
from nft.paging.lists import NftList, list_page
from nft.pictures import Pictures
from nft.providers.alchemy import AlchemyClient
from nft.providers.alchemy_nfts import AlchemyNfts
from nft.providers.client import ProviderKeys
from nft.providers.moralis import MoralisClient
from nft.providers.moralis_nfts import MoralisNfts
from nft.providers.page_request import OwnerNfts
from runtime.answer import Answer
from runtime.deadline import Deadline
from runtime.freshness import Subject
from runtime.traces import NO_TRACES
from tests.fixtures.nft_providers import FakeUpstream
from tests.fixtures.upstream import ALCHEMY_KEY, MORALIS_KEY
from tests.unit.nft.conftest import OWNER

CURSOR_SECRET = "canary-cursor-secret-7Hq2-7Hq2-7Hq2-7Hq2"


@dataclass
class Clock:
    seconds: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.seconds

    def advance(self, seconds: float) -> None:
        self.seconds += seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.advance(seconds)


@dataclass
class CountedMetrics:
    counted: list[tuple[str, str]] = field(default_factory=list)
    measured: list[tuple[str, float, str]] = field(default_factory=list)

    def count(self, name: str, *, provider: str, times: int = 1) -> None:
        self.counted += [(name, provider)] * times

    def latency(self, name: str, seconds: float, *, provider: str) -> None:
        self.measured.append((name, seconds, provider))


@dataclass
class ToldChanges:
    """Freshness as a test says: when each subject last changed."""

    changed_at: dict[Subject, float] = field(default_factory=dict)

    def changed_since(self, subjects: Collection[Subject], asked_at: float) -> bool:
        return any(self.changed_at.get(subject, 0.0) >= asked_at for subject in subjects)


@dataclass
class OpenLedger:
    """Lets everything through, and counts it."""

    taken: int = 0

    def take(self, rate: Rate, now: int, deadline: Deadline) -> Taken:
        self.taken += 1
        return Taken(0, 0)


def guard(
    ledger: BudgetLedger,
    per_second: float,
    *,
    clock: Callable[[], float],
    now: Callable[[], float],
) -> Guard:
    return Guard(CircuitBreaker(clock), RequestBudget(ledger, Rate.of(per_second), now))


@dataclass
class World:
    alchemy: FakeUpstream
    moralis: FakeUpstream
    clock: Clock
    metrics: CountedMetrics
    gallery: Gallery
    changes: ToldChanges
    secrets: dict[str, str]
    provider_keys: dict[str, str]
    ledger: OpenLedger

    def deadline(self, seconds: float = 8.0) -> Deadline:
        return Deadline.after(seconds, self.clock)

    def page(self, nfts: NftList, cursor: str | None = None, *, seconds: float = 8.0) -> Answer:
        return list_page(self.gallery, nfts, cursor, self.deadline(seconds))

    def calls(self) -> tuple[int, int]:
        return len(self.alchemy.requests), len(self.moralis.requests)


def no_web(request: FetchRequest, deadline: Deadline) -> Fetched:
    raise AssertionError("nothing of a stranger's is fetched")


def build_world(
    alchemy: FakeUpstream,
    moralis: FakeUpstream,
    *,
    rates: tuple[float, float] | None = None,
    fetch: Fetch = no_web,
    **options: Any,
) -> World:
    """`rates` are requests a second to each; without them there is no budget."""
    clock, metrics = Clock(), CountedMetrics()
    alchemy.advance = moralis.advance = clock.advance
    secrets, changes = {"AWSCURRENT": CURSOR_SECRET}, ToldChanges()
    provider_keys = {"AlchemyApiKey": ALCHEMY_KEY, "MoralisApiKey": MORALIS_KEY}
    keys = ProviderKeys("arn", lambda _: json.dumps(provider_keys), clock=clock)

    ledger = OpenLedger()
    guards = [
        guard(OwnLedger() if rates else ledger, rate, clock=clock, now=clock)
        for rate in rates or (1.0, 1.0)
    ]

    gallery = Gallery(
        providers={
            "alchemy": AlchemyNfts(
                AlchemyClient("https://{network}.alchemy.example/nft/v3", keys.alchemy, alchemy)
            ),
            "moralis": MoralisNfts(
                MoralisClient("https://moralis.example/api/v2.2", keys.moralis, moralis)
            ),
        },
        failover=Failover(
            guards=dict(zip(("alchemy", "moralis"), guards, strict=True)),
            failed=FailedQuestions(clock, changes),
            metrics=metrics,
            traces=NO_TRACES,
            clock=clock,
            sleep=clock.sleep,
            jitter=lambda: 0.5,
            **options,
        ),
        cursors=CursorKeys(secrets.get, clock=clock, now=clock),
        answers=answer_cache(clock, changes, metrics=metrics),
        pictures=Pictures(fetch, clock),
    )
    return World(alchemy, moralis, clock, metrics, gallery, changes, secrets, provider_keys, ledger)


def first_page(gallery: Gallery, owner: str = OWNER, *, seconds: float = 8.0) -> dict[str, Any]:
    """An owner's first page, asked for anew: nothing comes from memory but a stale one."""
    query = OwnerNfts(CHAINS[1], owner)
    nfts = NftList(query, "getOwnerNfts", limit=50, fresh_seconds=0)
    deadline = Deadline.after(seconds, gallery.failover.clock)
    return page_of(list_page(gallery, nfts, None, deadline))


def page_of(found: Answer) -> dict[str, Any]:
    page: dict[str, Any] = json.loads(found.body)
    return page


def walked(ask: Callable[[str | None], Answer], *, at_most: int = 100_000) -> list[tuple[str, str]]:
    """All (contract, token id) of a walk, in order."""
    seen: list[tuple[str, str]] = []
    cursor = None
    for _ in range(at_most):
        page = page_of(ask(cursor))
        seen += [(item["contract"]["address"].lower(), item["tokenId"]) for item in page["items"]]
        cursor = page["nextCursor"]
        if cursor is None:
            return seen
    raise AssertionError("the walk does not end")
