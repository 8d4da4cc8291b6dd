"""The edge of the name routes: settings, nodes and the fetcher, built once per instance."""

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from auth.errors import RpcEndpointError
from auth.rpc_endpoint import RpcEndpoint, open_connection
from auth.rpc_key import AlchemyKey, get_secret_from_secrets_manager
from auth.rpc_urls import RpcUrls, rpc_urls_from_environment
from ethereum.errors import NodeAnswerError
from ethereum.nodes import Nodes, SendWithin
from metadata.fetch import StrictFetcher
from names.ens_lookup import EnsLookup
from runtime.logging import build_logger
from runtime.route import RouteEdge
from runtime.settings import NamesSettings

ENS_CHAIN_ID = 1
"""ENS lives on Ethereum; names of other chains are read there too (ENSIP-19 is not)."""

MAX_ANSWER_BYTES = 512 * 1024


@dataclass(frozen=True)
class Edge:
    route: RouteEdge
    ens: EnsLookup


@cache
def deployed_edge() -> Edge:
    """Raises SettingError rather than start half-configured."""
    return build_edge(os.environ)


def build_edge(environment: Mapping[str, str]) -> Edge:
    settings = NamesSettings.from_environment(environment)
    urls = rpc_urls_from_environment(environment)
    route = RouteEdge(
        allowed_origins=settings.allowed_origins,
        timeout_seconds=settings.upstream_timeout_seconds,
        logger=build_logger(),
        clock=time.monotonic,
    )
    nodes = _nodes(urls, settings.provider_keys_secret_arn)
    return Edge(route, EnsLookup(nodes, StrictFetcher()))


def _nodes(urls: RpcUrls, secret_arn: str) -> Nodes:
    key = AlchemyKey(
        secret_arn, get_secret=get_secret_from_secrets_manager, monotonic=time.monotonic
    )
    endpoints = [
        RpcEndpoint(
            url,
            read_key=key.read,
            monotonic=time.monotonic,
            connect=open_connection,
            max_answer_bytes=MAX_ANSWER_BYTES,
        )
        for url in urls.get(ENS_CHAIN_ID, ())
    ]
    sends = [_sending(endpoint) for endpoint in endpoints]
    return Nodes(sends, chain_id=ENS_CHAIN_ID, monotonic=time.monotonic)


def _sending(endpoint: RpcEndpoint) -> SendWithin:
    def send(batch: list[dict[str, object]], seconds: float) -> object:
        try:
            return endpoint.send(batch, seconds)
        except RpcEndpointError as error:
            raise NodeAnswerError(str(error)) from None

    return send
