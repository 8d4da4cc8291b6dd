"""A list over both providers: its first page from whoever can, the others by cursor.

A page may be short or empty before the end: where one response is full, where spam is left out,
or where a walk is still finding its place again (nft.paging.walk).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from freshness.subjects import Subject
from nft.chains import Chain
from nft.gallery import FRESH_SECONDS, Gallery, answer_of, kept
from nft.json_text import escaped_bytes, fits, json_text
from nft.model import NftPage
from nft.paging.cursor_token import Position, binding
from nft.paging.walk import Step, cut, take_step
from nft.providers.nft_provider import NftProvider, PageRequest, ProviderPage
from runtime.answer import Answer

MAX_REQUESTS_A_STEP = 20
MIN_SECONDS_A_REQUEST = 1.0
_ENVELOPE_BYTES = 8_192

type SpamChoice = Literal["include", "exclude"]
type PageOf = Callable[[NftProvider, PageRequest, float], ProviderPage]
"""(provider, page, seconds) -> one page of a list."""


@dataclass(frozen=True)
class Listing:
    """A list to walk: `name` and `query` say which, `read` how to get a page of it.

    `query` is everything that makes this list another one, the caller too on /me routes; `about`
    is what a change of would change it.
    """

    name: str
    chain: Chain
    query: tuple[object, ...]
    read: PageOf
    limit: int
    about: Subject
    spam: SpamChoice = "include"
    fresh_seconds: int = FRESH_SECONDS

    @property
    def bound_to(self) -> str:
        return binding(self.name, self.chain.chain_id, self.query, self.limit, self.spam)


def list_page(gallery: Gallery, listing: Listing, cursor: str | None, deadline: float) -> Answer:
    """Raises NftError. A cursor is opened before anything is looked up by it, held or new."""
    opened = None
    if cursor is not None:
        opened = gallery.cursors.open(cursor, expected_binding=listing.bound_to)

    def ask() -> Answer:
        if opened is None:
            return _page(gallery, listing, _first_step(gallery, listing, deadline))
        return _page(gallery, listing, _later_step(gallery, listing, opened, deadline))

    return kept(
        gallery,
        f"{listing.bound_to}/{cursor or ''}",
        ask,
        about={listing.about},
        fresh_seconds=listing.fresh_seconds,
    )


def _first_step(gallery: Gallery, listing: Listing, deadline: float) -> Step:
    return gallery.failover.first(
        listing.chain.providers,
        lambda provider, until: _step(gallery, listing, Position(provider, listing.limit), until),
        deadline=deadline,
        weak=lambda step: not step.items and step.next is None,
    )


def _later_step(gallery: Gallery, listing: Listing, position: Position, deadline: float) -> Step:
    return gallery.failover.later(
        position.provider,
        lambda _, until: _step(gallery, listing, position, until),
        deadline=deadline,
    )


def _step(gallery: Gallery, listing: Listing, position: Position, until: float) -> Step:
    provider = gallery.providers[position.provider]
    asked = 0

    def fetch(page: PageRequest) -> ProviderPage:
        nonlocal asked
        asked += 1
        return gallery.failover.call(
            position.provider, lambda seconds: listing.read(provider, page, seconds), until
        )

    def may_continue() -> bool:
        return asked < MAX_REQUESTS_A_STEP and gallery.clock() < until - MIN_SECONDS_A_REQUEST

    step = take_step(position, fetch, may_continue=may_continue)
    if step.resumed:
        gallery.failover.metrics.count("WalkResumed", provider=position.provider)
    return step


def _page(gallery: Gallery, listing: Listing, step: Step) -> Answer:
    """As many of the step's items as one response holds, and a cursor for what follows."""
    answer = answer_of(_all_of(gallery, listing, step))
    if fits(answer.body, gallery.max_bytes):
        return answer
    return answer_of(_all_of(gallery, listing, _fitting(step, gallery.max_bytes)))


def _all_of(gallery: Gallery, listing: Listing, step: Step) -> NftPage:
    shown = tuple(
        item for item in step.items if listing.spam == "include" or item.spam.is_spam is not True
    )
    cursor = None
    if step.next is not None:
        cursor = gallery.cursors.seal(step.next, bound_to=listing.bound_to)
    return NftPage(
        items=shown,
        total_count=step.page.total_count,
        next_cursor=cursor,
        as_of=step.page.as_of,
        provider=step.opened.provider,
        hidden_spam=len(step.items) - len(shown),
    )


def _fitting(step: Step, max_bytes: int) -> Step:
    left = max_bytes - _ENVELOPE_BYTES
    for place, item in enumerate(step.items):
        left -= escaped_bytes(json_text(item)) + 1
        if left < 0 and place:
            return cut(step, place)
    return step
