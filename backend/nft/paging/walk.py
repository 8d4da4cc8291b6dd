"""One step of a walk through a provider's pages, without gap or duplicate, and with an end.

A provider's page token may die (a 400), start over unasked, or turn out too big a page. The walk
then searches its place: it goes through the list again from its start, passing over what was given
out, up to the newest given-out token that is still there. Where that takes longer than one request
may, the step ends with no items and a place to go on; where none of those tokens is left, it says
so. A list that cannot be read to its end is UpstreamListError: null would call it complete.

This stands on the provider keeping its order, which both do for lists that do not change; a
token that came in before the place reached is not shown, as on any list read while it changes.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from nft.errors import (
    ProviderKeyError,
    UpstreamBadRequestError,
    UpstreamError,
    UpstreamListError,
    UpstreamNotFoundError,
    UpstreamTooLargeError,
)
from nft.model import Nft
from nft.paging.cursor_token import Position, carries
from nft.paging.progress import (
    RECENT_TOKENS,
    from_the_start,
    given,
    lost,
    passed_over,
    searching,
    with_page,
)
from nft.providers.nft_provider import Entry, ProviderPage, Unreadable
from nft.providers.page_request import PageRequest

SMALLER_BY = 8

type Fetch = Callable[[PageRequest], ProviderPage]
type MayContinue = Callable[[], bool]
"""Whether there is time and budget for one more request of this step."""
type IsWanted = Callable[[Nft], bool]


class Marked(NamedTuple):
    """An entry with its digest."""

    mark: str
    entry: Entry


@dataclass(frozen=True)
class Opened:
    """A page as the provider gave it; `listed` is all of it, `new` what was not given out yet.

    `found`: the walk knows its place, so all that follows this page is new. `starts_over`: behind
    what is new stands the list's beginning.
    """

    page: ProviderPage
    listed: Sequence[Marked]
    new: Sequence[Marked]
    found: bool
    starts_over: bool = False


@dataclass(frozen=True)
class Step:
    """`opened` at `position`; `passed_unreadable` is of the pages before, which had no items."""

    opened: Opened
    position: Position
    next: Position | None
    is_wanted: IsWanted
    resumed: bool = False
    passed_unreadable: int = 0

    @cached_property
    def items(self) -> tuple[Nft, ...]:
        shown = (entry for _, entry in self.opened.new if isinstance(entry, Nft))
        return tuple(filter(self.is_wanted, shown))

    @property
    def unreadable(self) -> int:
        broken = (isinstance(entry, Unreadable) for _, entry in self.opened.new)
        return self.passed_unreadable + sum(broken)


def take_step(
    position: Position,
    fetch: Fetch,
    *,
    limit: int,
    may_continue: MayContinue,
    is_wanted: IsWanted = lambda _: True,
) -> Step:
    """The next items, at most `limit`, of those that `is_wanted` says yes to.

    Raises UpstreamError, and ExpiredCursorError where the walk cannot be resumed.
    """
    searched = resumed = False
    so_far: Step | None = None
    while True:
        try:
            page: ProviderPage | None = fetch(PageRequest(position.token, position.size))
        except UpstreamTooLargeError:
            if position.size == 1:
                raise
            position = from_the_start(position, size=max(1, position.size // SMALLER_BY))
            continue
        except (UpstreamBadRequestError, UpstreamNotFoundError):
            if position.token is None:
                raise
            page = None
        except (UpstreamError, ProviderKeyError):
            if so_far is None:
                raise
            return so_far  # so that the next request goes on here and not at the dead token
        opened = None if page is None else _opened(position, page)
        if opened is None:
            if so_far is not None and not may_continue():
                return so_far
            if searched:
                raise lost(position, "page tokens die faster than the walk goes")
            position, searched = searching(position), True
            continue
        resumed = resumed or position.seeking
        passed = so_far.unreadable if so_far else 0
        step = Step(opened, position, _next(position, opened, limit), is_wanted, resumed, passed)
        if len(step.items) > limit:
            step = cut(step, limit)
        if step.items or step.next is None or not may_continue():
            return step
        so_far, position = step, step.next


def cut(step: Step, count: int) -> Step:
    """The step with its first `count` items only; the next one opens the same page again."""
    last, new = step.items[count - 1], step.opened.new
    end = next(end for end, (_, entry) in enumerate(new, start=1) if entry is last)
    opened = replace(step.opened, new=new[:end])
    place = replace(_given(step.position, opened.new), seeking=True)
    return replace(step, opened=opened, next=place)


def _opened(position: Position, page: ProviderPage) -> Opened | None:
    """None where the page token has died without a word: it opens the list's beginning again."""
    listed = _distinct([Marked(_mark(entry), entry) for entry in page.entries])
    marks = [mark for mark, _ in listed]
    is_later = position.token is not None
    start = _found(position, marks) if position.seeking else _overlap(position, marks)
    if start is None:
        return None if is_later and position.first in marks else Opened(page, listed, (), False)
    end = len(marks)
    if is_later and position.first in marks[start:]:
        end = marks.index(str(position.first), start)
    new = tuple(one for one in listed[start:end] if one.mark not in position.recent)
    starts_over = end < len(marks)
    if starts_over and not new:
        if position.searches:
            raise UpstreamListError("behind the place, the list starts over")
        return None
    if not position.seeking and _digest(marks) in position.pages:
        new = ()
    return Opened(page, listed, new, True, starts_over)


