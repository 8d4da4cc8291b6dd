"""What lookups share, and what each gives back."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from nft.cursor_keys import CursorKeys
from nft.errors import ProvidersUnavailableError
from nft.failover import Failover
from nft.last_good import LastGood
from nft.model import ContractDetails, Nft, NftPage, to_json
from nft.providers.http import MAX_ESCAPED_BYTES
from nft.providers.nft_provider import NftProvider

type Answer = NftPage | Nft | ContractDetails


@dataclass(frozen=True)
class Gallery:
    """Kept by a warm function instance; `max_bytes` bounds a page's JSON."""

    providers: Mapping[str, NftProvider]
    failover: Failover
    cursors: CursorKeys
    last_good: LastGood[Answer]
    max_bytes: int = MAX_ESCAPED_BYTES

    def clock(self) -> float:
        return self.failover.clock()


def kept[T: Answer](gallery: Gallery, key: str, ask: Callable[[], T]) -> tuple[T, bool]:
    """A new answer, or the last good one and True where no provider gives any."""
    try:
        answer = ask()
    except ProvidersUnavailableError:
        held = gallery.last_good.find(key)
        if held is None:
            raise
        gallery.failover.metrics.count("StaleServed", provider=held.provider)
        return cast(T, held), True
    gallery.last_good.keep(key, answer)
    return answer, False


def json_text(value: object) -> str:
    """Compact JSON text of a dataclass of nft.model, or of plain values."""
    return json.dumps(to_json(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
