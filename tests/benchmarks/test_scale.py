"""The model of a launch day: its parts against what can be reckoned by hand, and its page."""

import re
from collections.abc import Mapping
from math import inf, nan
from typing import Any

import pytest
import yaml

from benchmarks.scale.__main__ import DOCUMENT
from benchmarks.scale.cost import cost_of
from benchmarks.scale.edge_cache import (
    COLLECTIONS,
    FRESH_SECONDS,
    misses_a_second,
    origin_calls,
    share_missed,
)
from benchmarks.scale.figures import SOURCES, Figures, figures_of, read_figures
from benchmarks.scale.functions import Function
from benchmarks.scale.gate import Gate
from benchmarks.scale.launch import arrival_of, arrivals
from benchmarks.scale.outcome import percentile
from benchmarks.scale.page import scale_page
from benchmarks.scale.prices import prices
from benchmarks.scale.remedies import REMEDIES, ladder
from benchmarks.scale.settings import (
    API_GATEWAY,
    API_GATEWAY_BURST,
    COGNITO,
    LAMBDA_CONCURRENCY,
    MARKS,
    TODAY,
    Settings,
)
from benchmarks.scale.simulation import demand, launch
from benchmarks.scale.walls import walls
from nft.gallery import FRESH_SECONDS as FRESH_OF_A_LIST
from tests.contract.conftest import ROOT

FIGURES = Figures()


def test_the_page_is_what_the_model_writes() -> None:
    written = scale_page(read_figures(), prices())
    assert DOCUMENT.read_text() == written, "run `make benchmark PART=scale`"


def test_five_thousand_guests_a_second_cost_the_origin_at_most_333_calls() -> None:
    assert FRESH_SECONDS == FRESH_OF_A_LIST
    calls = list(origin_calls(5_000, duration=90, seed=7))
    sums = [sum(calls[at : at + 30]) for at in range(61)]
    assert 0 < max(sums) / 30 <= 333


@pytest.mark.parametrize("rate", [50, 500, 5_000])
def test_the_formula_of_misses_is_what_a_simulation_comes_to(rate: int) -> None:
    calls = list(origin_calls(rate, duration=150, seed=3))
    assert misses_a_second(rate) == pytest.approx(sum(calls[-90:]) / 90, rel=0.1)


def test_more_caches_miss_more_often_and_never_more_than_they_are_asked() -> None:
    one, many, every = (misses_a_second(100, caches=caches) for caches in (1, 13, 1e9))
    assert one < many <= every == pytest.approx(100)
    assert misses_a_second(1e9) == pytest.approx(COLLECTIONS / FRESH_SECONDS, rel=0.01)
    assert share_missed(0.0, caches=1) == 1


def test_a_gate_lets_its_burst_through_and_then_its_rate() -> None:
    gate = Gate("five a second", rate=5, burst=5)
    assert [gate.take(0.0, 1) for _ in range(7)] == pytest.approx([0, 0, 0, 0, 0, 0.2, 0.4])
    assert gate.take(60.0, 1) == 0


def test_a_gate_admits_whom_it_can_let_through_before_their_patience_ends() -> None:
    gate = Gate("five a second", rate=5, burst=1)
    gate.take(0.0, 101)
    assert gate.admits(0.0, 1_000, patience=60.2) == pytest.approx(200)
    assert gate.admits(0.0, 1_000, patience=10) == 0


def test_a_group_larger_than_the_burst_waits_no_longer_than_its_rate_takes() -> None:
    gate = Gate("five a second", rate=5, burst=5)
    assert [gate.take(second * 20.0, 100) for second in range(3)] == [0, 0, 0]


def test_as_many_wallets_come_by_each_hour_as_the_launch_says() -> None:
    times = list(arrivals(1_000))
    assert times == sorted(times)
    assert [sum(at < until for at in times) for until in (60, 600, 3600, 86_400)] == [
        *(100, 300, 600, 1_000)
    ]
    assert arrival_of(1.0) == 86_400


def test_a_function_starts_instances_where_more_calls_come_and_keeps_them_a_while() -> None:
    function = Function(seconds=0.5)
    rising = [function.started_for(second, 100.0) for second in range(5)]
    assert sum(rising) == pytest.approx(50, rel=0.05)
    assert function.started_for(5.0, 100.0) < 1
    assert function.started_for(100_000.0, 100.0) >= 1


@pytest.mark.parametrize("wallets", [10_000, 1_000_000])
def test_every_wallet_gets_to_its_end_or_leaves(wallets: int) -> None:
    outcome = launch(wallets, Settings(), FIGURES)
    assert outcome.calls["site"] == pytest.approx(wallets)
    signed_in_or_left = outcome.calls["sign-in"] + sum(outcome.left.values())
    assert outcome.lost_share <= 1
    assert signed_in_or_left >= wallets * 0.999


def test_a_day_without_limits_lets_nobody_wait() -> None:
    outcome = demand(1_000_000, Settings(), FIGURES)
    assert not outcome.left
    assert max(gate.longest_wait for gate in outcome.gates.values()) == 0
    assert all(gate.rate == inf for gate in outcome.gates.values())


def test_what_a_launch_asks_grows_as_it_does() -> None:
    small, large = (demand(size, Settings(), FIGURES).gates for size in (10_000, 100_000))
    for name in ("GetId", "UserCreation", "UserAuthentication"):
        assert large[name].peak == pytest.approx(10 * small[name].peak)
    assert small["GetId"].peak == pytest.approx(10_000 / 600, rel=0.05)


