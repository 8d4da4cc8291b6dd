"""Token metadata with the memory of an instance: built once from the environment."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from aws_lambda_powertools.logging import Logger

from ethereum.address import Address
from fetch.strict_fetcher import StrictFetcher
from freshness.deployed import deployed_freshness
from freshness.subjects import token_subject
from metadata.token_image import ImageChoice
from metadata.token_lookup import TokenLookup
from nodes.nodes import nodes_from_environment
from runtime.answer import Answer
from runtime.answer_cache import AnswerCache
from runtime.deadline import Deadline
from runtime.traces import traced, traces_from_environment

FRESH_SECONDS = 300
"""A document seldom changes, and its web is asked for it no more often than it must be."""


@dataclass(frozen=True)
class MetadataService:
    tokens: TokenLookup
    answers: AnswerCache

    @classmethod
    def from_environment(cls, environment: Mapping[str, str], logger: Logger) -> "MetadataService":
        """Raises SettingError rather than start half-configured."""
        traces = traces_from_environment(environment)
        nodes = nodes_from_environment(environment, traces=traces)
        tokens = TokenLookup(nodes, traced(traces, "gateway", StrictFetcher()))
        return cls(tokens, AnswerCache(time.time, deployed_freshness(environment, logger)))

    def find(
        self,
        chain_id: int,
        contract: Address,
        token_id: str,
        *,
        image: ImageChoice,
        deadline: Deadline,
    ) -> Answer:
        """As TokenLookup.find, or from memory.

        An image that was not to be had may be the next time, so nobody keeps that answer.
        """

        def ask() -> Answer:
            response = self.tokens.find(
                chain_id, contract, int(token_id), image=image, deadline=deadline
            )
            is_lasting = response["image"]["status"] != "unavailable"
            return Answer(json.dumps(response), is_lasting=is_lasting)

        return self.answers.answer(
            f"{chain_id}/{contract}/{token_id}?image={image}",
            ask,
            fresh_seconds=FRESH_SECONDS,
            about=partial(token_subject, chain_id, contract, token_id),
        )
