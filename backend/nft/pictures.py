"""Pictures of an NFT or a contract inside the answer about it, fetched by the strict fetcher.

So a browser asks no stranger's host, and no node is needed: the URLs are the provider's.

Why: ARCHITECTURE.md, nft.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any, Literal, TypedDict, Unpack

from ethereum.errors import UriError
from ethereum.token_uri import TokenUri, parse_token_uri, with_token_id
from fetch.content import ContentLoader
from fetch.content_type import IMAGES
from fetch.errors import FetchError, TooLargeError
from fetch.picture import MAX_PICTURE_BYTES, picture_bytes_beside, picture_of
from fetch.request import Fetch
from nft.model import to_json
from runtime.answer import Answer
from runtime.answer_cache import AnswerCache, digest
from runtime.deadline import Deadline

type PictureChoice = Literal["link", "small", "inline"]
"""Whether a picture is named only, or fetched: if it is small, or of any size that fits."""

type PictureStatus = Literal["inline", "missing", "unavailable"]
"""inline: in `url` itself. missing: nobody names one. unavailable: fetched in vain."""

PICTURE_SECONDS = 3.0
"""Kept back from the providers' time, for the web."""

FRESH_SECONDS = 300
"""What stands at a URL seldom changes, and its host is asked no more often than it must be."""

FAILED_SECONDS = 30
"""For so long a host is not asked again for what it did not give."""

CACHE_BYTES = 24 * 1024 * 1024
"""Beside the memory for answers, which a few large pictures would push out."""

_MAX_BYTES: Mapping[PictureChoice, int] = {"small": 512 * 1024, "inline": MAX_PICTURE_BYTES}


type Sources = Mapping[TokenUri, str]
"""Where a picture may be, best first, each as it is written."""


class InlinedPicture(TypedDict):
    """`url` is a data: URI where the status is inline; `error` a code of fetch.errors where it is
    unavailable. `isVerified` as in fetch.content."""

    url: str | None
    contentType: str | None
    isVerified: bool
    status: PictureStatus
    error: str | None


def with_pictures(
    find: Callable[[Deadline], Answer],
    put_into: Callable[[Answer, PictureChoice, Deadline], Answer],
    image: PictureChoice,
    deadline: Deadline,
) -> Answer:
    """What `find` answers; with what `put_into` adds, where pictures are asked for."""
    if image == "link":
        return find(deadline)
    return put_into(find(deadline.less(PICTURE_SECONDS)), image, deadline)


class Pictures:
    """Lives as long as its function instance; `now` gives Unix seconds."""

    def __init__(self, fetch: Fetch, now: Callable[[], float]) -> None:
        self._loader = ContentLoader(fetch)
        self._now = now
        self._answers = AnswerCache(now, max_bytes=CACHE_BYTES)

    def put_into_nft(self, answer: Answer, choice: PictureChoice, deadline: Deadline) -> Answer:
        """The answer about an NFT with `media.inlined`, an InlinedPicture."""
        nft = json.loads(answer.body)
        media = nft["media"]
        sources = _of_nft(media["image"] or {}, int(nft["tokenId"]))
        max_bytes = min(_MAX_BYTES[choice], picture_bytes_beside(answer.body))
        found = self._find(sources, max_bytes, deadline)
        inlined = {**media, "inlined": json.loads(found.body)}
        return _with(answer, {**nft, "media": inlined}, found)

    def put_into_contract(
        self, answer: Answer, choice: PictureChoice, deadline: Deadline
    ) -> Answer:
        """The answer about a contract with `collection.inlined`: an InlinedPicture of each of its
        two, which share room and time."""
        details = json.loads(answer.body)
        collection = details["collection"]
        max_bytes = min(_MAX_BYTES[choice], picture_bytes_beside(answer.body) // 2)
        image, banner = (
            self._find(_sources([collection[name]]), max_bytes, deadline.share(parts))
            for name, parts in (("imageUrl", 2), ("bannerImageUrl", 1))
        )
        both = {"image": json.loads(image.body), "bannerImage": json.loads(banner.body)}
        inlined = {**collection, "inlined": both}
        return _with(answer, {**details, "collection": inlined}, image, banner)

    def _find(self, sources: Sources, max_bytes: int, deadline: Deadline) -> Answer:
        """An InlinedPicture as JSON, from memory or from the web."""
        key = digest(max_bytes, *sources.values())
        if failed := self._answers.find(f"{key} failed", max_age=FAILED_SECONDS):
            return failed.answer
        ask = partial(self._load, sources, max_bytes, deadline)
        answer = self._answers.answer(key, ask, fresh_seconds=FRESH_SECONDS)
        if not answer.is_lasting:
            self._answers.store(f"{key} failed", answer, self._now())
        return answer

    def _load(self, sources: Sources, max_bytes: int, deadline: Deadline) -> Answer:
        """What the first of `sources` gives that gives anything; they share the time."""
        failures: list[FetchError] = []
        for left, source in zip(range(len(sources), 0, -1), sources, strict=True):
            try:
                content = self._loader.load(
                    source, deadline.share(left), accept=IMAGES, max_bytes=max_bytes
                )
            except FetchError as error:
                failures.append(error)
            else:
                return _answer(**picture_of(content), status="inline", error=None)
        return _without_picture(failures)


def _without_picture(failures: Sequence[FetchError]) -> Answer:
    """That one was too large says most: a caller may ask for it once more, as large as it is."""
    status: PictureStatus = "unavailable" if failures else "missing"
    too_large = [error for error in failures if isinstance(error, TooLargeError)]
    error = next((error.code for error in [*too_large, *failures]), None)
    return _answer(url=None, contentType=None, isVerified=False, status=status, error=error)


def _answer(**fields: Unpack[InlinedPicture]) -> Answer:
    is_lasting = fields["status"] != "unavailable"
    return Answer(to_json(fields).decode(), is_lasting=is_lasting)


def _with(answer: Answer, document: Mapping[str, object], *found: Answer) -> Answer:
    """A browser may keep it as long as the pictures, if it may keep the answer at all; not where
    one may be there the next time."""
    max_age = min(picture.max_age for picture in found) if answer.max_age else 0
    return replace(answer, body=to_json(document).decode(), max_age=max_age)


def _of_nft(image: Mapping[str, Any], token_id: int) -> Sources:
    """Of a model.Image, the whole picture first; a film's thumbnail only."""
    is_film = not str(image.get("contentType") or "image/").startswith("image/")
    names = ["thumbnailUrl"] if is_film else ["url", "originalUrl", "thumbnailUrl"]
    return _sources([with_token_id(image.get(name) or "", token_id) for name in names])


def _sources(texts: Iterable[str | None]) -> Sources:
    """Of those that can be read, each place once."""
    sources: dict[TokenUri, str] = {}
    for text in filter(None, texts):
        with suppress(UriError):
            sources.setdefault(parse_token_uri(text), text)
    return sources
