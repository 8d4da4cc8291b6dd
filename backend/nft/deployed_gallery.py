"""The gallery of a function instance, built once from its environment."""

import os
import random
import time
from functools import cache

from nft.circuit_breaker import CircuitBreaker, RequestBudget
from nft.cursor_keys import CursorKeys
from nft.edge import deployed_edge
from nft.failover import Failover, Guard
from nft.gallery import Gallery
from nft.last_good import LastGood
from nft.providers.alchemy_nfts import AlchemyNfts
from nft.providers.keys import secret_version
from nft.providers.moralis_nfts import MoralisNfts
from nft.settings import GallerySettings
from runtime.metrics import EmfMetrics

# One instance serves one request at a time; more places are for hedging and given-up calls.
_CONCURRENCY = 4
# Free plans allow about 5 list calls a second; a walk that finds its place again needs a burst.
_PER_SECOND, _BURST = 5.0, 40


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
            guards={name: _guard() for name in ("alchemy", "moralis")},
            metrics=EmfMetrics(),
            clock=clock,
            sleep=time.sleep,
            jitter=random.random,
            hedge_after_seconds=settings.hedge_after_seconds,
        ),
        cursors=CursorKeys(
            secret_version(settings.cursor_key_secret_arn), clock=clock, now=time.time
        ),
        last_good=LastGood(clock),
    )


def _guard() -> Guard:
    return Guard(
        CircuitBreaker(time.monotonic),
        RequestBudget(
            time.monotonic, per_second=_PER_SECOND, burst=_BURST, concurrency=_CONCURRENCY
        ),
    )
