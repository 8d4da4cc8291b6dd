"""The Lambda routes over real HTTP to the stand-ins: whole walks, every fault, nothing leaked."""

import io
import itertools
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from nft.edge import Edge
from nft.providers.http import HttpTransport, build_session
from nft.providers.keys import ProviderKeys
from nft.routes import get_nfts_alchemy, get_nfts_moralis
from nft.settings import ApiSettings
from runtime.logging import build_logger
from runtime.responses import ProxyResponse
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

    def edge(self, log: io.StringIO, budget: float = BUDGET) -> Edge:
        keys = json.dumps({"AlchemyApiKey": ALCHEMY_KEY, "MoralisApiKey": MORALIS_KEY})
        return Edge(
            settings=ApiSettings(
                allowed_origins=("http://localhost:3000",),
                provider_keys_secret_arn="arn",
                alchemy_nft_url=f"{self.origin}/alchemy/nft/v3",
                moralis_url=f"{self.origin}/moralis/api/v2.2",
                upstream_timeout_seconds=budget,
            ),
            keys=ProviderKeys("arn", lambda _arn: keys, clock=time.monotonic),
            transport=HttpTransport(build_session()),
            logger=build_logger(f"behind-the-routes-{next(_loggers)}", stream=log),
            clock=time.monotonic,
        )


@dataclass(frozen=True)
class Route:
    get: Callable[[Any, Any, Edge], ProxyResponse]
    cursor: str
    next_cursor: str
    items: str


ALCHEMY = Route(get_nfts_alchemy.get_nfts, "pageKey", "pageKey", "ownedNfts")
MORALIS = Route(get_nfts_moralis.get_nfts, "cursor", "cursor", "result")
both = pytest.mark.parametrize("route", [ALCHEMY, MORALIS], ids=["alchemy", "moralis"])


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    stand_ins = build_stand_ins(
        alchemy_key=ALCHEMY_KEY, moralis_key=MORALIS_KEY, now=time.time, slow_seconds=2.0
    )
    with asgi_server(lambda _origin: stand_ins.app) as origin:
        yield Served(origin, stand_ins)


def ask(edge: Edge, route: Route, owner: str, cursor: str | None = None) -> ProxyResponse:
    event = {
        "headers": {"authorization": f"Bearer {ID_TOKEN}", "cookie": "session=1"},
        "queryStringParameters": {route.cursor: cursor} if cursor else None,
        "requestContext": {"authorizer": {"claims": {"cognito:username": owner}}},
    }
    return route.get(event, Context(), edge)


@both
@pytest.mark.parametrize(
    ("owner", "sizes"),
    [(WALLET_WITH_NONE, [0]), (WALLET_WITH_3, [3]), (WALLET_WITH_250, [100, 100, 50])],
)
def test_walks_a_wallet_to_its_end(
    served: Served, route: Route, owner: str, sizes: list[int]
) -> None:
    edge = served.edge(io.StringIO())
    found, cursor = [], None
    while True:
        response = ask(edge, route, owner, cursor)
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
    served: Served, route: Route, fault: str
) -> None:
    log = io.StringIO()
    edge = served.edge(log, SHORT_BUDGET if fault == "slow" else BUDGET)
    response = ask(edge, route, WALLET_WITH_3, f"fault-{fault}")
    code = json.loads(response["body"])["error"]["code"]
    assert (response["statusCode"], code) == FAULTS[fault]
    assert response["headers"].get("Retry-After") == {"429": "2", "quota": "3600"}.get(fault)
    told = json.dumps(response) + log.getvalue()
    assert [canary for canary in CANARIES if canary in told] == []
    assert served.origin not in told


@both
def test_sends_nothing_of_the_caller_but_the_wallet(served: Served, route: Route) -> None:
    served.stand_ins.requests.clear()
    ask(served.edge(io.StringIO()), route, WALLET_WITH_3)
    (seen,) = served.stand_ins.requests.all()
    key = "authorization" if route is ALCHEMY else "x-api-key"
    sent = {name for name, _ in seen.headers}
    assert sent == {"host", "user-agent", "accept-encoding", "accept", "connection", key}
    assert ID_TOKEN not in str(seen)
