"""One step of a walk through a provider's pages, without gap or duplicate.

A provider's page token may die (a 400), start over unasked, or turn out too big a page. The walk
then goes through the list again from its start, passing over what was given out: up to the
newest given-out token that is still there. Where that takes longer than one request may, the
step ends with no items and a place to go on; where none of those tokens is left, it says so.

This stands on the provider keeping its order, which both do for lists that do not change; a
token that came in before the place reached is not shown, as on any list read while it changes.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from nft.errors import (
    ExpiredCursorError,
    ProviderKeyError,
    UpstreamBadRequestError,
    UpstreamError,
    UpstreamNotFoundError,
    UpstreamTooLargeError,
    UpstreamUnavailableError,
)
from nft.model import Nft
from nft.paging.cursor_token import Position, carries
from nft.providers.nft_provider import ProviderPage
from nft.providers.page_request import PageRequest

RECENT_DIGESTS = 3
SMALLER_BY = 8

type Fetch = Callable[[PageRequest], ProviderPage]
type MayContinue = Callable[[], bool]
"""Whether there is time and budget for one more request of this step."""


@dataclass(frozen=True)
class Step:
    """`page` as the provider gave it, `items` the new ones of it, `opened` where it was opened."""

    items: tuple[Nft, ...]
    page: ProviderPage
    opened: Position
    next: Position | None
    resumed: bool


def digest(nft: Nft) -> str:
    identity = f"{nft.contract.address}/{nft.token_id}"
    return hashlib.sha256(identity.encode()).hexdigest()[:12]


def take_step(position: Position, fetch: Fetch, *, may_continue: MayContinue) -> Step:
    """Raises UpstreamError, and ExpiredCursorError where the walk cannot be resumed."""
    resumed = restarted = False
    so_far: Step | None = None
    while True:
        try:
            page = fetch(PageRequest(position.token, position.size))
        except UpstreamTooLargeError:
            if position.size == 1:
                raise
            position = _from_the_start(position, size=max(1, position.size // SMALLER_BY))
            continue
        except (UpstreamBadRequestError, UpstreamNotFoundError):
            if position.token is None:
                raise
            if restarted:
                raise ExpiredCursorError("page tokens die faster than the walk goes") from None
            position, resumed, restarted = _from_the_start(position), True, True
            continue
        except (UpstreamError, ProviderKeyError):
            if so_far is None:
                raise
            return so_far  # so that the next request goes on here and not at the dead token
        position = _noticing_a_restart(position, page)
        resumed = resumed or position.seeking
        step = _step(position, page, resumed=resumed)
        if step.items or step.next is None or not may_continue():
            return step
        so_far, position = step, step.next


def cut(step: Step, count: int) -> Step:
    """The step with its first `count` items only; the next one opens the same page again."""
    items = step.items[:count]
    place = _moved(step.opened, items)
    return replace(step, items=items, next=replace(place, seeking=True))


def _step(position: Position, page: ProviderPage, *, resumed: bool) -> Step:
    if page.next_token is not None and page.next_token == position.token:
        raise UpstreamUnavailableError("the page token does not move")
    if page.next_token is not None and not carries(page.next_token):
        raise UpstreamUnavailableError("the page token is too long for a cursor")
    items, seeking = _new_items(position, page)
    if seeking and page.next_token is None:
        raise ExpiredCursorError("none of the tokens given out last is there any more")
    following = None
    if page.next_token is not None:
        moved = _moved(position, items)
        following = replace(moved, token=page.next_token, seeking=seeking)
    return Step(items, page, position, following, resumed)


def _new_items(position: Position, page: ProviderPage) -> tuple[tuple[Nft, ...], bool]:
    """Those not given out yet, and whether the place is still sought."""
    digests = [digest(item) for item in page.items]
    given_out = [place for place, mark in enumerate(digests) if mark in position.recent]
    if position.seeking and not given_out:
        return (), True
    start = given_out[-1] + 1 if given_out else 0
    return page.items[start:], False


def _moved(position: Position, items: tuple[Nft, ...]) -> Position:
    marks = tuple(digest(item) for item in items)
    recent = (*position.recent, *marks)[-RECENT_DIGESTS:]
    return replace(position, first=position.first or next(iter(marks), None), recent=recent)


def _from_the_start(position: Position, *, size: int | None = None) -> Position:
    seeking = bool(position.recent)
    return replace(position, token=None, size=size or position.size, seeking=seeking)


def _noticing_a_restart(position: Position, page: ProviderPage) -> Position:
    """A token that opens the first page again has died without a word."""
    opened_later = position.token is not None and not position.seeking
    if opened_later and any(digest(item) == position.first for item in page.items):
        return replace(position, seeking=True)
    return position
