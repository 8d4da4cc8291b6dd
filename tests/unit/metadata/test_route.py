"""The metadata route: path parameters in, an answer or a typed error out, one log line."""

import io
import itertools
import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from eth_abi.abi import encode

from ethereum.errors import NodeAnswerError
from ethereum.nodes import Nodes
from metadata.content_type import Kind
from metadata.edge import Edge, build_edge
from metadata.errors import DeadlineError, ForbiddenTargetError, MetadataError
from metadata.fetch import Fetched, FetchRequest
from metadata.routes.get_token_metadata import get_token_metadata
from metadata.token_lookup import TokenLookup
from runtime.answer_cache import AnswerCache
from runtime.logging import build_logger
from runtime.route import RouteEdge
from webhooks.freshness import NothingTold

CONTRACT = "0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D"
ORIGIN = "https://gallery.example"
PATH = {"chainId": "5", "contractAddress": CONTRACT, "tokenId": "7"}
ENVIRONMENT = {
    "ALLOWED_ORIGINS": ORIGIN,
    "PROVIDER_KEYS_SECRET_ARN": "arn:secret",
    "RPC_URLS": "5=https://node.example",
}
_loggers = itertools.count()


@dataclass
class Context:
    aws_request_id: str = "function-request-1"

    def get_remaining_time_in_millis(self) -> int:
        return 15_000


@dataclass
class Stage:
    """A node that knows one URI, and a web that answers `page` or raises it."""

    uri: str = "https://a.example/7"
    page: bytes | MetadataError = b'{"name":"Seven"}'
    asked: list[object] = field(default_factory=list)
    node_seconds: list[float] = field(default_factory=list)
    is_down: bool = False
    stream: io.StringIO = field(default_factory=io.StringIO)

    def send(self, batch: list[dict[str, Any]], seconds: float) -> object:
        self.node_seconds.append(seconds)
        if self.is_down:
            raise NodeAnswerError("canary")
        self.asked.append(batch[1]["params"][0])
        result = "0x" + encode(["string"], [self.uri]).hex()
        return [{"id": 1, "result": "0x5"}, {"id": 2, "result": result}]

    def fetch(self, request: FetchRequest, seconds: float) -> Fetched:
        self.asked.append(request.url)
        if isinstance(self.page, MetadataError):
            raise self.page
        return Fetched(Kind.JSON, self.page)

    def ask(self, **changed: str) -> tuple[int, dict[str, Any]]:
        nodes = Nodes([self.send], chain_id=5, monotonic=lambda: 0.0)
        logger = build_logger(f"metadata-{next(_loggers)}", stream=self.stream)
        route = RouteEdge((ORIGIN,), 12.0, logger, lambda: 1.0)
        tokens = TokenLookup({5: nodes}, self.fetch, monotonic=lambda: 0.0)
        edge = Edge(route, tokens, AnswerCache(lambda: 1.0), NothingTold())
        event = {"headers": {"Origin": ORIGIN}, "pathParameters": {**PATH, **changed}}
        response = get_token_metadata(event, Context(), edge)
        assert response["headers"]["Access-Control-Allow-Origin"] == ORIGIN
        return response["statusCode"], dict(json.loads(response["body"]))


def test_the_contract_is_asked_for_its_uri_and_the_web_for_that() -> None:
    stage = Stage()
    status, answer = stage.ask()
    assert (status, answer["name"], answer["tokenId"]) == (200, "Seven", "7")
    call = {"to": CONTRACT.lower(), "data": "0xc87b56dd" + f"{7:064x}"}
    assert stage.asked == [call, "https://a.example/7"]
    assert stage.node_seconds == [4.0]


@pytest.mark.parametrize("chain", ["1", "05", "", "5 ", "0x5", "\N{ARABIC-INDIC DIGIT FIVE}"])
def test_a_chain_without_a_node_is_not_supported_and_nothing_is_asked(chain: str) -> None:
    stage = Stage()
    status, answer = stage.ask(chainId=chain)
    assert (status, answer["error"]["code"]) == (400, "unsupported_chain")
    assert stage.asked == []


@pytest.mark.parametrize(
    "changed",
    [
        {"contractAddress": "https://169.254.169.254/"},
        {"contractAddress": ""},
        {"tokenId": "https://localhost/"},
        {"tokenId": "0x7"},
        {"tokenId": str(2**256)},
    ],
)
def test_nothing_of_the_caller_is_a_url(changed: dict[str, str]) -> None:
    stage = Stage()
    status, answer = stage.ask(**changed)
    assert (status, answer["error"]["code"]) == (400, "invalid_token")
    assert stage.asked == []


@pytest.mark.parametrize(
    ("stage", "status", "code"),
    [
        (Stage(uri="http://169.254.169.254/"), 422, "unsupported_uri"),
        (Stage(page=ForbiddenTargetError("canary")), 502, "metadata_unavailable"),
        (Stage(page=DeadlineError("canary")), 504, "metadata_timeout"),
        (Stage(page=b"[]"), 502, "metadata_wrong_type"),
        (Stage(uri=""), 404, "not_found"),
        (Stage(is_down=True), 502, "upstream_unavailable"),
    ],
)
def test_every_failure_has_a_code_and_tells_no_cause(stage: Stage, status: int, code: str) -> None:
    found, answer = stage.ask()
    assert (found, answer["error"]["code"]) == (status, code)
    assert "canary" not in json.dumps(answer)
    assert json.loads(stage.stream.getvalue())["error_code"] == code


def test_the_log_says_neither_which_token_nor_where_it_led() -> None:
    stage = Stage()
    stage.ask()
    line = stage.stream.getvalue().lower()
    assert not [word for word in (CONTRACT.lower(), "a.example", "seven") if word in line]


def test_the_edge_is_built_of_the_environment_alone() -> None:
    edge = build_edge(ENVIRONMENT)
    assert edge.route.allowed_origins == (ORIGIN,)
