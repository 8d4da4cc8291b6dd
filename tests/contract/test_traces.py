"""What a function sends to X-Ray where Tracing is on: which upstream, how long, how it ended.

Functions run with the environment the template gives them, on real sockets.
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler
from itertools import count, product
from typing import Any

import boto3
import pytest
from eth_abi.abi import encode
from moto.server import ThreadedMotoServer

from tests.contract.conftest import deployed_with
from tests.contract.reading import by_id
from tests.fixtures.node import Exchange, Node
from tests.fixtures.provider_budgets import TABLE, budget_table
from tests.fixtures.traced_function import PARENT_ID, ROOT_ID, SAMPLED, Invocation, Ran, run
from tests.fixtures.upstream import ALCHEMY_KEY, ID_TOKEN, MORALIS_KEY, SocketProvider

OWNER = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266"
CONTRACT = "0xbd3531da5cf5857e7cfaa92426877b022e612cf8"
PAGE_KEY = "canary-page-key"
CANARIES = (ALCHEMY_KEY, MORALIS_KEY, ID_TOKEN, OWNER, CONTRACT, PAGE_KEY, "canary", "Bearer")
OF_ADDRESSES = ("127.0.0.1", "localhost", "alice")
OF_URLS = ("http", "getNFTs", "/nft")
FIELDS = {
    *("id", "name", "start_time", "end_time", "parent_id", "in_progress", "annotations"),
    *("type", "namespace", "trace_id"),
}
FLAGS = {"fault", "error", "throttle"}
ALCHEMY_PAGE = {
    "ownedNfts": [{"contract": {"address": CONTRACT}, "tokenId": "7"}],
    "totalCount": 2,
    "pageKey": PAGE_KEY,
}
MORALIS_PAGE = {"result": [{"token_address": CONTRACT, "token_id": "7"}], "cursor": PAGE_KEY}
OWNER_NFTS = {
    "resource": "/chains/{chainId}/owners/{owner}/nfts",
    "pathParameters": {"chainId": "1", "owner": OWNER},
    "queryStringParameters": {"contract": CONTRACT},
    "headers": {"Authorization": f"Bearer {ID_TOKEN}"},
}
MY_NFTS = {
    "resource": "/getNFTsAlchemyLambda",
    "queryStringParameters": {"pageKey": PAGE_KEY},
    "requestContext": {"authorizer": {"claims": {"cognito:username": OWNER}}},
}
TOKEN = {
    "resource": "/chains/{chainId}/contracts/{contractAddress}/nfts/{tokenId}/metadata",
    "pathParameters": {"chainId": "1", "contractAddress": CONTRACT, "tokenId": "7"},
}
NAME = {"resource": "/names/{name}", "pathParameters": {"name": "alice.eth"}}

Write = Callable[[BaseHTTPRequestHandler, threading.Event], None]


def replying(status: int, body: bytes) -> Write:
    def write(handler: BaseHTTPRequestHandler, _: threading.Event) -> None:
        head = f"HTTP/1.1 {status} Said\r\nContent-Type: application/json\r\n"
        handler.wfile.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)

    return write


def echoing(status: int) -> Write:
    """Tells what it was asked, keys and all, as no JSON."""

    def write(handler: BaseHTTPRequestHandler, stop: threading.Event) -> None:
        replying(status, f"{handler.path} {handler.headers}".encode())(handler, stop)

    return write


WELL = {
    "alchemy": replying(200, json.dumps(ALCHEMY_PAGE).encode()),
    "moralis": replying(200, json.dumps(MORALIS_PAGE).encode()),
}


class Order:
    """A provider answers well, but only once what it waits for has been asked: no clock decides."""

    def __init__(self) -> None:
        requests = product(("alchemy", "moralis"), range(4))
        self._asked = {request: threading.Event() for request in requests}

    def provider(self, name: str, *after: tuple[str, int]) -> Write:
        """Its request n waits for `after[n]`: a provider and which of its requests, from 0."""
        numbers = count()

        def write(handler: BaseHTTPRequestHandler, stop: threading.Event) -> None:
            number = next(numbers)
            self._asked[name, number].set()
            if number < len(after):
                assert self._asked[after[number]].wait(60)
            WELL[name](handler, stop)

        return write


@pytest.fixture(scope="module")
def secrets() -> Iterator[dict[str, str]]:
    """The environment that leads to them, and to the table of the budgets."""
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    client = boto3.client(
        "secretsmanager",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
    )
    keys = json.dumps({"AlchemyApiKey": ALCHEMY_KEY, "MoralisApiKey": MORALIS_KEY})
    provider_keys = client.create_secret(Name="k", SecretString=keys)["ARN"]
    cursor_key = client.create_secret(Name="c", SecretString="canary-cursor-secret-7Hq2-7Hq2-7Hq2")
    with budget_table(endpoint):
        yield {
            "AWS_ENDPOINT_URL_SECRETS_MANAGER": endpoint,
            "AWS_ENDPOINT_URL_DYNAMODB": endpoint,
            "BUDGET_TABLE_NAME": TABLE,
            "PROVIDER_KEYS_SECRET_ARN": provider_keys,
            "CURSOR_KEY_SECRET_ARN": cursor_key["ARN"],
        }
    server.stop()


class Deployed:
    """Functions of the template, their upstreams moved to this machine."""

    def __init__(self, secrets: dict[str, str], tracing: str) -> None:
        self._secrets = secrets
        self._stack = deployed_with(Tracing=tracing)

    def run(
        self,
        function: str,
        invocations: list[Invocation],
        *,
        alchemy: Write = WELL["alchemy"],
        moralis: Write = WELL["moralis"],
        node: Callable[[Exchange], None] | None = None,
        **environment: str,
    ) -> Ran:
        properties = by_id(self._stack, function).properties
        with ExitStack() as running:
            a = running.enter_context(SocketProvider(alchemy).running())
            m = running.enter_context(SocketProvider(moralis).running())
            moved = {
                "ALCHEMY_NETWORKS_URL": f"{a}/{{network}}/nft/v3",
                "MORALIS_URL": f"{m}/api/v2.2",
            }
            if node is not None:
                port = running.enter_context(Node(node).running())
                moved["RPC_URLS"] = f"1=http://127.0.0.1:{port}/canary-path"
            return run(
                properties["Handler"],
                {
                    **properties["Environment"]["Variables"],
                    **self._secrets,
                    **moved,
                    **environment,
                },
                invocations,
            )


@pytest.fixture(scope="module")
def traced(secrets: dict[str, str]) -> Deployed:
    return Deployed(secrets, "on")


@pytest.fixture(scope="module")
def untraced(secrets: dict[str, str]) -> Deployed:
    return Deployed(secrets, "off")


def gives_nothing_away(ran: Ran) -> None:
    sent = b"\n".join(ran.datagrams).decode().lower()
    assert [text for text in (*CANARIES, *OF_ADDRESSES, *OF_URLS) if text.lower() in sent] == []
    assert [text for text in (*CANARIES, *OF_ADDRESSES) if text in ran.logged] == []
    for subsegment in ran.subsegments:
        assert set(subsegment) - FLAGS == FIELDS
        assert set(subsegment["annotations"]) == {"outcome"}
        assert (subsegment["type"], subsegment["in_progress"]) == ("subsegment", False)


def says_nothing_of_its_own(ran: Ran) -> None:
    """Every line of the log is one of ours: a request or a metric."""
    lines = [json.loads(line) for line in ran.logged.splitlines() if line]
    assert all("_aws" in line or line["message"] == "request" for line in lines), ran.logged


def below(subsegment: dict[str, Any]) -> tuple[str, str]:
    return subsegment["trace_id"], subsegment["parent_id"]


def statuses(ran: Ran) -> list[int]:
    return [answer["statusCode"] for answer in ran.answers]


def test_a_call_that_went_well_is_one_subsegment_of_the_invocation(traced: Deployed) -> None:
    ran = traced.run("OwnersFunction", [Invocation(OWNER_NFTS)])
    assert statuses(ran) == [200]
    assert ran.outcomes == [("alchemy", "ok")]
    (call,) = ran.subsegments
    assert below(call) == (ROOT_ID, PARENT_ID)
    assert call["namespace"] == "remote"
    assert not FLAGS & set(call)
    assert call["end_time"] >= call["start_time"]
    gives_nothing_away(ran)
    says_nothing_of_its_own(ran)


@pytest.mark.parametrize(
    ("alchemy", "outcome"),
    [
        (echoing(401), "UpstreamAuthError"),
        (echoing(500), "UpstreamUnavailableError"),
        (echoing(200), "UpstreamUnavailableError"),
    ],
    ids=["refused", "broken", "garbage"],
)
def test_a_call_that_failed_says_how_and_nothing_it_was_told(
    traced: Deployed, alchemy: Write, outcome: str
) -> None:
    ran = traced.run("OwnersFunction", [Invocation(OWNER_NFTS)], alchemy=alchemy)
    assert statuses(ran) == [200]
    assert ran.outcomes == [("alchemy", outcome), ("moralis", "ok")]
    assert [call.get("fault", False) for call in ran.subsegments] == [True, False]
    gives_nothing_away(ran)
    says_nothing_of_its_own(ran)


def test_hedged_calls_are_both_the_invocations_whatever_thread_they_run_on(
    traced: Deployed,
) -> None:
    order = Order()
    ran = traced.run(
        "OwnersFunction",
        [Invocation(OWNER_NFTS)],
        alchemy=order.provider("alchemy", ("moralis", 0)),
        moralis=order.provider("moralis"),
        HEDGE_AFTER_SECONDS="0.1",
    )
    assert statuses(ran) == [200]
    assert ran.outcomes == [("alchemy", "ok"), ("moralis", "ok")]
    assert {below(call) for call in ran.subsegments} == {(ROOT_ID, PARENT_ID)}
    gives_nothing_away(ran)
    says_nothing_of_its_own(ran)


def test_a_hedged_call_that_outlives_its_invocation_is_in_no_trace(traced: Deployed) -> None:
    other = "1-5759e988-bd862e3fe1be46a994272794"
    elsewhere = {**OWNER_NFTS, "queryStringParameters": {}}  # not what the first made it remember
    after = Invocation(elsewhere, f"Root={other};Parent={PARENT_ID};Sampled=1")
    order = Order()
    ran = traced.run(
        "OwnersFunction",
        [Invocation(OWNER_NFTS, wait=False), after],
        # the first call ends in the second invocation, whose own call is hedged as well
        alchemy=order.provider("alchemy", ("alchemy", 1), ("moralis", 1)),
        moralis=order.provider("moralis"),
        HEDGE_AFTER_SECONDS="0.1",
    )
    traces = [(call["name"], call["trace_id"]) for call in ran.subsegments]
    assert traces[0] == ("moralis", ROOT_ID)
    assert sorted(traces[1:]) == [("alchemy", other), ("moralis", other)]  # in whatever order
    gives_nothing_away(ran)
    says_nothing_of_its_own(ran)


def test_each_invocation_has_its_own_calls_even_within_one_trace(traced: Deployed) -> None:
    parents = ["53995c3f42cd8ad8", "53995c3f42cd8ad9"]
    ran = traced.run(
        "GetNFTsAlchemyFunction",
        [
            *(
                Invocation(MY_NFTS, f"Root={ROOT_ID};Parent={parent};Sampled=1")
                for parent in parents
            ),
            Invocation(MY_NFTS, SAMPLED.replace("Sampled=1", "Sampled=0")),
            Invocation(MY_NFTS, None),
        ],
    )
    assert statuses(ran) == [200] * 4
    assert ran.outcomes == [("alchemy", "ok")] * 2
    assert [call["parent_id"] for call in ran.subsegments] == parents
    gives_nothing_away(ran)
    says_nothing_of_its_own(ran)


def test_what_a_route_over_one_provider_meets_is_traced_too(traced: Deployed) -> None:
    ran = traced.run("GetNFTsAlchemyFunction", [Invocation(MY_NFTS)], alchemy=echoing(429))
    assert ran.outcomes == [("alchemy", "UpstreamRateLimitedError")]
    (call,) = ran.subsegments
    assert set(call) & FLAGS == {"throttle", "error"}
    gives_nothing_away(ran)


def chain_says(result: bytes) -> Callable[[Exchange], None]:
    def answer(exchange: Exchange) -> None:
        said = {"id": 2, "result": "0x" + result.hex()}
        exchange.reply_json([{"id": 1, "result": "0x1"}, said])

    return answer


def look_elsewhere(exchange: Exchange) -> None:
    """EIP-3668: the contract that is asked sends its caller to a gateway."""
    types = ["address", "string[]", "bytes", "bytes4", "bytes"]
    asked = exchange.batch[1]["params"][0]["to"]
    urls = ["https://canary.example:444/{data}"]
    revert = "0x556f1830" + encode(types, [asked, urls, b"", b"\x01\x02\x03\x04", b""]).hex()
    error = {"code": 3, "message": "canary", "data": revert}
    exchange.reply_json([{"id": 1, "result": "0x1"}, {"id": 2, "error": error}])


def test_metadata_is_asked_of_a_node_then_fetched(traced: Deployed) -> None:
    uri = encode(["string"], [f"https://canary.example:444/{OWNER}"])
    ran = traced.run("MetadataFunction", [Invocation(TOKEN)], node=chain_says(uri))
    assert statuses(ran) == [502]
    assert ran.outcomes == [("node", "ok"), ("gateway", "ForbiddenTargetError")]
    assert {below(call) for call in ran.subsegments} == {(ROOT_ID, PARENT_ID)}
    gives_nothing_away(ran)
    says_nothing_of_its_own(ran)


def test_a_name_is_asked_of_a_node_then_of_its_gateway(traced: Deployed) -> None:
    ran = traced.run("NamesFunction", [Invocation(NAME)], node=look_elsewhere)
    assert statuses(ran) == [502]
    assert ran.outcomes == [("node", "ok"), ("gateway", "ForbiddenTargetError")]
    gives_nothing_away(ran)
    says_nothing_of_its_own(ran)


def test_a_node_that_echoes_is_a_failure_without_its_words(traced: Deployed) -> None:
    def echo(exchange: Exchange) -> None:
        exchange.reply(f"{exchange.handler.path} {exchange.batch}".encode(), 401)

    ran = traced.run("NamesFunction", [Invocation(NAME)], node=echo)
    assert ran.outcomes == [("node", "RefusedKeyError")]
    assert ran.subsegments[0]["fault"] is True
    gives_nothing_away(ran)
    says_nothing_of_its_own(ran)


def test_a_daemon_that_is_not_there_is_no_matter(traced: Deployed) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{taken.getsockname()[1]}"
    for nobody in (address, "127.0.0.1:0"):
        ran = traced.run("OwnersFunction", [Invocation(OWNER_NFTS)], AWS_XRAY_DAEMON_ADDRESS=nobody)
        assert statuses(ran) == [200]
        assert (ran.has_sdk, ran.datagrams) == (True, [])
        says_nothing_of_its_own(ran)


@pytest.mark.parametrize(
    ("function", "event"),
    [
        ("OwnersFunction", OWNER_NFTS),
        ("GetNFTsAlchemyFunction", MY_NFTS),
        ("MetadataFunction", TOKEN),
        ("NamesFunction", NAME),
    ],
)
def test_with_tracing_off_a_request_loads_no_sdk_and_sends_nothing(
    untraced: Deployed, function: str, event: dict[str, Any]
) -> None:
    ran = untraced.run(function, [Invocation(event)], node=look_elsewhere)
    assert len(ran.answers) == 1
    assert (ran.has_sdk, ran.datagrams) == (False, [])
