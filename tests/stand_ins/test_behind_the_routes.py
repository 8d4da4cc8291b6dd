"""The Lambda routes over real HTTP to the stand-ins: whole walks, every fault, nothing leaked."""

import io
import itertools
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from nft.providers.alchemy import AlchemyClient
from nft.providers.client import ProviderKeys
from nft.providers.clients import ProviderClients
from nft.providers.http import HttpTransport, build_session
from nft.providers.moralis import MoralisClient
from nft.raw_lookups import RawLookups
from nft.routes import get_nfts_alchemy, get_nfts_moralis
from runtime.logging import build_logger
from runtime.responses import ProxyResponse
from runtime.route import Router
from runtime.traces import NO_TRACES
from stand_ins.app import StandIns, build_stand_ins
from stand_ins.holdings import WALLET_WITH_3, WALLET_WITH_250, WALLET_WITH_NONE
from tests.fixtures.asgi_server import asgi_server
from tests.fixtures.upstream import ALCHEMY_KEY, CANARIES, ID_TOKEN, MORALIS_KEY

BUDGET = 5.0
SHORT_BUDGET = 0.4
FAULTS = {
    "400": (400, "bad_request"),
    "401": (502, "upstream_auth"),
    "403": (502, "upstream_auth"),
    "quota": (503, "upstream_quota"),
    "404": (404, "not_found"),
    "429": (429, "rate_limited"),
    "500": (502, "upstream_unavailable"),
    "503": (502, "upstream_unavailable"),
    "html": (502, "upstream_unavailable"),
    "truncated": (502, "upstream_unavailable"),
    "redirect": (502, "upstream_unavailable"),
    "slow": (504, "upstream_timeout"),
}
_loggers = itertools.count()


class Context:
    aws_request_id = "function-request-1"

    def get_remaining_time_in_millis(self) -> int:
        return 10_000


@dataclass
class Served:
    origin: str
    stand_ins: StandIns

    def answer(self, route: "RawRoute", event: dict[str, Any], budget: float) -> tuple[Any, str]:
        """The response, and the log."""
        secret = json.dumps({"AlchemyApiKey": ALCHEMY_KEY, "MoralisApiKey": MORALIS_KEY})
        keys = ProviderKeys("arn", lambda _arn: secret, clock=time.monotonic)
        transport, log = HttpTransport(build_session()), io.StringIO()
        clients = ProviderClients(
            AlchemyClient(f"{self.origin}/alchemy/{{network}}/nft/v3", keys.alchemy, transport),
            MoralisClient(f"{self.origin}/moralis/api/v2.2", keys.moralis, transport),
        )
        router = Router(
            {"/raw": route.function},
            RawLookups(getattr(clients, route.provider), NO_TRACES),
            build_logger(f"behind-the-routes-{next(_loggers)}", stream=log),
            time.monotonic,
            timeout_seconds=budget,
        )
        return router({**event, "resource": "/raw"}, Context()), log.getvalue()


@dataclass(frozen=True)
class RawRoute:
    function: Callable[..., Any]
    provider: str
    cursor: str
    next_cursor: str
    items: str


ALCHEMY = RawRoute(get_nfts_alchemy.get_nfts, "alchemy", "pageKey", "pageKey", "ownedNfts")
MORALIS = RawRoute(get_nfts_moralis.get_nfts, "moralis", "cursor", "cursor", "result")
both = pytest.mark.parametrize("route", [ALCHEMY, MORALIS], ids=["alchemy", "moralis"])


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    stand_ins = build_stand_ins(
        alchemy_key=ALCHEMY_KEY, moralis_key=MORALIS_KEY, now=time.time, slow_seconds=2.0
    )
    with asgi_server(lambda _origin: stand_ins.app) as origin:
        yield Served(origin, stand_ins)


def ask(
    served: Served,
    route: RawRoute,
    owner: str,
    cursor: str | None = None,
    *,
    budget: float = BUDGET,
) -> tuple[ProxyResponse, str]:
    event = {
        "headers": {"authorization": f"Bearer {ID_TOKEN}", "cookie": "session=1"},
        "queryStringParameters": {route.cursor: cursor} if cursor else None,
        "requestContext": {"authorizer": {"claims": {"cognito:username": owner}}},
    }
    return served.answer(route, event, budget)


@both
@pytest.mark.parametrize(
    ("owner", "sizes"),
    [(WALLET_WITH_NONE, [0]), (WALLET_WITH_3, [3]), (WALLET_WITH_250, [100, 100, 50])],
)
def test_walks_a_wallet_to_its_end(
    served: Served, route: RawRoute, owner: str, sizes: list[int]
) -> None:
    found, cursor = [], None
    while True:
        response, _ = ask(served, route, owner, cursor)
        assert response["statusCode"] == 200, response["body"][:200]
        page = json.loads(response["body"])
        found.append(len(page[route.items]))
        cursor = page[route.next_cursor]
        if not cursor:
            break
    assert found == sizes


@both
@pytest.mark.parametrize("fault", FAULTS)
def test_maps_a_fault_and_leaks_neither_key_nor_token(
    served: Served, route: RawRoute, fault: str
) -> None:
    budget = SHORT_BUDGET if fault == "slow" else BUDGET
    response, log = ask(served, route, WALLET_WITH_3, f"fault-{fault}", budget=budget)
    code = json.loads(response["body"])["error"]["code"]
    assert (response["statusCode"], code) == FAULTS[fault]
    assert response["headers"].get("Retry-After") == {"429": "2", "quota": "3600"}.get(fault)
    told = json.dumps(response) + log
    assert [canary for canary in CANARIES if canary in told] == []
    assert served.origin not in told


@both
def test_sends_nothing_of_the_caller_but_the_wallet(served: Served, route: RawRoute) -> None:
    served.stand_ins.requests.clear()
    ask(served, route, WALLET_WITH_3)
    (seen,) = served.stand_ins.requests.all()
    key = "authorization" if route is ALCHEMY else "x-api-key"
    sent = {name for name, _ in seen.headers}
    assert sent == {"host", "user-agent", "accept-encoding", "accept", "connection", key}
    assert ID_TOKEN not in str(seen)
