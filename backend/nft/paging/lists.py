"""Lists over both providers: the first page from whoever can, the others by cursor.

A page may be short or empty before the end: where one response is full, where spam is left out,
or where a walk is still finding its place again (nft.paging.walk).
"""

from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Literal

from freshness.subjects import contract_subject, owner_subject
from nft.failover.circuit_breaker import Question
from nft.gallery import FRESH_SECONDS, Gallery
from nft.model import NftPage, to_json
from nft.paging.cursor_token import Position
from nft.paging.walk import Step, cut, take_step
from nft.providers.nft_provider import ProviderPage
from nft.providers.page_request import OwnerNfts, PageRequest, Query
from runtime.answer import Answer
from runtime.answer_cache import digest
from runtime.deadline import Deadline
from runtime.freshness import Subject
from runtime.responses import escaped_bytes, fits

MAX_REQUESTS_A_STEP = 20
MIN_SECONDS_A_REQUEST = 1.0
_ENVELOPE_BYTES = 8_192

type SpamChoice = Literal["include", "exclude"]


@dataclass(frozen=True)
class NftList:
    """A list to walk. `route` tells /me from /owners: their cursors do not cross."""

    query: Query
    route: str
    limit: int
    spam: SpamChoice = "include"
    fresh_seconds: int = FRESH_SECONDS

    @cached_property
    def bound_to(self) -> str:
        """All that makes it another list, the caller too on /me routes."""
        chain, *whose = self.query
        return digest(self.route, chain.chain_id, whose, self.limit, self.spam)

    def question(self, cursor: str | None) -> Question:
        """All that a provider is asked, whoever asks it and whatever of it is shown."""
        chain, *whose = self.query
        return Question(digest(chain.chain_id, whose, self.limit, cursor), self.subject)

    def subject(self) -> Subject:
        """What a change of would change the list."""
        chain_id = self.query.chain.chain_id
        if isinstance(self.query, OwnerNfts):
            return owner_subject(chain_id, self.query.owner)
        return contract_subject(chain_id, self.query.contract)


def list_page(gallery: Gallery, nfts: NftList, cursor: str | None, deadline: Deadline) -> Answer:
    """Raises NftError. A cursor is opened before anything is looked up by it, cached or new."""
    position = None
    if cursor is not None:
        position = gallery.cursors.open(cursor, expected_binding=nfts.bound_to)
    return gallery.answers.answer(
        f"{nfts.bound_to}/{cursor or ''}",
        partial(_new_page, gallery, nfts, position, nfts.question(cursor), deadline),
        about=nfts.subject,
        fresh_seconds=nfts.fresh_seconds,
    )


def _new_page(
    gallery: Gallery,
    nfts: NftList,
    position: Position | None,
    question: Question,
    deadline: Deadline,
) -> Answer:
    """As many of the step's items as one response has room for, and a cursor for what follows."""
    ask = partial(_step, gallery, nfts, position)
    if position is None:
        providers = nfts.query.chain.providers
        step = gallery.failover.first(providers, question, ask, deadline=deadline, weak=_is_empty)
    else:
        step = gallery.failover.later(position.provider, question, ask, deadline=deadline)
    body = to_json(_page(gallery, nfts, step)).decode()
    if not fits(body, gallery.max_bytes):
        fitting = _fitting(step, gallery.max_bytes)
        body = to_json(_page(gallery, nfts, fitting)).decode()
    return Answer(body, provider=step.opened.provider, upstream_status=200)


def _is_empty(step: Step) -> bool:
    return not step.items and step.next is None


def _step(
    gallery: Gallery, nfts: NftList, position: Position | None, provider: str, deadline: Deadline
) -> Step:
    requests = 0

    def fetch(page: PageRequest) -> ProviderPage:
        nonlocal requests
        requests += 1
        with gallery.failover.request(provider, deadline):
            return _filtered(
                gallery.providers[provider].page(nfts.query, page, deadline), nfts.query
            )

    def may_continue() -> bool:
        is_within = requests < MAX_REQUESTS_A_STEP and deadline.left() > MIN_SECONDS_A_REQUEST
        return is_within and gallery.failover.can_spare(provider)

    step = take_step(position or Position(provider, nfts.limit), fetch, may_continue=may_continue)
    if step.resumed:
        gallery.failover.metrics.count("WalkResumed", provider=provider)
    return step


def _page(gallery: Gallery, nfts: NftList, step: Step) -> NftPage:
    shown = tuple(
        item for item in step.items if nfts.spam == "include" or item.spam.is_spam is not True
    )
    cursor = None
    if step.next is not None:
        cursor = gallery.cursors.seal(step.next, bound_to=nfts.bound_to)
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
        left -= escaped_bytes(to_json(item).decode()) + 1
        if left < 0 and place:
            return cut(step, place)
    return step


def _filtered(page: ProviderPage, query: Query) -> ProviderPage:
    """Of the one contract that the query names: a provider may ignore the filter."""
    if not isinstance(query, OwnerNfts) or query.contract is None:
        return page
    items = (item for item in page.items if item.contract.address.lower() == query.contract)
    return replace(page, items=tuple(items))
