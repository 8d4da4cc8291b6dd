"""The edge of the metadata route: settings, nodes and the fetcher, built once per instance."""

import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from fetch.strict_fetcher import StrictFetcher
from freshness.freshness import Freshness, deployed_freshness
from freshness.subjects import token_subject
from metadata.token_image import ImageChoice
from metadata.token_lookup import TokenLookup
from nodes.nodes import nodes_from_environment
from runtime.answer import Answer
from runtime.answer_cache import AnswerCache
from runtime.deadline import Deadline
from runtime.logging import build_logger
from runtime.route import RouteEdge
from runtime.route_settings import RouteSettings
from runtime.traces import traced, traces_from_environment

FRESH_SECONDS = 300
"""A document seldom changes, and its web is asked for it no more often than it must be."""


@dataclass(frozen=True)
class Edge:
    route: RouteEdge
    tokens: TokenLookup
    answers: AnswerCache
    freshness: Freshness

    def find(
        self, chain_id: str, contract: str, token_id: str, *, image: ImageChoice, seconds: float
    ) -> Answer:
        """As TokenLookup.find, or from memory: only what was found is held, so it was valid.

        An image that was not to be had may be the next time, so nobody keeps that answer.
        """

        def ask() -> Answer:
            deadline = Deadline.after(seconds, self.route.clock)
            found = self.tokens.find(chain_id, contract, token_id, image=image, deadline=deadline)
            is_lasting = found["image"]["status"] != "unavailable"
            return Answer(json.dumps(found), is_lasting=is_lasting)

        def is_unchanged(asked_at: float) -> bool:
            subject = token_subject(int(chain_id), contract, token_id)
            return not self.freshness.changed_since({subject}, asked_at)

        return self.answers.answer(
            f"{chain_id}/{contract.lower()}/{token_id}?image={image}",
            ask,
            fresh_seconds=FRESH_SECONDS,
            is_unchanged=is_unchanged,
        )


@cache
def deployed_edge() -> Edge:
    """Raises SettingError rather than start half-configured."""
    return build_edge(os.environ)


def build_edge(environment: Mapping[str, str]) -> Edge:
    settings = RouteSettings.from_environment(environment)
    traces = traces_from_environment(environment)
    nodes = nodes_from_environment(environment, traces=traces)
    tokens = TokenLookup(nodes, traced(traces, "gateway", StrictFetcher()))
    route = RouteEdge.of(settings, build_logger(), time.monotonic)
    freshness = deployed_freshness(environment, route.logger)
    return Edge(route, tokens, AnswerCache(time.time), freshness)
