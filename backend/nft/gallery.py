"""What lookups share, and what each gives back."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from freshness.freshness import Freshness
from freshness.subjects import Subject
from nft.errors import ProvidersUnavailableError
from nft.failover.failover import Failover
from nft.json_text import json_text
from nft.model import ContractDetails, Nft, NftPage
from nft.paging.cursor_keys import CursorKeys
from nft.providers.http import MAX_ESCAPED_BYTES
from nft.providers.nft_provider import NftProvider
from runtime.answer import Answer
from runtime.answer_cache import AnswerCache

FRESH_SECONDS = 30
"""For what guests look up. A wallet's own routes are asked anew each time."""


@dataclass(frozen=True)
class Gallery:
    """Kept by a warm function instance; `max_bytes` bounds a page's JSON."""

    providers: Mapping[str, NftProvider]
    failover: Failover
    cursors: CursorKeys
    answers: AnswerCache
    freshness: Freshness
    max_bytes: int = MAX_ESCAPED_BYTES

    def clock(self) -> float:
        return self.failover.clock()


def kept(
    gallery: Gallery,
    key: str,
    ask: Callable[[], Answer],
    *,
    about: Collection[Subject],
    fresh_seconds: int = FRESH_SECONDS,
) -> Answer:
    """A fresh answer, held or new; or the last good one, stale, where no provider gives any."""

    def is_unchanged(asked_at: float) -> bool:
        return not gallery.freshness.changed_since(about, asked_at)

    try:
        return gallery.answers.answer(
            key, ask, fresh_seconds=fresh_seconds, is_unchanged=is_unchanged
        )
    except ProvidersUnavailableError:
        held = gallery.answers.find(key)
        if held is None:
            raise
        gallery.failover.metrics.count("StaleServed", provider=held.answer.provider)
        return _stale(held.answer)


def answer_of(found: NftPage | Nft | ContractDetails) -> Answer:
    return Answer(json_text(found), provider=found.provider, upstream_status=200)


def _stale(answer: Answer) -> Answer:
    body = json_text({**json.loads(answer.body), "stale": True})
    return replace(answer, body=body, cache="stale", max_age=0, upstream_status=None)
