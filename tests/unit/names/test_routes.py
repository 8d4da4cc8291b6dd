"""Both name routes: what goes in, what comes out, and what is logged."""

import io
import itertools
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from names.edge import Edge, build_edge
from names.ens_lookup import NamedAddress
from names.errors import (
    GatewayUnavailableError,
    InvalidNameError,
    LookupTimeoutError,
    NameNotFoundError,
    NoNodeError,
)
from names.routes import get_address_name, get_name
from nodes.errors import NodeUnavailableError
from runtime.answer_cache import AnswerCache
from runtime.deadline import Deadline
from runtime.errors import InvalidAddressError, RouteError
from runtime.logging import build_logger
from runtime.responses import ProxyResponse
from runtime.route import RouteEdge
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


@dataclass
class Context:
    remaining: float = 10.0
    aws_request_id: str = "function-request-1"

    def get_remaining_time_in_millis(self) -> int:
        return int(self.remaining * 1000)


@dataclass
class FakeEns:
    """Answers `found` or raises it; `asked` holds what it was asked and for how long."""

    found: NamedAddress | Exception = ALICE
    asked: list[tuple[str, float]] = field(default_factory=list)
    now: float = 1.0

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

    @property
    def edge(self) -> Edge:
        logger = build_logger(f"names-{next(_loggers)}", stream=self.stream)
        route = RouteEdge((ORIGIN,), 8.0, logger, lambda: self.ens.now)
        return Edge(route, self.ens, AnswerCache(lambda: 1.0))  # type: ignore[arg-type]

    @property
    def log(self) -> dict[str, Any]:
        (line,) = self.stream.getvalue().splitlines()
        found: dict[str, Any] = json.loads(line)
        return found


type Route = Callable[[Any, Any, Edge], ProxyResponse]
ROUTES = [
    pytest.param(get_name.get_name, "name", id="name"),
    pytest.param(get_address_name.get_address_name, "address", id="address"),
]
every_route = pytest.mark.parametrize(("route", "parameter"), ROUTES)


def event(**path: str) -> dict[str, object]:
    return {
        "headers": {"Origin": ORIGIN},
        "pathParameters": path or None,
        "requestContext": {"requestId": "gateway-request-1"},
    }


@every_route
def test_answers_name_and_address(route: Route, parameter: str) -> None:
    stage = Stage(FakeEns())
    response = route(event(**{parameter: "asked"}), Context(), stage.edge)
    assert response["statusCode"] == 200
    assert json.loads(response["body"]) == {"name": ALICE.name, "address": ALICE.address}
    assert response["headers"]["Access-Control-Allow-Origin"] == ORIGIN
    assert stage.ens.asked == [("asked", 8.0)]
    assert (stage.log["status"], stage.log["latency_ms"]) == (200, 250)


@every_route
def test_leaves_time_to_answer(route: Route, parameter: str) -> None:
    stage = Stage(FakeEns())
    route(event(**{parameter: "asked"}), Context(remaining=3.0), stage.edge)
    assert stage.ens.asked == [("asked", 2.5)]


@every_route
def test_asks_for_nothing_where_the_path_has_nothing(route: Route, parameter: str) -> None:
    stage = Stage(FakeEns(NameNotFoundError()))
    assert route(event(), Context(), stage.edge)["statusCode"] == 404
    assert stage.ens.asked[0][0] == ""


@pytest.mark.parametrize(("later", "asked"), [(59.0, 1), (60.0, 2)])
def test_what_a_name_stands_for_is_remembered_for_a_minute(later: float, asked: int) -> None:
    ens, now = FakeEns(), [1000.0]
    edge = replace(Stage(ens).edge, answers=AnswerCache(lambda: now[0]))
    first = edge.address_of("alice.eth", 4.0)
    now[0] += later
    assert (first, edge.address_of("alice.eth", 4.0)) == (ALICE.address.lower(),) * 2
    assert ens.asked == [("alice.eth", 4.0)] * asked


def test_a_name_that_was_not_found_is_asked_for_again() -> None:
    ens = FakeEns(NameNotFoundError("cause"))
    edge = Stage(ens).edge
    for _ in range(2):
        with pytest.raises(NameNotFoundError):
            edge.address_of("alice.eth", 4.0)
    assert len(ens.asked) == 2


def test_a_name_may_arrive_percent_encoded() -> None:
    stage = Stage(FakeEns())
    get_name.get_name(event(name="%F0%9F%A6%8A.eth"), Context(), stage.edge)
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
    route: Route, parameter: str, error: RouteError, status: int, code: str
) -> None:
    stage = Stage(FakeEns(error))
    response = route(event(**{parameter: "asked"}), Context(), stage.edge)
    told = json.loads(response["body"])["error"]
    assert (response["statusCode"], told["code"]) == (status, code)
    assert told["requestId"] == "gateway-request-1"
    assert "cause" not in response["body"]
    assert (stage.log["cause"], stage.log["error_code"]) == ("cause", code)
    assert stage.log["level"] == ("ERROR" if status >= 500 else "INFO")


@every_route
def test_the_text_of_an_unforeseen_error_is_told_to_nobody(route: Route, parameter: str) -> None:
    stage = Stage(FakeEns(ValueError("canary https://node.example/key")))
    response = route(event(**{parameter: "asked"}), Context(), stage.edge)
    assert response["statusCode"] == 500
    assert "canary" not in response["body"] + stage.stream.getvalue()
    assert stage.log["error"] == "ValueError"


def test_the_edge_is_built_of_the_environment_alone() -> None:
    edge = build_edge(ENVIRONMENT)
    assert edge.route.allowed_origins == (ORIGIN,)
    assert edge.route.timeout_seconds == 8.0


@pytest.mark.parametrize("missing", ["ALLOWED_ORIGINS", "PROVIDER_KEYS_SECRET_ARN"])
def test_a_missing_setting_stops_the_start(missing: str) -> None:
    with pytest.raises(SettingError, match=missing):
        build_edge({**ENVIRONMENT, missing: ""})


@pytest.mark.parametrize("urls", ["", "5=https://other.example"])
def test_without_a_node_for_ethereum_a_lookup_says_so(urls: str) -> None:
    edge = build_edge({**ENVIRONMENT, "RPC_URLS": urls})
    with pytest.raises(NoNodeError):
        edge.ens.by_name("alice.eth", within_seconds(5))
    with pytest.raises(NoNodeError):
        edge.ens.by_address(ALICE.address, within_seconds(5))
    with pytest.raises(InvalidAddressError):
        edge.ens.by_address("alice.eth", within_seconds(5))


def test_a_gallery_without_a_node_never_loads_web3() -> None:
    code = (
        "import os, sys; from names.edge import build_edge; from names.errors import NoNodeError\n"
        "from runtime.deadline import Deadline\n"
        "try: build_edge(os.environ).ens.by_name('alice.eth', Deadline(1, lambda: 0))\n"
        "except NoNodeError: print(*sys.modules)"
    )
    command = [sys.executable, "-c", code]
    environment = {**ENVIRONMENT, "RPC_URLS": "", "PYTHONPATH": str(BACKEND)}
    done = subprocess.run(  # noqa: S603
        command, env=environment, capture_output=True, check=True, text=True
    )
    assert done.stdout
    assert not set(done.stdout.split()) & {"web3", "ens"}
