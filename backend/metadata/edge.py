"""The edge of the metadata route: settings, nodes and the fetcher, built once per instance."""

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial

from auth.rpc_nodes import nodes_by_chain
from auth.rpc_urls import rpc_urls_from_environment
from metadata.fetch import StrictFetcher
from metadata.token_lookup import TokenLookup
from runtime.logging import build_logger
from runtime.route import RouteEdge
from runtime.settings import ChainReadSettings
from runtime.traces import traced, traces_from_environment


@dataclass(frozen=True)
class Edge:
    route: RouteEdge
    tokens: TokenLookup


@cache
def deployed_edge() -> Edge:
    """Raises SettingError rather than start half-configured."""
    return build_edge(os.environ)


def build_edge(environment: Mapping[str, str]) -> Edge:
    settings = ChainReadSettings.from_environment(environment)
    traces = traces_from_environment(environment)
    nodes = nodes_by_chain(
        rpc_urls_from_environment(environment),
        provider_keys_secret_arn=settings.provider_keys_secret_arn,
        around=partial(traced, traces, "node"),
    )
    route = RouteEdge(
        allowed_origins=settings.allowed_origins,
        timeout_seconds=settings.upstream_timeout_seconds,
        logger=build_logger(),
        clock=time.monotonic,
    )
    fetch = traced(traces, "gateway", StrictFetcher())
    return Edge(route, TokenLookup(nodes, fetch))
