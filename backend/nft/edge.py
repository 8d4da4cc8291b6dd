"""The edge of every NFT route: what comes from outside."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property

from aws_lambda_powertools.logging import Logger

from nft.providers.http import HttpTransport, Transport, build_session
from nft.providers.keys import ProviderKeys, deployed_secrets
from nft.settings import ApiSettings
from runtime.logging import build_logger
from runtime.route import RouteEdge
from runtime.secrets import secrets_manager


@dataclass(frozen=True)
class Edge:
    """`clock` gives seconds from any fixed point; `transport` is how providers are reached."""

    settings: ApiSettings
    keys: ProviderKeys
    transport: Transport
    logger: Logger
    clock: Callable[[], float]

    @cached_property
    def route(self) -> RouteEdge:
        return RouteEdge.of(self.settings, self.logger, self.clock)


@cache
def deployed_edge() -> Edge:
    """Built once per function instance. Raises SettingError rather than start half-configured."""
    settings = ApiSettings.from_environment(os.environ)
    logger = build_logger()  # first: it quiets boto3, which logs where it found credentials
    return Edge(
        settings=settings,
        keys=ProviderKeys(
            settings.provider_keys_secret_arn,
            secrets_manager(deployed_secrets()),
            clock=time.monotonic,
        ),
        transport=HttpTransport(build_session()),
        logger=logger,
        clock=time.monotonic,
    )