def test_two_runs_are_equal() -> None:
    one, other = (launch(100_000, Settings(), FIGURES) for _ in range(2))
    assert (one.first_nft, one.left, one.calls) == (other.first_nft, other.left, other.calls)


def test_guests_at_the_edge_ask_the_identity_pool_for_nothing() -> None:
    public = Settings(public_lookups=True, budget_behind_caches=True)
    gates = demand(100_000, public, FIGURES).gates
    assert (gates["GetId"].peak, gates["GetCredentialsForIdentity"].peak) == (0, 0)


def test_a_ladder_ends_without_a_wall_or_with_the_last_remedy() -> None:
    for size in (10_000, 10_000_000):
        rungs = list(ladder(size, FIGURES))
        assert rungs[0].settings == Settings()
        assert not rungs[-1].walls or rungs[-1].remedy == REMEDIES[-1].name
        assert all(rung.walls for rung in rungs[:-1])
        assert rungs[-1].outcome.lost_share < rungs[0].outcome.lost_share or size == 10_000


def test_a_mark_that_comes_late_is_no_wall() -> None:
    for rung in ladder(100_000, FIGURES):
        assert MARKS not in {wall.name for wall in rung.walls}
    settings = Settings()
    assert MARKS in {
        wall.name for wall in walls(settings, demand(100_000, settings, FIGURES).gates)
    }


def test_a_second_stack_doubles_the_quotas_and_not_the_providers_plan() -> None:
    one, two = Settings().gates(), Settings(stacks=2).gates()
    assert two["GetId"].rate == 2 * one["GetId"].rate
    assert two["providers' plans"].rate == one["providers' plans"].rate


def test_what_is_asked_of_cognito_costs_by_the_month_above_the_default_only() -> None:
    outcome = demand(10_000, Settings(), FIGURES)
    usual = cost_of(outcome, Settings(), FIGURES, prices())
    raised = cost_of(outcome, Settings().with_cognito(UserCreation=60), FIGURES, prices())
    assert round(usual.users, 9) == usual.quotas == 0
    assert raised.quotas == 10 * prices()["quota_rps"]


def test_percentiles_count_by_weight() -> None:
    weighted = [(1.0, 98.0), (9.0, 1.0), (5.0, 1.0)]
    assert [percentile(weighted, share) for share in (0.5, 0.98, 0.99, 1)] == [1, 1, 5, 9]
    assert percentile([], 0.5) == 0


def test_measured_figures_take_the_place_of_assumed_ones_by_two_digits() -> None:
    part, name, factor = SOURCES["route_start_seconds"]
    found = figures_of({"parts": {part: {"figures": {name: 123.456}}}})
    assert found.route_start_seconds == pytest.approx(120 * factor)
    assert found.page_bytes == Figures().page_bytes


def rows_of(page: str) -> Mapping[str, str]:
    text = (ROOT / "docs" / page).read_text()
    return dict(re.findall(r"^\| ([^|]+) \| ([^|]+) \|", text, re.MULTILINE))


@pytest.mark.parametrize(
    ("quota", "numbers"),
    [
        ("Cognito `UserAuthentication` (InitiateAuth)", [COGNITO["UserAuthentication"]]),
        ("Cognito `UserCreation` (SignUp)", [COGNITO["UserCreation"]]),
        (
            "Cognito `UserToken` (refresh; Essentials and Lite alike)",
            [COGNITO["UserToken"]],
        ),
        ("Cognito `UserUpdate` (AdminUpdateUserAttributes)", [COGNITO[MARKS]]),
        ("Identity pool `GetId`", [COGNITO["GetId"]]),
        ("Identity pool `GetCredentialsForIdentity`", [COGNITO["GetCredentialsForIdentity"]]),
        ("Lambda concurrency", [LAMBDA_CONCURRENCY]),
        ("API Gateway", [API_GATEWAY, API_GATEWAY_BURST]),
    ],
)
def test_the_model_takes_the_quotas_of_the_page(quota: str, numbers: list[float]) -> None:
    said = re.findall(r"\d[\d,]*", rows_of("quotas.md")[quota])
    assert [float(number.replace(",", "")) for number in said] == numbers


def test_the_page_lists_the_walls_of_the_template_as_it_is() -> None:
    """Which the first remedy made of what was."""
    assert REMEDIES[0].apply(Settings(), {}) == TODAY
    page = scale_page(FIGURES, prices())
    rates = re.findall(r"^\| route of .* \| (\d+) \| .* \| .* \|$", page, re.MULTILINE)
    assert rates == [f"{TODAY.route_rps:.0f}"] * 2


def test_the_model_begins_with_the_templates_defaults() -> None:
    class Loader(yaml.SafeLoader):
        """CloudFormation's tags are of no interest here."""

    Loader.add_multi_constructor("!", lambda *_: None)
    template: dict[str, Any] = yaml.load((ROOT / "template.yaml").read_text(), Loader)  # noqa: S506
    defaults = {name: each.get("Default", nan) for name, each in template["Parameters"].items()}
    given = (defaults["AlchemyRps"], defaults["MoralisRps"], defaults.get("LookupRps", 100))
    model = Settings()
    assert (model.alchemy_rps, model.moralis_rps, model.route_rps) == given
