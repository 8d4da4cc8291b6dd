"""The routes of names: what goes in, what comes out, and what is logged."""

import io
import itertools
import json
import subprocess
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from names.ens_lookup import NamedAddress
from names.errors import (
    GatewayUnavailableError,
    InvalidNameError,
    LookupTimeoutError,
    NameNotFoundError,
    NoNodeError,
)
from names.routes import ROUTES
from names.service import NamesService
from nodes.errors import NodeUnavailableError
from runtime.answer_cache import AnswerCache
from runtime.deadline import Deadline
from runtime.errors import InvalidAddressError, RouteError
from runtime.logging import build_logger
from runtime.responses import ProxyResponse
from runtime.route import Router
from runtime.settings import SettingError
from tests.fixtures.deadlines import within_seconds

ALICE = NamedAddress("alice.eth", "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266")
ORIGIN = "https://gallery.example"
BACKEND = Path(__file__).parents[3] / "backend"
ENVIRONMENT = {
    "ALLOWED_ORIGINS": ORIGIN,
    "PROVIDER_KEYS_SECRET_ARN": "arn:secret",
    "RPC_URLS": "1=https://node.example,5=https://other.example",
}
_loggers = itertools.count()

type Event = dict[str, object]


@dataclass
class Context:
    remaining: float = 10.0
    aws_request_id: str = "function-request-1"

    def get_remaining_time_in_millis(self) -> int:
        return int(self.remaining * 1000)


@dataclass
class FakeEns:
    """Answers `found` or raises it; `asked` holds what it was asked and for how long.

    A look-up takes a quarter of a second on `clock`.
    """

    found: NamedAddress | Exception = ALICE
    asked: list[tuple[str, float]] = field(default_factory=list)
    now: float = 1.0

    def clock(self) -> float:
        return self.now

    def by_name(self, text: str, deadline: Deadline) -> NamedAddress:
        self.asked.append((text, deadline.left()))
        self.now += 0.25
        if isinstance(self.found, Exception):
            raise self.found
        return self.found

    by_address = by_name


@dataclass
class Stage:
    ens: FakeEns
    stream: io.StringIO = field(default_factory=io.StringIO)

    def names(self) -> NamesService:
        return NamesService(self.ens, AnswerCache(lambda: 1.0))  # type: ignore[arg-type]

    def ask(self, resource: str, event: dict[str, Any], context: Context) -> ProxyResponse:
        logger = build_logger(f"names-{next(_loggers)}", stream=self.stream)
        router = Router(
            ROUTES,
            self.names(),
            logger,
            self.ens.clock,
            timeout_seconds=8.0,
            allowed_origins=[ORIGIN],
        )
        return router({**event, "resource": resource}, context)

    @property
    def log(self) -> dict[str, Any]:
        (line,) = self.stream.getvalue().splitlines()
        found: dict[str, Any] = json.loads(line)
        return found


def until(seconds: float) -> Deadline:
    return Deadline.after(seconds, lambda: 0.0)


def event(**path: str) -> dict[str, object]:
    return {
        "headers": {"Origin": ORIGIN},
        "pathParameters": path or None,
        "requestContext": {"requestId": "gateway-request-1"},
    }


def own_event(**claims: object) -> dict[str, object]:
    context = {"requestId": "gateway-request-1", "authorizer": {"claims": claims}}
    return {**event(), "requestContext": context}


WALLET = ALICE.address.lower()
MINE = own_event(**{"cognito:username": WALLET})
every_route = pytest.mark.parametrize(
    ("route", "request_", "asked"),
    [
        ("/names/{name}", event(name="asked"), "asked"),
        ("/addresses/{address}/name", event(address="asked"), "asked"),
        ("/me/name", MINE, WALLET),
    ],
    ids=["name", "address", "me"],
)


@every_route
def test_answers_name_and_address(route: str, request_: Event, asked: str) -> None:
    stage = Stage(FakeEns())
    response = stage.ask(route, request_, Context())
    assert response["statusCode"] == 200
    assert json.loads(response["body"]) == {"name": ALICE.name, "address": ALICE.address}
    assert response["headers"]["Access-Control-Allow-Origin"] == ORIGIN
    assert stage.ens.asked == [(asked, 8.0)]
    assert (stage.log["status"], stage.log["latency_ms"]) == (200, 250)