def _next(position: Position, opened: Opened, limit: int) -> Position | None:
    """Where the walk goes on behind a page; None where the list ends."""
    token = opened.page.next_token
    if opened.starts_over:
        return _at_the_same_page(position, opened)
    if token is None and not opened.found:
        raise lost(position, "none of the tokens given out last is there any more")
    if token is None:
        return None
    if token == position.token or not carries(token):
        if position.token is None or not opened.new:
            raise UpstreamListError("the page token does not move, or is too long for a cursor")
        return with_page(_at_the_same_page(position, opened), _digest_of(opened.listed))
    if opened.new:
        place = with_page(_given(position, opened.new), _digest_of(opened.listed))
    else:
        place = passed_over(position, limit=limit)
    size = min(position.size, limit) if opened.found else position.size
    return replace(place, token=token, seeking=not opened.found, size=size)


def _at_the_same_page(position: Position, opened: Opened) -> Position:
    """Where a list can go no further: the next request finds nothing new here, and says so."""
    return replace(_given(position, opened.new), seeking=False)


def _given(position: Position, new: Sequence[Marked]) -> Position:
    tokens = (mark for mark, entry in new if isinstance(entry, Nft))
    return given(position, tokens=tuple(tokens), shown=_digest_of(new))


def _found(position: Position, marks: list[str]) -> int | None:
    """Where what follows the newest token that is still there begins; None where none is."""
    there = (mark for mark in reversed(position.recent) if mark in marks)
    return next((marks.index(mark) + 1 for mark in there), None)


def _overlap(position: Position, marks: list[str]) -> int:
    """How much of a page repeats what was given out, up to the last tokens in their order."""
    recent = list(position.recent)
    if len(recent) < RECENT_TOKENS:
        return 0
    ends = range(RECENT_TOKENS, len(marks) + 1)
    return max((end for end in ends if marks[end - RECENT_TOKENS : end] == recent), default=0)


def _distinct(listed: Sequence[Marked]) -> list[Marked]:
    """A token that is named twice counts once; what is unreadable counts each time."""
    seen: dict[str, Marked] = {}
    for place, one in enumerate(listed):
        seen.setdefault(one.mark if isinstance(one.entry, Nft) else str(place), one)
    return list(seen.values())


def _mark(entry: Entry) -> str:
    if isinstance(entry, Nft):
        return _digest([entry.contract.address, entry.token_id])
    return _digest([entry.mark])


def _digest_of(listed: Sequence[Marked]) -> str:
    return _digest([mark for mark, _ in listed])


def _digest(parts: list[str]) -> str:
    return hashlib.sha256("/".join(parts).encode()).hexdigest()[:12]
