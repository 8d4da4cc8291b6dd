"""The metadata route: path parameters in, an answer or a typed error out, one log line."""

import io
import itertools
import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from eth_abi.abi import encode

from fetch.content_type import Kind
from fetch.errors import FetchTimeoutError, ForbiddenTargetError
from fetch.picture import MAX_PICTURE_BYTES
from fetch.request import Fetched, FetchRequest
from metadata.routes import ROUTES
from metadata.service import MetadataService
from metadata.token_lookup import TokenLookup
from nodes.errors import NodeAnswerError
from nodes.failover import Nodes
from runtime.answer_cache import MAX_BYTES, AnswerCache
from runtime.deadline import Deadline
from runtime.errors import RouteError
from runtime.logging import build_logger
from runtime.route import Router
from tests.fixtures.token_web import PNG

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
    page: bytes | RouteError = b'{"name":"Seven"}'
    images: dict[str, bytes | RouteError] = field(default_factory=dict)
    asked: list[object] = field(default_factory=list)
    node_seconds: list[float] = field(default_factory=list)
    is_down: bool = False
    stream: io.StringIO = field(default_factory=io.StringIO)
    headers: dict[str, str] = field(default_factory=dict)
    answers: AnswerCache = field(default_factory=lambda: AnswerCache(lambda: 1.0))

    def send(self, batch: list[dict[str, Any]], deadline: Deadline) -> object:
        self.node_seconds.append(deadline.left())
        if self.is_down:
            raise NodeAnswerError("canary")
        self.asked.append(batch[1]["params"][0])
        result = "0x" + encode(["string"], [self.uri]).hex()
        return [{"id": 1, "result": "0x5"}, {"id": 2, "result": result}]

    def fetch(self, request: FetchRequest, deadline: Deadline) -> Fetched:
        self.asked.append(request.url)
        page = self.images.get(request.url, self.page)
        if isinstance(page, RouteError):
            raise page
        return Fetched(Kind.PNG if request.url in self.images else Kind.JSON, page)

    def ask(
        self, query: dict[str, str] | None = None, /, **changed: str
    ) -> tuple[int, dict[str, Any]]:
        nodes = Nodes([self.send], chain_id=5)
        logger = build_logger(f"metadata-{next(_loggers)}", stream=self.stream)
        tokens = TokenLookup({5: nodes}, self.fetch)
        service = MetadataService(tokens, self.answers)
        (resource,) = ROUTES
        router = Router(
            ROUTES, service, logger, lambda: 1.0, timeout_seconds=12.0, allowed_origins=[ORIGIN]
        )
        event = {
            "resource": resource,
            "headers": {"Origin": ORIGIN},
            "pathParameters": {**PATH, **changed},
            "queryStringParameters": query,
        }
        response = router(event, Context())
        assert response["headers"]["Access-Control-Allow-Origin"] == ORIGIN
        self.headers = response["headers"]
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
    ("changed", "code"),
    [
        ({"contractAddress": "https://169.254.169.254/"}, "invalid_address"),
        ({"contractAddress": ""}, "invalid_address"),
        ({"tokenId": "https://localhost/"}, "invalid_token_id"),
        ({"tokenId": "0x7"}, "invalid_token_id"),
        ({"tokenId": str(2**256)}, "invalid_token_id"),
    ],
)
def test_nothing_of_the_caller_is_a_url(changed: dict[str, str], code: str) -> None:
    stage = Stage()
    status, answer = stage.ask(**changed)
    assert (status, answer["error"]["code"]) == (400, code)
    assert stage.asked == []


