"""What lookups share: both providers behind failover, cursors, and an instance's memory."""

import base64
import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

import msgspec

from nft.errors import ProvidersUnavailableError
from nft.failover.failover import Failover
from nft.model import ContractDetails, Nft, NftPage
from nft.paging.cursor_keys import CursorKeys
from nft.providers.nft_provider import NftProvider
from runtime.answer import Answer
from runtime.answer_cache import AnswerCache
from runtime.freshness import Subject
from runtime.responses import MAX_ESCAPED_BYTES

FRESH_SECONDS = 30
"""For what guests look up. A wallet's own routes are asked anew each time."""

_ENCODER = msgspec.json.Encoder()


@dataclass(frozen=True)
class Gallery:
    """Lives as long as its function instance; `max_bytes` bounds a page's JSON."""

    providers: Mapping[str, NftProvider]
    failover: Failover
    cursors: CursorKeys
    answers: AnswerCache
    max_bytes: int = MAX_ESCAPED_BYTES

    def cached(
        self,
        key: str,
        ask: Callable[[], Answer],
        *,
        about: Collection[Subject],
        fresh_seconds: int = FRESH_SECONDS,
    ) -> Answer:
        """A fresh answer, cached or new; or the last good one, stale, where no provider answers."""

        try:
            return self.answers.answer(key, ask, fresh_seconds=fresh_seconds, about=about)
        except ProvidersUnavailableError:
            entry = self.answers.find(key)
            if entry is None:
                raise
            self.failover.metrics.count("StaleServed", provider=entry.answer.provider)
            return _stale(entry.answer)


def binding(*parts: object) -> str:
    """What an answer is cached under, and what its cursor is good for, as a short digest."""
    digest = hashlib.sha256(json.dumps(parts).encode()).digest()[:16]
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def json_text(value: object) -> str:
    """Compact JSON of a struct of nft.model, or of plain values."""
    return _ENCODER.encode(value).decode()


def answer_of(document: NftPage | Nft | ContractDetails) -> Answer:
    return Answer(json_text(document), provider=document.provider, upstream_status=200)


def _stale(answer: Answer) -> Answer:
    body = json_text({**json.loads(answer.body), "stale": True})
    return replace(answer, body=body, cache="stale", max_age=0, upstream_status=None)
