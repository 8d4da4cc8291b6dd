"""ENS names with the memory of an instance: built once from the environment."""

import json
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cache

from ethereum.address import Address, parse_address
from fetch.strict_fetcher import StrictFetcher
from names.ens_lookup import Admit, EnsLookup, NamedAddress
from nodes.nodes import nodes_from_environment
from runtime.answer import Answer
from runtime.answer_cache import AnswerCache
from runtime.deadline import Deadline
from runtime.traces import traced, traces_from_environment

ENS_CHAIN_ID = 1
"""ENS lives on Ethereum; names of other chains are read there too (ENSIP-19 is not)."""

FRESH_SECONDS = 60
"""Records change by transactions, which nobody tells us of."""


@dataclass(frozen=True)
class NamesService:
    ens: EnsLookup
    answers: AnswerCache

    @classmethod
    def from_environment(
        cls, environment: Mapping[str, str], *, admit: Admit = lambda _: None
    ) -> "NamesService":
        """`admit` as in EnsLookup. Raises SettingError rather than start half-configured."""
        traces = traces_from_environment(environment)
        nodes = nodes_from_environment(environment, traces=traces)
        fetch = traced(traces, "gateway", StrictFetcher())
        return cls(EnsLookup(nodes.get(ENS_CHAIN_ID), fetch, admit=admit), AnswerCache(time.time))

    def by_name(self, name: str, deadline: Deadline) -> Answer:
        """{"name", "address"}. Raises RouteError."""
        return self._cached(f"name/{name}", lambda: self.ens.by_name(name, deadline))

    def by_address(self, address: str, deadline: Deadline) -> Answer:
        """{"name", "address"}. Raises RouteError."""
        key = f"address/{address}"
        return self._cached(key, lambda: self.ens.by_address(address, deadline))

    def address_of(self, name: str, deadline: Deadline) -> Address:
        """What `name` stands for. Raises RouteError."""
        return parse_address(json.loads(self.by_name(name, deadline).body)["address"])

    def _cached(self, key: str, look_up: Callable[[], NamedAddress]) -> Answer:
        return self.answers.answer(
            key, lambda: Answer(json.dumps(asdict(look_up()))), fresh_seconds=FRESH_SECONDS
        )


@cache
def deployed_names() -> NamesService:
    """Made once per function instance."""
    return NamesService.from_environment(os.environ)
