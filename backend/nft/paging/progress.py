"""How the position of a walk moves: forward, back to the start to search its place, or not at all.

The text of a provider's page tokens proves nothing: a token may be new for the same place. So a
position remembers what was given out, in a few digests. Brent's algorithm finds where the list
goes in a circle: it compares what is given out with what was given out at the last number that is
a power of two. https://maths-people.anu.edu.au/~brent/pd/rpb051i.pdf
"""

from dataclasses import replace
from math import ceil

from nft.errors import ExpiredCursorError, NftError, UpstreamListError
from nft.paging.cursor_token import Position

RECENT_TOKENS = 3
RECENT_PAGES = 4
MAX_IDLE_PAGES = 3
MAX_SEARCHES = 3
SEARCH_SIZE = 100
PAGES_BEYOND = 8


def given(position: Position, *, tokens: tuple[str, ...], shown: str) -> Position:
    """The position once something new is given out: digests of its tokens, and of all of it.

    Raises UpstreamListError.
    """
    if shown == position.anchor:
        raise UpstreamListError("the list goes in a circle")
    number = position.given + 1
    return replace(
        position,
        first=position.first or next(iter(tokens), None),
        recent=(*position.recent, *tokens)[-RECENT_TOKENS:],
        given=number,
        anchor=shown if number.bit_count() == 1 else position.anchor,
        idle=0,
        searches=0,
        passed=0,
    )


def with_page(position: Position, page: str) -> Position:
    """The position once a whole page is given out: its digest is remembered for a while."""
    others = (digest for digest in position.pages if digest != page)
    return replace(position, pages=(*others, page)[-RECENT_PAGES:])


def passed_over(position: Position, *, limit: int) -> Position:
    """The position behind a page with nothing new, before the end of a list.

    Raises ExpiredCursorError, UpstreamListError.
    """
    if position.seeking:
        most = position.given * ceil(limit / position.size) + PAGES_BEYOND
        if position.passed >= most:
            raise lost(position, "the place is not where it was")
        return replace(position, passed=position.passed + 1)
    if position.idle + 1 >= MAX_IDLE_PAGES:
        raise UpstreamListError("the list goes on, with nothing new")
    return replace(position, idle=position.idle + 1)


def searching(position: Position) -> Position:
    """Where a search for the place begins. Raises ExpiredCursorError, UpstreamListError."""
    if position.searches >= MAX_SEARCHES:
        raise lost(position, "page tokens die faster than the walk goes")
    start = from_the_start(position, size=SEARCH_SIZE)
    return replace(start, searches=position.searches + 1)


def from_the_start(position: Position, *, size: int) -> Position:
    seeking = bool(position.recent)
    return replace(position, token=None, size=size, seeking=seeking, passed=0)


def lost(position: Position, cause: str) -> NftError:
    """The error of a walk that cannot go on."""
    return ExpiredCursorError(cause) if position.given else UpstreamListError(cause)
