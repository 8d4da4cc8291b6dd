"""The breaker and the hedge, one at a time."""

import threading
import time
from collections.abc import Callable

import pytest

from ethereum.chains import CHAINS
from nft.errors import ProvidersUnavailableError, UpstreamUnavailableError
from nft.failover.circuit_breaker import CircuitBreaker, FailedQuestions, Question
from nft.failover.failover import Failover
from runtime.deadline import Deadline
from runtime.freshness import NO_CHANGES, Subject
from runtime.metrics import EmfMetrics
from runtime.traces import NO_TRACES
from tests.unit.nft.gallery_fixtures import Clock, CountedMetrics, OpenLedger, guard

QUESTION = Question("question", lambda: Subject("about"))


def test_three_failures_in_a_row_put_a_provider_last_and_stop_nobody_from_asking_it() -> None:
    clock = Clock()
    breaker = CircuitBreaker(clock)
    for _ in range(2):
        breaker.failed()
    breaker.succeeded()
    for _ in range(3):
        assert not breaker.comes_last()
        breaker.failed()
    assert (breaker.comes_last(), breaker.admits(), breaker.seconds_left()) == (True, True, 0)
    clock.advance(20)
    assert [breaker.comes_last(), breaker.comes_last()] == [False, True]
    breaker.failed()
    clock.advance(19)
    assert breaker.comes_last()
    breaker.succeeded()
    assert not breaker.comes_last()


def test_three_refused_connections_in_a_row_stop_a_provider_and_one_may_try_later() -> None:
    clock = Clock()
    breaker = CircuitBreaker(clock)
    for _ in range(3):
        assert breaker.admits()
        breaker.refused()
    assert (breaker.admits(), breaker.comes_last(), breaker.seconds_left()) == (False, False, 20)
    clock.advance(20)
    assert [breaker.admits(), breaker.admits()] == [True, False]
    breaker.refused()
    clock.advance(19)
    assert not breaker.admits()
    clock.advance(1)
    assert breaker.admits()
    breaker.succeeded()
    assert [breaker.admits(), breaker.admits()] == [True, True]


def test_a_question_that_fails_where_a_stopped_provider_is_tried_again_does_not_stop_it() -> None:
    clock = Clock()
    breaker = CircuitBreaker(clock)
    for _ in range(3):
        breaker.refused()
    clock.advance(20)
    assert [breaker.admits(), breaker.admits()] == [True, False]
    breaker.failed()
    assert [breaker.admits(), breaker.admits()] == [True, True]


def test_refused_connections_with_a_failure_between_stop_nobody() -> None:
    breaker = CircuitBreaker(Clock())
    for _ in range(10):
        breaker.refused()
        breaker.refused()
        breaker.failed()
    assert breaker.admits()


def test_what_ends_while_a_provider_is_stopped_shortens_no_stop() -> None:
    clock = Clock()
    breaker = CircuitBreaker(clock)
    breaker.stop_for(900, waits=True)
    for _ in range(5):
        breaker.failed()
        breaker.refused()
    assert (breaker.seconds_left(), breaker.admits(), breaker.hurry()) == (900, False, False)


def test_a_breaker_told_to_wait_is_not_hurried() -> None:
    clock = Clock()
    breaker, told = CircuitBreaker(clock), CircuitBreaker(clock)
    breaker.stop_for(300, waits=False)
    told.stop_for(300, waits=True)
    assert not breaker.hurry()
    clock.advance(2)
    assert (breaker.hurry(), told.hurry()) == (True, False)
    assert (breaker.admits(), told.admits()) == (True, False)
    assert not breaker.hurry()


def hedging(after: float, metrics: CountedMetrics) -> Failover:
    return Failover(
        guards={
            name: guard(OpenLedger(), 100, clock=time.monotonic, now=time.time)
            for name in ("alchemy", "moralis")
        },
        failed=FailedQuestions(time.time, NO_CHANGES),
        metrics=metrics,
        traces=NO_TRACES,
        clock=time.monotonic,
        sleep=time.sleep,
        jitter=lambda: 0.0,
        hedge_after_seconds=after,
    )


def first(failover: Failover, send: Callable[[str], str], seconds: float = 7200) -> str:
    def ask(provider: str, deadline: Deadline) -> str:
        with failover.request(provider, deadline):
            return send(provider)

    return failover.first(
        CHAINS[1].providers,
        QUESTION,
        ask,
        deadline=Deadline.after(seconds, time.monotonic),
        weak=lambda answer: answer == "",
    )


def test_a_silent_first_provider_is_overtaken_by_the_second() -> None:
    released = threading.Event()

    def send(provider: str) -> str:
        if provider == "alchemy":
            released.wait()
        return provider

    assert first(hedging(0.05, CountedMetrics()), send) == "moralis"
    released.set()


def test_a_quick_first_provider_is_the_only_one_asked() -> None:
    asked: list[str] = []
    failover = hedging(3600, CountedMetrics())

    def send(provider: str) -> str:
        asked.append(provider)
        return provider

    assert first(failover, send) == "alchemy"
    assert asked == ["alchemy"]


def test_a_hedge_goes_to_the_second_at_once_where_the_first_fails() -> None:
    def send(provider: str) -> str:
        if provider == "alchemy":
            raise UpstreamUnavailableError("refused")
        return provider

    assert first(hedging(3600, CountedMetrics()), send) == "moralis"


def test_a_hedge_where_both_are_silent_ends_at_the_deadline() -> None:
    released = threading.Event()

    def send(provider: str) -> str:
        released.wait()
        return provider

    with pytest.raises(ProvidersUnavailableError):
        first(hedging(0.05, CountedMetrics()), send, seconds=0.4)
    released.set()


def test_a_count_is_one_line_of_embedded_metrics(capsys: pytest.CaptureFixture[str]) -> None:
    EmfMetrics("NFTGallery/gallery").count("ProviderAuthFailed", provider="alchemy")
    (line,) = capsys.readouterr().out.splitlines()
    assert '"Namespace":"NFTGallery/gallery"' in line
    assert '"provider":"alchemy"' in line
    assert '"ProviderAuthFailed":[1.0]' in line


def test_a_latency_is_one_line_of_embedded_metrics_in_ms(
    capsys: pytest.CaptureFixture[str],
) -> None:
    EmfMetrics("NFTGallery/gallery").latency("ProviderLatency", 0.3124, provider="moralis")
    (line,) = capsys.readouterr().out.splitlines()
    assert '"Metrics":[{"Name":"ProviderLatency","Unit":"Milliseconds"}]' in line
    assert '"provider":"moralis"' in line
    assert '"ProviderLatency":[312.0]' in line
