"""What lookups share: both providers behind failover, cursors, and an instance's memory."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from nft.errors import BudgetSpentError, ProvidersUnavailableError
from nft.failover.failover import Failover
from nft.model import to_json
from nft.paging.cursor_keys import CursorKeys
from nft.pictures import Pictures
from nft.providers.nft_provider import NftProvider
from runtime.answer import Answer
from runtime.answer_cache import AnswerCache
from runtime.freshness import Freshness
from runtime.metrics import Metrics
from runtime.responses import MAX_ESCAPED_BYTES

FRESH_SECONDS = 30
"""For what guests look up. A wallet's own routes are asked anew each time."""


@dataclass(frozen=True)
class Gallery:
    """Lives as long as its function instance; `max_bytes` bounds a page's JSON."""

    providers: Mapping[str, NftProvider]
    failover: Failover
    cursors: CursorKeys
    answers: AnswerCache
    pictures: Pictures
    max_bytes: int = MAX_ESCAPED_BYTES


def answer_cache(
    now: Callable[[], float], freshness: Freshness, *, metrics: Metrics
) -> AnswerCache:
    """The last good answer outlives its providers, marked as stale; `now` gives Unix seconds."""

    def stale(answer: Answer) -> Answer:
        metrics.count("StaleServed", provider=answer.provider)
        body = to_json({**json.loads(answer.body), "stale": True}).decode()
        return replace(answer, body=body)

    unavailable = ProvidersUnavailableError, BudgetSpentError
    return AnswerCache(now, freshness, unavailable=unavailable, stale=stale)