@every_route
def test_leaves_time_to_answer(route: str, request_: Event, asked: str) -> None:
    stage = Stage(FakeEns())
    stage.ask(route, request_, Context(remaining=3.0))
    assert stage.ens.asked == [(asked, 2.5)]


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"sub": WALLET, "wallet": WALLET, "username": WALLET},
        {"cognito:username": None},
        {"cognito:username": ""},
        {"cognito:username": "alice.eth"},
        {"cognito:username": ALICE.address},  # no name of a user: those are in lower case
        {"cognito:username": f"{WALLET}\n"},
        {"cognito:username": f" {WALLET}"},
        {"cognito:username": [WALLET]},
        {"cognito:username": {"S": WALLET}},
    ],
    ids=str,
)
def test_without_a_wallet_in_the_token_nobody_is_asked(claims: dict[str, object]) -> None:
    stage = Stage(FakeEns())
    response = stage.ask("/me/name", own_event(**claims), Context())
    code = json.loads(response["body"])["error"]["code"]
    assert (response["statusCode"], code, stage.ens.asked) == (401, "unauthorized", [])
    assert WALLET not in stage.stream.getvalue()


@pytest.mark.parametrize("without", [{}, {"requestContext": {}}, {"requestContext": None}])
def test_without_an_authorizer_nobody_is_asked(without: dict[str, object]) -> None:
    stage = Stage(FakeEns())
    response = stage.ask("/me/name", {**event(), **without}, Context())
    assert (response["statusCode"], stage.ens.asked) == (401, [])


def test_no_parameter_of_a_caller_names_another_wallet() -> None:
    stage = Stage(FakeEns())
    other = {name: f"0x{'9' * 40}" for name in ("address", "owner", "wallet", "cognito:username")}
    lists = {name: [value] for name, value in other.items()}
    places = {"pathParameters": other, "queryStringParameters": other, "headers": other}
    more = {"multiValueQueryStringParameters": lists, "body": json.dumps(other)}
    assert stage.ask("/me/name", {**MINE, **places, **more}, Context())["statusCode"] == 200
    assert [address for address, _ in stage.ens.asked] == [WALLET]


def test_no_browser_keeps_the_own_name_for_the_next_wallet_at_its_url() -> None:
    headers = {
        route: Stage(FakeEns()).ask(route, request_, Context())["headers"]
        for route, request_ in (("/me/name", MINE), ("/addresses/{address}/name", event()))
    }
    assert headers["/me/name"]["Cache-Control"] == "no-store"
    assert headers["/addresses/{address}/name"]["Cache-Control"] == "private, max-age=60"


def test_a_name_that_a_guest_looked_up_is_remembered_for_its_wallet_and_for_no_other() -> None:
    stage, deadline = Stage(FakeEns()), until(4.0)
    names = stage.names()
    other = own_event(**{"cognito:username": f"0x{'9' * 40}"})
    ROUTES["/addresses/{address}/name"](names, event(address=WALLET), deadline)
    for request_ in (MINE, MINE, other):
        ROUTES["/me/name"](names, request_, deadline)
    assert [address for address, _ in stage.ens.asked] == [WALLET, f"0x{'9' * 40}"]


@pytest.mark.parametrize("route", ["/names/{name}", "/addresses/{address}/name"])
def test_asks_for_nothing_where_the_path_has_nothing(route: str) -> None:
    stage = Stage(FakeEns(NameNotFoundError()))
    assert stage.ask(route, event(), Context())["statusCode"] == 404
    assert stage.ens.asked[0][0] == ""


@pytest.mark.parametrize(("later", "asked"), [(59.0, 1), (60.0, 2)])
def test_what_a_name_stands_for_is_remembered_for_a_minute(later: float, asked: int) -> None:
    ens, now = FakeEns(), [1000.0]
    names = replace(Stage(ens).names(), answers=AnswerCache(lambda: now[0]))
    first = names.address_of("alice.eth", until(4.0))
    now[0] += later
    assert (first, names.address_of("alice.eth", until(4.0))) == (ALICE.address.lower(),) * 2
    assert ens.asked == [("alice.eth", 4.0)] * asked


def test_a_name_that_was_not_found_is_asked_for_again() -> None:
    ens = FakeEns(NameNotFoundError("cause"))
    names = Stage(ens).names()
    for _ in range(2):
        with pytest.raises(NameNotFoundError):
            names.address_of("alice.eth", until(4.0))
    assert len(ens.asked) == 2


def test_a_name_may_arrive_percent_encoded() -> None:
    stage = Stage(FakeEns())
    stage.ask("/names/{name}", event(name="%F0%9F%A6%8A.eth"), Context())
    assert stage.ens.asked[0][0] == "\N{FOX FACE}.eth"


