"""The edge of the metadata route: settings, nodes and the fetcher, built once per instance."""

import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial

from auth.rpc_nodes import nodes_by_chain
from auth.rpc_urls import rpc_urls_from_environment
from metadata.fetch import StrictFetcher
from metadata.token_image import ImageChoice
from metadata.token_lookup import TokenLookup
from runtime.answer import Answer
from runtime.answer_cache import AnswerCache
from runtime.logging import build_logger
from runtime.route import RouteEdge
from runtime.settings import RouteSettings
from runtime.traces import traced, traces_from_environment
from webhooks.freshness import Freshness, deployed_freshness
from webhooks.subjects import token_subject

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
            found = self.tokens.find(chain_id, contract, token_id, image=image, seconds=seconds)
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
    nodes = nodes_by_chain(
        rpc_urls_from_environment(environment),
        provider_keys_secret_arn=settings.provider_keys_secret_arn,
        around=partial(traced, traces, "node"),
    )
    logger = build_logger()
    route = RouteEdge.of(settings, logger, time.monotonic)
    tokens = TokenLookup(nodes, traced(traces, "gateway", StrictFetcher()))
    return Edge(route, tokens, AnswerCache(time.time), deployed_freshness(environment, logger))
