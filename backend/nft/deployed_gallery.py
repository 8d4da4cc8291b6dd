"""The gallery of a function instance, built once from its environment."""

import random
import time
from collections.abc import Mapping

from aws_lambda_powertools.logging import Logger

from fetch.strict_fetcher import StrictFetcher
from freshness.deployed import deployed_freshness
from nft.deployed_budget import DeployedBudgets, admitted
from nft.failover.circuit_breaker import CircuitBreaker, FailedQuestions
from nft.failover.failover import Failover, Guard
from nft.gallery import Gallery, answer_cache
from nft.paging.cursor_keys import CursorKeys
from nft.pictures import Pictures
from nft.providers.alchemy_nfts import AlchemyNfts
from nft.providers.clients import SECRET_READ_SECONDS, ProviderClients
from nft.providers.moralis_nfts import MoralisNfts
from nft.settings import GallerySettings
from runtime.metrics import EmfMetrics
from runtime.secrets_manager import SecretsManager
from runtime.traces import traced, traces_from_environment


def gallery_from_environment(environment: Mapping[str, str], logger: Logger) -> Gallery:
    """Raises SettingError rather than start half-configured."""
    settings = GallerySettings.from_environment(environment)
    clients = ProviderClients.from_environment(environment)
    secrets = SecretsManager(environment, read_seconds=SECRET_READ_SECONDS)
    cursor_key = secrets.versions_of(settings.cursor_key_secret_arn)
    metrics = EmfMetrics(settings.metrics_namespace)
    freshness = deployed_freshness(environment, logger)
    traces = traces_from_environment(environment)
    budgets = DeployedBudgets.from_environment(environment, logger)
    rates = {"alchemy": settings.alchemy_rps, "moralis": settings.moralis_rps}
    fetch = traced(traces, "gateway", StrictFetcher())
    admit = budgets.admission("pictures", settings.alchemy_rps)  # as many as tokens are asked for
    return Gallery(
        providers={
            "alchemy": AlchemyNfts(clients.alchemy),
            "moralis": MoralisNfts(clients.moralis),
        },
        failover=Failover(
            guards={
                name: Guard(CircuitBreaker(time.monotonic), budgets.of(name, rate))
                for name, rate in rates.items()
            },
            failed=FailedQuestions(time.time, freshness),
            metrics=metrics,
            traces=traces,
            clock=time.monotonic,
            sleep=time.sleep,
            jitter=random.random,
            hedge_after_seconds=settings.hedge_after_seconds,
        ),
        cursors=CursorKeys(cursor_key, clock=time.monotonic, now=time.time),
        answers=answer_cache(time.time, freshness, metrics=metrics),
        pictures=Pictures(admitted(fetch, admit), time.time),
    )
