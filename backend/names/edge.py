"""The edge of the name routes: settings, nodes and the fetcher, built once per instance."""

import json
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cache

from ethereum.address import Address, parse_address
from fetch.strict_fetcher import StrictFetcher
from names.ens_lookup import EnsLookup, NamedAddress
from nodes.nodes import nodes_from_environment
from runtime.answer import Answer
from runtime.answer_cache import AnswerCache
from runtime.deadline import Deadline
from runtime.logging import build_logger
from runtime.route import RouteEdge
from runtime.route_settings import RouteSettings
from runtime.traces import traced, traces_from_environment

ENS_CHAIN_ID = 1
"""ENS lives on Ethereum; names of other chains are read there too (ENSIP-19 is not)."""

FRESH_SECONDS = 60
"""Records change by transactions, which nobody tells us of."""


@dataclass(frozen=True)
class Edge:
    route: RouteEdge
    ens: EnsLookup
    answers: AnswerCache

    def remembered(self, key: str, look_up: Callable[[], NamedAddress]) -> Answer:
        return self.answers.answer(
            key, lambda: Answer(json.dumps(asdict(look_up()))), fresh_seconds=FRESH_SECONDS
        )

    def address_of(self, name: str, seconds: float) -> Address:
        """What `name` stands for, from memory while that is fresh. Raises RouteError."""
        deadline = Deadline.after(seconds, self.route.clock)
        found = self.remembered(f"name/{name}", lambda: self.ens.by_name(name, deadline))
        return parse_address(json.loads(found.body)["address"])


@cache
def deployed_edge() -> Edge:
    """Raises SettingError rather than start half-configured."""
    return build_edge(os.environ)


def build_edge(environment: Mapping[str, str]) -> Edge:
    settings = RouteSettings.from_environment(environment)
    traces = traces_from_environment(environment)
    nodes = nodes_from_environment(environment, traces=traces)
    ens = EnsLookup(nodes.get(ENS_CHAIN_ID), traced(traces, "gateway", StrictFetcher()))
    route = RouteEdge.of(settings, build_logger(), time.monotonic)
    return Edge(route, ens, AnswerCache(time.time))
