"""What limits a gallery: AWS's quotas, the template's parameters, the provider's plan.

Numbers of AWS stand in docs/quotas.md; a test holds the two together. Cognito's are those that the
local stack applies with QUOTAS=aws.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from benchmarks.scale.gate import Gate
from local.cognito_quotas import IDENTITY_POOLS, USER_POOLS

COGNITO = {name: quota.per_second for name, quota in {**USER_POOLS, **IDENTITY_POOLS}.items()}
PAID_QUOTAS = tuple(name for name in USER_POOLS if name != "RespondToAuthChallenge")
"""Raised for money; that of answers follows the one of sign-ins."""
API_GATEWAY, API_GATEWAY_BURST = 10_000.0, 5_000.0
LAMBDA_CONCURRENCY = 1_000.0
LAMBDA_NEW_A_SECOND, LAMBDA_NEW_BURST = 100.0, 1_000.0
"""New instances of one function: a thousand every ten seconds, refilled continuously.

https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html
"""
EDGE_CACHES = 13.0
"""Regional caches of CloudFront, each of which asks for itself; from memory."""

GUEST_ROUTE = "route of a collection"
OWN_ROUTE = "route of a wallet's own list"
API = "API Gateway, account"
CONCURRENCY = "Lambda, concurrency"
NEW_INSTANCES = "Lambda, new instances"
PROVIDERS = "providers' plans"
MARKS = "UserUpdate"
"""Of a wallet's first proof. It makes nobody wait: a mark that fails is written at a refresh."""


@dataclass(frozen=True)
class Settings:
    """A gallery as it is deployed. Rates are a second, of one stack in one Region.

    The defaults are the template of 30 November, whose routes had the providers' rates for
    throttles; `TODAY` is the template as it is.

    `alchemy_rps` and `moralis_rps` are the parameters AlchemyRps and MoralisRps, as is the plan.
    """

    alchemy_rps: float = 5.0
    moralis_rps: float = 10.0
    budget_behind_caches: bool = False
    route_rps: float = 100.0
    """LookupRps: a unified route's own throttle, once the budget is behind the caches."""
    public_lookups: bool = False
    cognito: dict[str, float] = field(default_factory=lambda: dict(COGNITO))
    concurrency: float = LAMBDA_CONCURRENCY
    api_rps: float = API_GATEWAY
    api_burst: float = API_GATEWAY_BURST
    stacks: int = 1
    """In as many Regions; a wallet is always sent to the same one. They share the plan."""

    def with_cognito(self, **rates: float) -> Settings:
        return replace(self, cognito={**self.cognito, **rates})

    @property
    def a_route_lets_through(self) -> float:
        return self.route_rps if self.budget_behind_caches else self.alchemy_rps

    def gates(self) -> dict[str, Gate]:
        """By name, all full; two stacks are as one with twice the rate."""
        rates: dict[str, tuple[float, float]] = {
            GUEST_ROUTE: (self.a_route_lets_through, self.a_route_lets_through),
            OWN_ROUTE: (self.a_route_lets_through, self.a_route_lets_through),
            API: (self.api_rps, self.api_burst),
            CONCURRENCY: (self.concurrency, self.concurrency),
            NEW_INSTANCES: (LAMBDA_NEW_A_SECOND, LAMBDA_NEW_BURST),
            **{name: (rate, rate) for name, rate in self.cognito.items()},
        }
        gates = {
            name: Gate(name, rate * self.stacks, burst * self.stacks)
            for name, (rate, burst) in rates.items()
        }
        plan = self.alchemy_rps + self.moralis_rps
        return gates | {PROVIDERS: Gate(PROVIDERS, plan, plan)}


TODAY = Settings(budget_behind_caches=True)
