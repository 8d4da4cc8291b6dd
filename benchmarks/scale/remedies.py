"""What can be done about a wall, in the order in which it is cheap; each keeps the ones before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from benchmarks.scale.figures import Figures
from benchmarks.scale.gate import Gate
from benchmarks.scale.outcome import Outcome
from benchmarks.scale.settings import (
    API,
    COGNITO,
    CONCURRENCY,
    GUEST_ROUTE,
    MARKS,
    OWN_ROUTE,
    PAID_QUOTAS,
    PROVIDERS,
    Settings,
)
from benchmarks.scale.simulation import demand, launch
from benchmarks.scale.walls import Wall, walls

MOST_CALLS_OF_A_PLAN = 1_000.0
"""Calls a second that both providers may be bought for; assumed."""
MOST_TIMES_A_QUOTA = 10.0
"""How far AWS is assumed to raise a quota; it promises nothing."""
ROOM = 1.2
"""Of a raised limit over the busiest second."""

type Peaks = dict[str, Gate]


@dataclass(frozen=True)
class Remedy:
    """`by` says how it is done; `apply` sizes it by what the launch asks at its peak."""

    name: str
    by: str
    apply: Callable[[Settings, Peaks], Settings]


def _at_most(wanted: float, default: float, most: float) -> float:
    return round(max(default, min(wanted * ROOM, most)))


def _bigger_plans(settings: Settings, peaks: Peaks) -> Settings:
    today = settings.alchemy_rps + settings.moralis_rps
    half = _at_most(peaks[PROVIDERS].peak, today, MOST_CALLS_OF_A_PLAN) / 2
    return replace(settings, alchemy_rps=half, moralis_rps=half)


def _wider_routes(settings: Settings, peaks: Peaks) -> Settings:
    wanted = max(peaks[GUEST_ROUTE].peak, peaks[OWN_ROUTE].peak)
    return replace(settings, route_rps=_at_most(wanted, settings.route_rps, settings.api_rps))


def _higher_cognito(settings: Settings, peaks: Peaks) -> Settings:
    """UserUpdate is left: nobody waits for it. Answers have three times the sign-ins' quota."""
    raised = {
        name: _at_most(peaks[name].peak, COGNITO[name], COGNITO[name] * MOST_TIMES_A_QUOTA)
        for name in PAID_QUOTAS
        if name != MARKS
    }
    raised["RespondToAuthChallenge"] = 3 * raised["UserAuthentication"]
    return settings.with_cognito(**raised)


def _higher_account(settings: Settings, peaks: Peaks) -> Settings:
    def raised(name: str, default: float) -> float:
        return _at_most(peaks[name].peak, default, default * MOST_TIMES_A_QUOTA)

    return replace(
        settings,
        concurrency=raised(CONCURRENCY, settings.concurrency),
        api_rps=raised(API, settings.api_rps),
    )


REMEDIES = (
    Remedy(
        "provider budget behind the caches",
        "the unified routes have a throttle of their own, `LookupRps`; a table holds each plan",
        lambda settings, _: replace(settings, budget_behind_caches=True),
    ),
    Remedy(
        "guests at the edge",
        "`PublicLookups=on`",
        lambda settings, _: replace(settings, public_lookups=True),
    ),
    Remedy("wider routes", "`LookupRps`", _wider_routes),
    Remedy(
        "bigger provider plans",
        "the plan, then `AlchemyRps` and `MoralisRps`",
        _bigger_plans,
    ),
    Remedy("higher Cognito quotas", "Service Quotas, paid by the month", _higher_cognito),
    Remedy("higher Lambda and API Gateway quotas", "Service Quotas, free", _higher_account),
    Remedy(
        "a second pool",
        "a second stack in another Region; a wallet is always sent to the same one",
        lambda settings, _: replace(settings, stacks=2),
    ),
)


@dataclass(frozen=True)
class Rung:
    """A launch after one more remedy; `walls` are limits that it still goes beyond."""

    remedy: str
    settings: Settings
    walls: list[Wall]
    outcome: Outcome


def ladder(wallets: int, figures: Figures) -> Iterator[Rung]:
    """As it was, then after each remedy, sized for this launch, until no wall is left."""
    settings, remedies = Settings(), iter(REMEDIES)
    name = "as it was"
    while True:
        peaks = demand(wallets, settings, figures).gates
        found = [wall for wall in walls(settings, peaks) if wall.name != MARKS]
        yield Rung(name, settings, found, launch(wallets, settings, figures))
        remedy = next(remedies, None) if found else None
        if remedy is None:
            return
        name, settings = remedy.name, remedy.apply(settings, peaks)
