"""What a launch day costs, in dollars, at the prices of docs/costs.md."""

from __future__ import annotations

from typing import NamedTuple

from benchmarks.scale.figures import PROVIDER_SECONDS, Figures
from benchmarks.scale.outcome import Outcome
from benchmarks.scale.prices import Prices
from benchmarks.scale.settings import COGNITO, PAID_QUOTAS, Settings

FREE_USERS = 10_000
TRIGGERS, WAF_CHECKS = 6, 3
"""Of a first sign-in; docs/costs.md names them."""
BUDGET_WRITES = 1.5
"""Of a call of a provider, as in docs/costs.md."""
MEMORY_GB = 0.5
LOG_GB = {"api": 0.5e-6, "sign-in": 1e-6}
"""Of one call; assumed, as in docs/costs.md."""


class Cost(NamedTuple):
    """`users` is Cognito's monthly fee, `quotas` a month of raised ones, `rest` the day's use."""

    users: float
    quotas: float
    providers: float
    rest: float

    @property
    def total(self) -> float:
        return sum(self)


def cost_of(outcome: Outcome, settings: Settings, figures: Figures, prices: Prices) -> Cost:
    calls = outcome.calls
    raised = (max(0.0, settings.cognito[name] - COGNITO[name]) for name in PAID_QUOTAS)
    return Cost(
        users=max(0.0, calls["sign-in"] - FREE_USERS) * prices["mau"],
        quotas=sum(raised) * settings.stacks * prices["quota_rps"],
        providers=calls["provider"] * prices["provider_call"],
        rest=_site(outcome, figures, prices)
        + _routes(outcome, settings, figures, prices)
        + _sign_ins(outcome, figures, prices),
    )


def _site(outcome: Outcome, figures: Figures, prices: Prices) -> float:
    """A first visit takes about ten requests."""
    visits, looked_up = outcome.calls["site"], outcome.calls["edge"]
    gigabytes = (visits * figures.site_bytes + looked_up * figures.page_bytes) / 1e9
    requests = 10 * visits + looked_up
    return requests * prices["cloudfront_request"] + gigabytes * prices["cloudfront_gb"]


def _routes(outcome: Outcome, settings: Settings, figures: Figures, prices: Prices) -> float:
    calls = outcome.calls["api"]
    seconds = calls * (PROVIDER_SECONDS + figures.page_seconds) * MEMORY_GB
    budget = outcome.calls["provider"] if settings.budget_behind_caches else 0.0
    return (
        calls * (prices["api_request"] + prices["lambda_request"] + prices["waf_request"])
        + seconds * prices["lambda_gb_second"]
        + calls * figures.page_bytes / 1e9 * prices["transfer_gb"]
        + calls * LOG_GB["api"] * prices["logs_gb"]
        + budget * BUDGET_WRITES * prices["table_write"]
    )


def _sign_ins(outcome: Outcome, figures: Figures, prices: Prices) -> float:
    count = outcome.calls["sign-in"]
    return count * (
        TRIGGERS * prices["lambda_request"]
        + figures.sign_in_seconds * MEMORY_GB * prices["lambda_gb_second"]
        + WAF_CHECKS * prices["waf_request"]
        + LOG_GB["sign-in"] * prices["logs_gb"]
    )