@every_route
@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (InvalidNameError("cause"), 400, "invalid_name"),
        (InvalidAddressError("cause"), 400, "invalid_address"),
        (NameNotFoundError("cause"), 404, "not_found"),
        (NoNodeError("cause"), 404, "no_node"),
        (NodeUnavailableError("cause"), 502, "upstream_unavailable"),
        (GatewayUnavailableError("cause"), 502, "name_unavailable"),
        (LookupTimeoutError("cause"), 504, "upstream_timeout"),
    ],
)
def test_every_error_has_its_status_and_code_and_its_cause_in_the_log(
    route: str, request_: Event, asked: str, error: RouteError, status: int, code: str
) -> None:
    stage = Stage(FakeEns(error))
    response = stage.ask(route, request_, Context())
    error_body = json.loads(response["body"])["error"]
    assert (response["statusCode"], error_body["code"]) == (status, code)
    assert error_body["requestId"] == "gateway-request-1"
    assert "cause" not in response["body"]
    assert asked not in response["body"] + stage.stream.getvalue()
    assert (stage.log["cause"], stage.log["error_code"]) == ("cause", code)
    assert stage.log["level"] == ("ERROR" if status >= 500 else "INFO")


@every_route
def test_the_text_of_an_unforeseen_error_reaches_nobody(
    route: str, request_: Event, asked: str
) -> None:
    stage = Stage(FakeEns(ValueError(f"canary {asked} https://node.example/key")))
    response = stage.ask(route, request_, Context())
    assert response["statusCode"] == 500
    assert not any(part in response["body"] + stage.stream.getvalue() for part in ("canary", asked))
    assert stage.log["error"] == "ValueError"


def test_a_missing_setting_stops_the_start() -> None:
    with pytest.raises(SettingError, match="PROVIDER_KEYS_SECRET_ARN"):
        NamesService.from_environment({**ENVIRONMENT, "PROVIDER_KEYS_SECRET_ARN": ""})


@pytest.mark.parametrize("urls", ["", "5=https://other.example"])
def test_without_a_node_for_ethereum_a_lookup_says_so(urls: str) -> None:
    names = NamesService.from_environment({**ENVIRONMENT, "RPC_URLS": urls})
    with pytest.raises(NoNodeError):
        names.ens.by_name("alice.eth", within_seconds(5))
    with pytest.raises(NoNodeError):
        names.ens.by_address(ALICE.address, within_seconds(5))
    with pytest.raises(InvalidAddressError):
        names.ens.by_address("alice.eth", within_seconds(5))


@pytest.mark.parametrize("name", [f"0X{'1' * 40}.eth", f"\u200b0x{'1' * 40}.eth"])
@pytest.mark.parametrize("urls", ["", "1=https://node.example"])
def test_a_name_that_passes_for_an_address_is_refused_as_one_and_no_node_is_asked(
    urls: str, name: str
) -> None:
    names = NamesService.from_environment({**ENVIRONMENT, "RPC_URLS": urls})
    with pytest.raises(InvalidAddressError):
        names.by_name(name, within_seconds(5))


TABLES, WEB3 = {"ens_normalize", "pyunormalize"}, {"web3", "ens", "eth_abi", "eth_utils"}


@pytest.mark.parametrize(
    ("look_up", "unneeded"),
    [
        (f"ens.by_address('{ALICE.address}', ", {*WEB3, *TABLES}),
        ("ens.by_name('alice.eth', ", WEB3),
    ],
    ids=["an address", "a name, which is judged first"],
)
def test_a_gallery_without_a_node_never_loads_web3(look_up: str, unneeded: set[str]) -> None:
    code = (
        "import os, sys; from names.errors import NoNodeError\n"
        "from names.service import NamesService\n"
        "from runtime.deadline import Deadline\n"
        "ens = NamesService.from_environment(os.environ).ens\n"
        f"try: {look_up} Deadline(1, lambda: 0))\n"
        "except NoNodeError: print(*sys.modules)"
    )
    command = [sys.executable, "-c", code]
    environment = {**ENVIRONMENT, "RPC_URLS": "", "PYTHONPATH": str(BACKEND)}
    done = subprocess.run(  # noqa: S603
        command, env=environment, capture_output=True, check=True, text=True
    )
    assert done.stdout
    assert not set(done.stdout.split()) & unneeded
