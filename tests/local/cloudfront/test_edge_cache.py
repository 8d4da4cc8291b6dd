"""A behaviour with a cache answers as one edge location of CloudFront would."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import accumulate

import pytest
from starlette.requests import Request
from starlette.responses import Response

from local.cloudfront.cache_policy import CachePolicy
from local.cloudfront.edge_cache import EdgeCache

POLICY = CachePolicy(frozenset({"cursor", "limit"}), least=0, default=0, most=86_400)
PUBLIC = "public, max-age=30, stale-if-error=3600"


@dataclass
class Origin:
    """Answers with the number of the request, once it may."""

    cache_control: str = PUBLIC
    status: int = 200
    padding: int = 0
    asked: list[Request] = field(default_factory=list)
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: Request) -> Response:
        self.asked.append(request)
        number = len(self.asked)
        await self.may_answer.wait()
        body = f"{number}".ljust(self.padding)
        headers = {"cache-control": self.cache_control, "etag": f'"{number}"'}
        return Response(body, self.status, headers=headers)


@dataclass
class Edge:
    origin: Origin
    time: float = 1000.0
    cache: EdgeCache = field(init=False)

    def __post_init__(self) -> None:
        self.cache = EdgeCache(POLICY, self.origin.answer, lambda: self.time, max_bytes=1_000_000)
        self.origin.may_answer.set()

    async def get(self, path: str = "/a", *, method: str = "GET", **headers: str) -> Response:
        raw_path, _, query = path.partition("?")
        scope = {
            **{"type": "http", "method": method, "path": raw_path, "raw_path": raw_path.encode()},
            "query_string": query.encode(),
            "headers": [
                (name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()
            ],
        }
        return await self.cache.handle(Request(scope))


def play(scene: Callable[[Edge], Awaitable[None]]) -> Edge:
    async def run() -> Edge:
        edge = Edge(Origin())
        await scene(edge)
        return edge

    return asyncio.run(run())


def test_requests_at_once_wait_for_one_of_them() -> None:
    async def scene(edge: Edge) -> None:
        edge.origin.may_answer.clear()
        waiting = [asyncio.create_task(edge.get()) for _ in range(100)]
        await asyncio.sleep(0)
        edge.origin.may_answer.set()
        assert {(await task).body for task in waiting} == {b"1"}

    assert len(play(scene).origin.asked) == 1


def test_a_viewer_who_leaves_ends_nothing_for_the_others() -> None:
    async def scene(edge: Edge) -> None:
        edge.origin.may_answer.clear()
        first, second = (asyncio.create_task(edge.get()) for _ in range(2))
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.sleep(0)
        edge.origin.may_answer.set()
        assert (await second).body == b"1"

    assert len(play(scene).origin.asked) == 1


@pytest.mark.parametrize("said", ["no-store", "private, max-age=30", "no-cache", "max-age=0", ""])
def test_an_answer_that_may_not_be_cached_is_nobody_elses(said: str) -> None:
    async def scene(edge: Edge) -> None:
        edge.origin.cache_control = said
        edge.origin.may_answer.clear()
        waiting = [asyncio.create_task(edge.get()) for _ in range(3)]
        await asyncio.sleep(0)
        edge.origin.may_answer.set()
        assert {(await task).body for task in waiting} == {b"1", b"2", b"3"}

    play(scene)


def test_an_answer_is_shown_as_long_as_it_says_with_its_age() -> None:
    async def scene(edge: Edge) -> None:
        first = await edge.get()
        assert (first.headers["x-cache"], "age" in first.headers) == ("Miss from cloudfront", False)
        edge.time += 29
        again = await edge.get()
        assert (again.body, again.headers["age"]) == (b"1", "29")
        assert again.headers["x-cache"] == "Hit from cloudfront"
        edge.time += 1
        assert (await edge.get()).body == b"2"

    play(scene)


def test_the_key_is_the_path_the_listed_parameters_and_the_encoding() -> None:
    same = ("/a?x=1", "/a?&x", "/a?owner=0x1")
    other = ("/a/", "/b", "/a?limit=1", "/a?limit=2", "/a?cursor=1", "/a?limit", "/a?li%6Dit=1")

    async def scene(edge: Edge) -> None:
        bodies = [(await edge.get(path)).body for path in ("/a", *same)]
        assert set(bodies) == {b"1"}
        bodies = [(await edge.get(path)).body for path in other]
        assert len(set(bodies) | {b"1"}) == len(other) + 1
        gzip = (await edge.get("/a", accept_encoding="gzip, deflate")).body
        assert gzip == (await edge.get("/a", accept_encoding="gzip")).body != b"1"

    play(scene)


def test_nothing_else_of_a_viewer_reaches_the_origin() -> None:
    async def scene(edge: Edge) -> None:
        sent = {"authorization": "x", "cookie": "x", "origin": "x", "if_none_match": '"1"'}
        await edge.get("/a?limit=1&x=2", accept_encoding="br, gzip, zstd", **sent)
        (request,) = edge.origin.asked
        assert dict(request.headers) == {
            "user-agent": "Amazon CloudFront",
            "accept-encoding": "br,gzip",
        }
        assert request.url.query == "limit=1"

    play(scene)


def test_who_has_the_answer_already_gets_304() -> None:
    async def scene(edge: Edge) -> None:
        await edge.get()
        for given in ('"1"', 'W/"1"', '"0", "1"'):
            answer = await edge.get(if_none_match=given)
            assert (answer.status_code, answer.body, answer.headers["etag"]) == (304, b"", '"1"')
        assert (await edge.get(if_none_match='"2"')).status_code == 200

    assert len(play(scene).origin.asked) == 1


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_an_old_answer_stands_for_an_error_until_its_time_is_over(status: int) -> None:
    async def scene(edge: Edge) -> None:
        await edge.get()
        edge.origin.status, edge.origin.cache_control = status, "no-store"
        edge.time += 3000
        shown = await edge.get()
        assert (shown.status_code, shown.body, shown.headers["age"]) == (200, b"1", "3000")
        edge.time += 9
        assert (await edge.get()).body == b"1"
        assert len(edge.origin.asked) == 2  # the origin is left alone for ten seconds
        edge.time += 1000
        assert (await edge.get()).status_code == status

    play(scene)


@pytest.mark.parametrize(("status", "asked"), [(503, 1), (500, 1), (404, 2), (429, 2), (403, 2)])
def test_of_errors_a_servers_are_kept_for_ten_seconds_though_it_says_no_store(
    status: int, asked: int
) -> None:
    async def scene(edge: Edge) -> None:
        edge.origin.status, edge.origin.cache_control = status, "no-store"
        assert (await edge.get()).headers["x-cache"] == "Error from cloudfront"
        edge.time += 9
        await edge.get()
        assert len(edge.origin.asked) == asked

    play(scene)


def test_a_client_error_is_not_covered_by_an_old_answer() -> None:
    async def scene(edge: Edge) -> None:
        await edge.get()
        edge.origin.status, edge.origin.cache_control = 404, "no-store"
        edge.time += 31
        assert (await edge.get()).status_code == 404

    play(scene)


def test_a_head_is_answered_from_the_cache_or_by_the_origin() -> None:
    async def scene(edge: Edge) -> None:
        assert (await edge.get(method="HEAD")).body == b"1"
        assert (await edge.get()).body == b"2"
        assert (await edge.get(method="HEAD")).headers["x-cache"] == "Hit from cloudfront"

    assert [request.method for request in play(scene).origin.asked] == ["HEAD", "GET"]


def test_the_oldest_answers_go_where_there_is_no_room() -> None:
    async def scene(edge: Edge) -> None:
        edge.origin.padding = 400_000
        for path in ("/a", "/b", "/c", "/b", "/c"):
            await edge.get(path)
        assert len(edge.origin.asked) == 3
        await edge.get("/a")
        assert len(edge.origin.asked) == 4

    play(scene)


def test_many_small_answers_take_room_too() -> None:
    async def scene(edge: Edge) -> None:
        for number in range(2000):
            await edge.get(f"/{number}")
        await edge.get("/1999")
        assert len(edge.origin.asked) == 2000
        await edge.get("/0")
        assert len(edge.origin.asked) == 2001

    play(scene)


def test_guests_cost_a_request_for_each_collection_and_time_to_live_at_most() -> None:
    """A hundredth of a launch: 50 guests a second over 100 collections by Zipf's law, for 5 min."""
    collections, guests, seconds = 100, 50, 300
    weights = list(accumulate(1 / rank for rank in range(1, collections + 1)))
    chance = random.Random(1)  # noqa: S311

    async def scene(edge: Edge) -> None:
        for _ in range(guests * seconds):
            edge.time += 1 / guests
            (rank,) = chance.choices(range(collections), cum_weights=weights)
            await edge.get(f"/{rank}")
        assert len(edge.origin.asked) <= collections / 30 * seconds

    play(scene)
