"""The gallery of a function instance, built once from its environment."""

import os
import random
import time
from functools import cache

from freshness.freshness import deployed_freshness
from nft.edge import deployed_edge
from nft.failover.circuit_breaker import CircuitBreaker, RequestBudget
from nft.failover.failover import Failover, Guard
from nft.gallery import Gallery
from nft.paging.cursor_keys import CursorKeys
from nft.providers.alchemy_nfts import AlchemyNfts
from nft.providers.keys import deployed_secrets
from nft.providers.moralis_nfts import MoralisNfts
from nft.settings import GallerySettings
from runtime.answer_cache import AnswerCache
from runtime.metrics import EmfMetrics
from runtime.secrets import secret_version
from runtime.traces import deployed_traces

# One instance serves one request at a time; more places are for hedging and given-up calls.
_CONCURRENCY = 4
# A walk that finds its place again needs a burst.
_BURST_SECONDS = 8


@cache
def deployed_gallery() -> Gallery:
    """Raises SettingError rather than start half-configured."""
    edge = deployed_edge()
    settings = GallerySettings.from_environment(os.environ)
    clock = edge.clock
    return Gallery(
        providers={
            "alchemy": AlchemyNfts(
                settings.alchemy_networks_url, edge.keys.alchemy, edge.transport
            ),
            "moralis": MoralisNfts(edge.settings.moralis_url, edge.keys.moralis, edge.transport),
        },
        failover=Failover(
            guards={
                "alchemy": _guard(settings.alchemy_rps),
                "moralis": _guard(settings.moralis_rps),
            },
            metrics=EmfMetrics(settings.metrics_namespace),
            traces=deployed_traces(),
            clock=clock,
            sleep=time.sleep,
            jitter=random.random,
            hedge_after_seconds=settings.hedge_after_seconds,
        ),
        cursors=CursorKeys(
            secret_version(settings.cursor_key_secret_arn, deployed_secrets()),
            clock=clock,
            now=time.time,
        ),
        answers=AnswerCache(time.time),
        freshness=deployed_freshness(os.environ, edge.logger),
    )


def _guard(per_second: float) -> Guard:
    burst = round(per_second * _BURST_SECONDS)
    budget = RequestBudget(
        time.monotonic, per_second=per_second, burst=burst, concurrency=_CONCURRENCY
    )
    return Guard(CircuitBreaker(time.monotonic), budget)
