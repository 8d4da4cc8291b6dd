"""What is kept of a request: its route, caller, status, time and why; nothing that opens a door."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import httpx
import pytest
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from local.request_notes import Notes, notes
from local.workbench.recent_requests import KEPT, RecentRequests, SeenRequest, plain_path

TOKEN = "eyJraWQiOiJ4In0.eyJzdWIiOiJ5In0.c2lnbmF0dXJlMTIz"
SIGNATURE = "0x" + "4b" * 65
KEY = "aBcD1234efGH5678ijKL9012mnOP3456"


def serve(act: Callable[[], int]) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        response: Response = PlainTextResponse("x", act())
        await response(scope, receive, send)

    return app


def seen_of(act: Callable[[], int], *, path: str = "/", times: int = 1) -> list[SeenRequest]:
    ticks = iter(range(10_000))
    recent = RecentRequests(lambda: 1_800_000_000.0, lambda: next(ticks) / 1000)
    app = recent.around("API", serve(act))

    async def send() -> None:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            for _ in range(times):
                await client.get(path, headers={"authorization": f"Bearer {TOKEN}"})

    asyncio.run(send())
    return recent.newest_first()


def test_a_request_has_its_route_caller_status_time_and_causes() -> None:
    def act() -> int:
        notes().route = "/chains"
        notes().set_wallet("0x" + "ab" * 20)
        notes().add_cause("UNAUTHORIZED", "the token has expired")
        return 401

    [seen] = seen_of(act)
    assert seen == SeenRequest(
        number=1,
        at=1_800_000_000.0,
        door="API",
        method="GET",
        route="/chains",
        caller=f"wallet 0x{'ab' * 20}",
        status=401,
        milliseconds=1.0,
        causes=("UNAUTHORIZED: the token has expired",),
    )


def test_the_newest_come_first_and_the_oldest_are_forgotten() -> None:
    seen = seen_of(lambda: 200, times=KEPT + 2)
    assert [seen[0].number, seen[-1].number, len(seen)] == [KEPT + 2, 3, KEPT]


def test_an_app_that_raises_is_seen_with_no_status() -> None:
    def act() -> int:
        raise RuntimeError

    assert [seen.status for seen in seen_of(act)] == [0]


def test_one_requests_notes_are_not_anothers() -> None:
    callers = iter(["0x" + "ab" * 20, ""])

    def act() -> int:
        if caller := next(callers):
            notes().set_wallet(caller)
        return 200

    assert [seen.caller for seen in seen_of(act, times=2)] == ["", f"wallet 0x{'ab' * 20}"]


@pytest.mark.parametrize("secret", [TOKEN, SIGNATURE, KEY, KEY.lower(), f"{KEY}/{KEY}"])
def test_no_path_cause_or_log_keeps_what_could_open_a_door(secret: str) -> None:
    def act() -> int:
        notes().add_cause("NotAuthorizedException", f"no {secret} of yours")
        notes().add_log("f", [{"code": "wrong", "cause": f"was {secret}", "message": secret}])
        notes().set_wallet(secret)
        return 400

    [seen] = seen_of(act, path=f"/prod/{secret}?token={secret}")
    assert not [part for part in secret.split("/") if part in repr(seen)]
    assert seen.caller == "a user name that is no address"


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/prod/chains", "/prod/chains"),
        ("/prod/chains/1/contracts", "/prod/chains/1/contracts"),
        (f"/x/0x{'ab' * 20}", f"/x/0x{'ab' * 20}"),
        ("/x/<script>", "/x/…"),
    ],
)
def test_a_path_of_no_route_is_shown_as_far_as_it_is_plain(path: str, shown: str) -> None:
    assert plain_path(path) == shown


def test_a_log_tells_its_codes_and_nothing_where_it_has_none() -> None:
    found = Notes()
    found.add_log(
        "verify",
        [
            {"event": "sign_in_refused", "code": "signer_mismatch", "message": "text"},
            {"event": "sign_in", "way": "key"},
            {"error_code": "upstream_timeout", "error": "UpstreamTimeoutError", "cause": ["f:1 g"]},
        ],
    )
    assert found.causes == [
        "verify: event sign_in_refused, code signer_mismatch",
        "verify: error_code upstream_timeout, error UpstreamTimeoutError",
    ]


def test_causes_are_few_and_short() -> None:
    found = Notes()
    for number in range(100):
        found.add_cause(f"cause {number} " + "long " * 200)
    assert len(found.causes) == 8
    assert max(map(len, found.causes)) == 200


def test_outside_a_request_notes_go_nowhere() -> None:
    notes().add_cause("x")
    assert notes().causes == []
