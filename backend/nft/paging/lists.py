"""Lists over both providers: the first page from whoever can, the others by cursor.

A page may be short or empty before the end: where one response is full, where spam is left out,
or where a walk is still finding its place again (nft.paging.walk).
"""

from dataclasses import dataclass
from functools import cached_property, partial
from threading import Lock
from typing import Literal

from freshness.subjects import contract_subject, owner_subject
from nft.errors import NotAskedError, UpstreamListError
from nft.failover.circuit_breaker import Question
from nft.gallery import FRESH_SECONDS, Gallery
from nft.model import Nft, NftPage, to_json
from nft.paging.cursor_token import Position
from nft.paging.walk import Step, cut, take_step
from nft.providers.nft_provider import ProviderPage
from nft.providers.page_request import OwnerNfts, PageRequest, Query
from runtime.answer import Answer
from runtime.answer_cache import digest
from runtime.deadline import Deadline
from runtime.freshness import Subject
from runtime.responses import escaped_bytes, fits

MAX_CALLS = 5
"""To providers, in one request of ours."""
MAX_CALLS_OF_THE_FIRST = 3
"""On a first page, so that the second provider has its turn."""
MIN_SECONDS_A_CALL = 1.0
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

    def includes(self, item: Nft) -> bool:
        """Of the one contract that the query names: a provider may ignore the filter."""
        contract = self.query.contract
        return contract is None or item.contract.address.lower() == contract

    @property
    def is_wallets_own(self) -> bool:
        """What a wallet asks for itself is asked anew each time."""
        return self.fresh_seconds == 0

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
    ask = partial(_step, gallery, nfts, position, _Calls())
    if position is None:
        providers = nfts.query.chain.providers
        step = gallery.failover.first(providers, question, ask, deadline=deadline, weak=_is_empty)
    else:
        step = gallery.failover.later(position.provider, question, ask, deadline=deadline)
    body = to_json(_page(gallery, nfts, step)).decode()
    if not fits(body, gallery.max_bytes):
        step = _fitting(step, gallery.max_bytes)
        body = to_json(_page(gallery, nfts, step)).decode()
    provider = step.position.provider
    if step.unreadable:
        gallery.failover.metrics.count("ItemUnreadable", provider=provider, times=step.unreadable)
    return Answer(body, provider=provider, upstream_status=200)


def _is_empty(step: Step) -> bool:
    return not step.items and step.next is None


class _Calls:
    """What one request may still ask of providers; two may ask at once."""

    def __init__(self) -> None:
        self._left = iter(range(MAX_CALLS))
        self._lock = Lock()

    def take(self) -> None:
        """Raises NotAskedError."""
        with self._lock:
            if next(self._left, None) is None:
                raise NotAskedError("the calls of this request are spent")


def _step(
    gallery: Gallery,
    nfts: NftList,
    position: Position | None,
    calls: _Calls,
    provider: str,
    deadline: Deadline,
) -> Step:
    made, most = 0, MAX_CALLS if position else MAX_CALLS_OF_THE_FIRST

    def fetch(page: PageRequest) -> ProviderPage:
        nonlocal made
        made += 1
        calls.take()
        with gallery.failover.request(provider, deadline, for_wallet=nfts.is_wallets_own):
            return gallery.providers[provider].page(nfts.query, page, deadline)

    def may_continue() -> bool:
        is_within = made < most and deadline.left() > MIN_SECONDS_A_CALL
        return is_within and gallery.failover.can_spare(provider)

    metrics = gallery.failover.metrics
    try:
        step = take_step(
            position or Position(provider, nfts.limit),
            fetch,
            limit=nfts.limit,
            is_wanted=nfts.includes,
            may_continue=may_continue,
        )
    except UpstreamListError:
        metrics.count("ListBroken", provider=provider)
        raise
    if step.resumed:
        metrics.count("WalkResumed", provider=provider)
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
        total_count=step.opened.page.total_count,
        next_cursor=cursor,
        as_of=step.opened.page.as_of,
        provider=step.position.provider,
        hidden_spam=len(step.items) - len(shown),
        unreadable_count=step.unreadable,
    )


def _fitting(step: Step, max_bytes: int) -> Step:
    left = max_bytes - _ENVELOPE_BYTES
    for place, item in enumerate(step.items):
        left -= escaped_bytes(to_json(item).decode()) + 1
        if left < 0 and place:
            return cut(step, place)
    return step