@pytest.mark.parametrize(
    ("stage", "status", "code"),
    [
        (Stage(uri="http://169.254.169.254/"), 422, "unsupported_uri"),
        (Stage(page=ForbiddenTargetError("canary")), 502, "metadata_unavailable"),
        (Stage(page=FetchTimeoutError("canary")), 504, "metadata_timeout"),
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


INLINE = {"image": "inline"}
IMAGE = "https://b.example/7.png"


def naming_an_image(image: bytes | RouteError = PNG) -> Stage:
    return Stage(page=b'{"image":"https://b.example/7.png"}', images={IMAGE: image})


@pytest.mark.parametrize(
    "choice", ["", "Inline", "inline ", "both", "true", "\0", "https://a.example/"]
)
def test_an_image_parameter_that_is_none_there_is_is_refused_and_nothing_is_asked(
    choice: str,
) -> None:
    stage = naming_an_image()
    status, answer = stage.ask({"image": choice})
    assert (status, answer["error"]["code"]) == (400, "invalid_parameter")
    assert stage.asked == []


@pytest.mark.parametrize(
    ("query", "status"),
    [
        (None, "remote"),
        ({}, "remote"),
        ({"image": "link"}, "remote"),
        (INLINE, "inline"),
        ({"images": "inline", "IMAGE": "inline"}, "remote"),
    ],
)
def test_an_image_is_fetched_where_it_is_asked_for_and_nowhere_else(
    query: dict[str, str] | None, status: str
) -> None:
    stage = naming_an_image()
    assert stage.ask(query)[1]["image"]["status"] == status
    assert (IMAGE in stage.asked) is (status == "inline")


def test_both_answers_are_kept_apart() -> None:
    stage = naming_an_image()
    queries = (None, INLINE, {"image": "link"}, INLINE, None)
    statuses = [stage.ask(query)[1]["image"]["status"] for query in queries]
    assert statuses == ["remote", "inline", "remote", "inline", "remote"]
    assert [url for url in stage.asked if isinstance(url, str)] == [stage.uri, stage.uri, IMAGE]
    assert stage.headers["Cache-Control"] == "private, max-age=300"


def test_a_failed_image_is_a_200_that_nobody_keeps() -> None:
    stage = naming_an_image(FetchTimeoutError("canary"))
    status, answer = stage.ask(INLINE)
    assert (status, answer["image"]["error"]) == (200, "metadata_timeout")
    assert stage.headers["Cache-Control"] == "no-store"
    assert "canary" not in json.dumps(answer)
    line = json.loads(stage.stream.getvalue())
    assert (line["status"], line["cache"]) == (200, "miss")
    stage.images[IMAGE] = PNG
    assert stage.ask(INLINE)[1]["image"]["status"] == "inline"
    stage.images[IMAGE] = FetchTimeoutError("canary")
    assert stage.ask(INLINE)[1]["image"]["status"] == "inline"


def test_what_will_not_change_by_asking_again_is_kept() -> None:
    for page in (b"{}", b'{"image":"http://a.example/"}'):
        stage = Stage(page=page)
        stage.ask(INLINE)
        assert stage.headers["Cache-Control"] == "private, max-age=300"


def test_large_images_stay_within_the_memory_for_answers_and_the_oldest_go() -> None:
    stage = naming_an_image(PNG + bytes(MAX_PICTURE_BYTES - len(PNG)))
    for number in range(9):
        stage.ask(INLINE, tokenId=str(number))
    keys = [f"5/{CONTRACT.lower()}/{number}?image=inline" for number in range(9)]
    entries = [stage.answers.find(key) for key in keys]
    assert [entry is not None for entry in entries] == [False] + [True] * 8
    assert sum(len(entry.answer.body) for entry in entries if entry) <= MAX_BYTES


def test_the_log_says_neither_which_token_nor_where_it_led() -> None:
    stage = Stage()
    stage.ask()
    line = stage.stream.getvalue().lower()
    assert not [word for word in (CONTRACT.lower(), "a.example", "seven") if word in line]


def test_the_service_is_built_of_the_environment_alone() -> None:
    service = MetadataService.from_environment(ENVIRONMENT, build_logger())
    assert service.tokens.read_chain("5") == 5
