"""A launch day, run through the gates: who waits where, for how long, and who leaves.

Every group of wallets is a process of simpy. Nothing is drawn by chance, so two runs are equal.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from math import inf

import simpy

from benchmarks.scale.edge_cache import share_missed
from benchmarks.scale.figures import COGNITO_SECONDS, PROVIDER_SECONDS, ROUND_TRIP, Figures
from benchmarks.scale.functions import Function
from benchmarks.scale.gate import Gate
from benchmarks.scale.launch import GROUPS, Habits, arrivals
from benchmarks.scale.outcome import Outcome
from benchmarks.scale.rate_meter import RateMeter
from benchmarks.scale.settings import (
    API,
    CONCURRENCY,
    EDGE_CACHES,
    GUEST_ROUTE,
    MARKS,
    NEW_INSTANCES,
    OWN_ROUTE,
    PROVIDERS,
    Settings,
)

type Steps = Generator[simpy.events.Event, None, float]
"""Of a process; it ends with seconds that were waited."""
COGNITO_CALL = ROUND_TRIP + COGNITO_SECONDS


@dataclass
class Group:
    """`wallets` is how many are still there."""

    wallets: float


@dataclass
class LaunchDay:
    """What all groups share."""

    env: simpy.Environment
    settings: Settings
    figures: Figures
    habits: Habits
    outcome: Outcome
    guest_rate: RateMeter = field(default_factory=RateMeter)

    def __post_init__(self) -> None:
        self.own_route = Function(PROVIDER_SECONDS + self.figures.page_seconds)
        self.guest_route = (
            Function(self.own_route.seconds) if self.settings.public_lookups else self.own_route
        )
        self.triggers = Function(self.figures.sign_in_seconds)

    def visit(self, group: Group, arrives: float) -> Generator[simpy.events.Event]:
        yield self.env.timeout(arrives)
        yield from self.look_up_as_guest(group)
        yield self.env.timeout(self.habits.reads_as_a_guest)
        signed_in = yield from self.sign_in(group)
        began = self.env.now
        started = yield from self.own_page(group, 1.0)
        self.note_first_nft(group, signed_in + self.env.now - began, started)
        yield self.env.timeout(self.habits.reads_own)
        yield from self.own_page(group, self.habits.looks_at_a_second_page)
        yield self.env.timeout(self.habits.refreshes_after)
        yield from self.through("UserToken", group, self.habits.stays_for_a_refresh)

    def look_up_as_guest(self, group: Group) -> Steps:
        """One collection: from the edge where that is on; else with the identity pool's keys."""
        self.outcome.calls["site"] += group.wallets
        rate = self.guest_rate.note(self.env.now, group.wallets)
        began, share = self.env.now, 1.0
        if self.settings.public_lookups:
            share = share_missed(rate, caches=EDGE_CACHES)
            self.outcome.calls["edge"] += group.wallets
        else:
            yield from self.through("GetId", group, 1.0)
            yield from self.through("GetCredentialsForIdentity", group, 1.0)
        asking = min(share, self.missed_by_instances(rate))
        yield from self.route_call(GUEST_ROUTE, group, share, asking, self.guest_route)
        calls = 1 if self.settings.public_lookups else 3
        seconds = calls * ROUND_TRIP + PROVIDER_SECONDS + self.env.now - began
        self.outcome.guests.append((seconds, group.wallets * share))
        self.outcome.guests.append((ROUND_TRIP, group.wallets * (1 - share)))
        return self.env.now - began

    def missed_by_instances(self, rate: float) -> float:
        """The share of guests' look-ups that no function instance's own cache answers."""
        instances = max(1.0, rate * self.guest_route.seconds)
        return share_missed(rate, caches=instances)

    def sign_in(self, group: Group) -> Steps:
        """Seconds from the click, without the time that the wallet's prompt takes."""
        yield self.env.timeout(self.habits.signs_in)
        waited = yield from self.through("UserCreation", group, self.habits.new)
        waited += yield from self.through("UserAuthentication", group, 1.0)
        waited += yield from self.through("RespondToAuthChallenge", group, 1.0)
        waited += yield from self.through(CONCURRENCY, group, 1.0, self.figures.sign_in_seconds)
        self.outcome.calls["sign-in"] += group.wallets
        self.outcome.calls["sign-up"] += group.wallets * self.habits.new
        self.mark_proofs(group.wallets * self.habits.new)
        started = self.triggers.started_for(self.env.now, group.wallets)
        start = self.figures.sign_in_start_seconds * min(1.0, started / max(group.wallets, 1e-9))
        return waited + start + (2 + self.habits.new) * COGNITO_CALL

    def mark_proofs(self, wallets: float) -> None:
        """Nobody waits for it."""
        gate = self.outcome.gates[MARKS]
        admitted = gate.admits(self.env.now, wallets, patience=1.0)
        gate.take(self.env.now, admitted)
        self.outcome.late_marks += wallets - admitted

    def own_page(self, group: Group, share: float) -> Steps:
        return self.route_call(OWN_ROUTE, group, share, share, self.own_route)

    def route_call(
        self, route: str, group: Group, share: float, asking: float, function: Function
    ) -> Steps:
        """A share of the group calls, `asking` of it a provider; gives how many await a start."""
        yield from self.through(route, group, share)
        yield from self.through(API, group, share)
        started = function.started_for(self.env.now, group.wallets * share)
        yield from self.through(NEW_INSTANCES, group, started / max(group.wallets, 1e-9))
        yield from self.through(CONCURRENCY, group, share, function.seconds)
        yield from self.through(PROVIDERS, group, asking)
        self.outcome.calls["api"] += group.wallets * share
        self.outcome.calls["provider"] += group.wallets * asking
        return started

    def note_first_nft(self, group: Group, waited: float, started: float) -> None:
        seconds = waited + ROUND_TRIP + PROVIDER_SECONDS + self.figures.page_seconds
        slow = min(started, group.wallets)
        self.outcome.first_nft.append((seconds + self.figures.route_start_seconds, slow))
        self.outcome.first_nft.append((seconds, group.wallets - slow))

    def through(self, name: str, group: Group, share: float, cost: float = 1.0) -> Steps:
        """Let a share of the group pass a gate, at so many units each; the others do not need it.

        Who would have to wait longer than their patience leaves.
        """
        gate, units = self.outcome.gates[name], group.wallets * share * cost
        if units <= 0:
            return 0.0
        admitted = gate.admits(self.env.now, units, self.habits.patience)
        if admitted < units:
            gate.longest_wait = self.habits.patience
            self.outcome.left[name] += (units - admitted) / cost
            group.wallets -= (units - admitted) / cost
        waited = gate.take(self.env.now, admitted) if admitted else 0.0
        if waited:
            yield self.env.timeout(waited)
        return waited


def simulate(
    wallets: int,
    gates: Mapping[str, Gate],
    settings: Settings,
    figures: Figures,
    habits: Habits | None = None,
    groups: int = GROUPS,
) -> Outcome:
    """The gates are used up: give each run its own."""
    env = simpy.Environment()
    outcome = Outcome(wallets, dict(gates))
    day = LaunchDay(env, settings, figures, habits or Habits(), outcome)
    for arrives in arrivals(groups):
        env.process(day.visit(Group(wallets / groups), arrives))
    env.run()
    return outcome


def launch(wallets: int, settings: Settings, figures: Figures) -> Outcome:
    return simulate(wallets, settings.gates(), settings, figures)


def demand(wallets: int, settings: Settings, figures: Figures) -> Outcome:
    """The same day without limits: `peak` of each gate is what such a launch asks of it."""
    gates = {name: Gate(name, inf, inf) for name in settings.gates()}
    return simulate(wallets, gates, settings, figures)
