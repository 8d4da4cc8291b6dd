"""The gallery of a function instance, built once from its environment."""

import random
import time
from collections.abc import Mapping

from aws_lambda_powertools.logging import Logger

from freshness.freshness import deployed_freshness
from nft.failover.circuit_breaker import CircuitBreaker, RequestBudget
from nft.failover.failover import Failover, Guard
from nft.gallery import Gallery, answer_cache
from nft.paging.cursor_keys import CursorKeys
from nft.providers.alchemy_nfts import AlchemyNfts
from nft.providers.client import deployed_secrets
from nft.providers.clients import ProviderClients
from nft.providers.moralis_nfts import MoralisNfts
from nft.settings import GallerySettings
from runtime.metrics import EmfMetrics
from runtime.secrets import secret_version
from runtime.traces import traces_from_environment

# One instance serves one request at a time; more places are for hedging and given-up calls.
_CONCURRENCY = 4
# A walk that finds its place again needs a burst.
_BURST_SECONDS = 8


def gallery_from_environment(environment: Mapping[str, str], logger: Logger) -> Gallery:
    """Raises SettingError rather than start half-configured."""
    settings = GallerySettings.from_environment(environment)
    clients = ProviderClients.from_environment(environment)
    cursor_key = secret_version(settings.cursor_key_secret_arn, deployed_secrets())
    metrics = EmfMetrics(settings.metrics_namespace)
    return Gallery(
        providers={
            "alchemy": AlchemyNfts(clients.alchemy),
            "moralis": MoralisNfts(clients.moralis),
        },
        failover=Failover(
            guards={
                "alchemy": _guard(settings.alchemy_rps),
                "moralis": _guard(settings.moralis_rps),
            },
            metrics=metrics,
            traces=traces_from_environment(environment),
            clock=time.monotonic,
            sleep=time.sleep,
            jitter=random.random,
            hedge_after_seconds=settings.hedge_after_seconds,
        ),
        cursors=CursorKeys(cursor_key, clock=time.monotonic, now=time.time),
        answers=answer_cache(time.time, deployed_freshness(environment, logger), metrics=metrics),
    )


def _guard(per_second: float) -> Guard:
    burst = round(per_second * _BURST_SECONDS)
    budget = RequestBudget(
        time.monotonic, per_second=per_second, burst=burst, concurrency=_CONCURRENCY
    )
    return Guard(CircuitBreaker(time.monotonic), budget)
