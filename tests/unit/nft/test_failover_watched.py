"""What is told of each call to a provider: to the traces how it ended, to the metrics how long."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from nft.errors import (
    BudgetSpentError,
    NftError,
    ProviderKeyError,
    ProvidersUnavailableError,
    StoppedError,
    UpstreamAuthError,
    UpstreamNotFoundError,
    UpstreamUnavailableError,
)
from nft.failover.circuit_breaker import Question
from nft.failover.failover import Failover
from runtime.deadline import Deadline
from runtime.freshness import Subject
from tests.fixtures.nft_providers import FakeUpstream
from tests.fixtures.recorded_traces import RecordedTraces
from tests.unit.nft.gallery_fixtures import World, build_world

PROVIDERS = ("alchemy", "moralis")
QUESTION = Question("question", lambda: Subject("about"))


def watched(**options: Any) -> tuple[World, Failover, RecordedTraces]:
    world = build_world(FakeUpstream("alchemy"), FakeUpstream("moralis"), **options)
    traces = RecordedTraces()
    return world, replace(world.gallery.failover, traces=traces), traces


def call(failover: Failover, provider: str, send: Callable[[], str], deadline: Deadline) -> str:
    with failover.request(provider, deadline):
        return send()


def raising(error: Exception) -> Callable[[], str]:
    def send() -> str:
        raise error

    return send


def test_a_call_that_went_well_is_traced_and_measured() -> None:
    world, failover, traces = watched()

    def send() -> str:
        world.clock.advance(0.25)
        return "page"

    assert call(failover, "alchemy", send, world.deadline()) == "page"
    assert traces.calls == [("alchemy", "ok")]
    assert world.metrics.measured == [("ProviderLatency", 0.25, "alchemy")]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (UpstreamAuthError("canary"), UpstreamAuthError),
        (UpstreamNotFoundError("canary"), UpstreamNotFoundError),
        (ProviderKeyError("canary"), ProviderKeyError),
        (KeyError("canary"), UpstreamUnavailableError),
    ],
)
def test_a_call_that_failed_is_traced_by_our_name_for_it_and_measured_too(
    error: Exception, told: type[NftError]
) -> None:
    world, failover, traces = watched()
    with pytest.raises(told):
        call(failover, "moralis", raising(error), world.deadline())
    assert traces.calls == [("moralis", told.__name__)]
    assert world.metrics.measured == [("ProviderLatency", 0.0, "moralis")]


def test_a_call_held_back_by_breaker_or_budget_is_none() -> None:
    world, failover, traces = watched(rates=(1.0, 1.0))
    call(failover, "alchemy", lambda: "page", world.deadline())
    failover.guards["moralis"].breaker.stop_for(60, waits=True)
    for provider, told in zip(PROVIDERS, (BudgetSpentError, StoppedError), strict=True):
        with pytest.raises(told):
            call(failover, provider, lambda: "page", world.deadline())
    assert traces.calls == [("alchemy", "ok")]
    assert len(world.metrics.measured) == 1


def test_time_beyond_the_deadline_is_the_frozen_instances_and_not_the_providers() -> None:
    world, failover, _ = watched()

    def send() -> str:
        world.clock.advance(600)
        return "page"

    call(failover, "alchemy", send, world.deadline(8.0))
    assert world.metrics.measured == [("ProviderLatency", 8.0, "alchemy")]


def test_failing_over_is_two_calls_and_a_retry_one_more() -> None:
    world, failover, traces = watched()

    def send(provider: str) -> str:
        raise UpstreamUnavailableError(provider)

    with pytest.raises(ProvidersUnavailableError):
        failover.first(
            PROVIDERS,
            QUESTION,
            lambda provider, until: call(failover, provider, lambda: send(provider), until),
            deadline=world.deadline(),
            weak=lambda _: False,
        )
    failed = "UpstreamUnavailableError"
    assert traces.calls == [("alchemy", failed), ("moralis", failed), ("alchemy", failed)]
    assert [provider for _, _, provider in world.metrics.measured] == [
        provider for provider, _ in traces.calls
    ]


def test_both_calls_of_a_hedge_are_traced_and_measured() -> None:
    world, failover, traces = watched(hedge_after_seconds=0.05)
    failover = replace(failover, clock=time.monotonic, sleep=time.sleep)
    released, ended = threading.Event(), threading.Event()

    def send(provider: str) -> str:
        if provider == "alchemy":
            released.wait()
        return provider

    def ask(provider: str, until: Deadline) -> str:
        try:
            return call(failover, provider, lambda: send(provider), until)
        finally:
            if provider == "alchemy":
                ended.set()

    deadline = Deadline.after(60, time.monotonic)
    assert (
        failover.first(PROVIDERS, QUESTION, ask, deadline=deadline, weak=lambda _: False)
        == "moralis"
    )
    assert traces.calls == [("moralis", "ok")]
    released.set()
    assert ended.wait(60)
    assert traces.calls == [("moralis", "ok"), ("alchemy", "ok")]
    took = {provider: seconds for _, seconds, provider in world.metrics.measured}
    assert took["alchemy"] >= 0.05
    assert took["moralis"] < took["alchemy"]
