"""What routes are made of that read a chain and follow what it names: nodes and the fetcher."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from auth.rpc_nodes import nodes_by_chain
from auth.rpc_urls import rpc_urls_from_environment
from ethereum.nodes import Nodes
from metadata.fetch import Fetch, StrictFetcher
from runtime.logging import build_logger
from runtime.route import RouteEdge
from runtime.settings import RouteSettings
from runtime.traces import traced, traces_from_environment


@dataclass(frozen=True)
class ChainReading:
    """`nodes` by chain id; requests to them and fetches are traced."""

    route: RouteEdge
    nodes: Mapping[int, Nodes]
    fetch: Fetch


def build_chain_reading(environment: Mapping[str, str]) -> ChainReading:
    """Raises SettingError rather than start half-configured."""
    settings = RouteSettings.from_environment(environment)
    traces = traces_from_environment(environment)
    nodes = nodes_by_chain(
        rpc_urls_from_environment(environment),
        provider_keys_secret_arn=settings.provider_keys_secret_arn,
        around=partial(traced, traces, "node"),
    )
    route = RouteEdge.of(settings, build_logger(), time.monotonic)
    return ChainReading(route, nodes, traced(traces, "gateway", StrictFetcher()))
