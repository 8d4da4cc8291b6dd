import io
import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from requests.adapters import BaseAdapter

from nft.providers.alchemy import AlchemyClient
from nft.providers.client import ProviderKeys
from nft.providers.clients import ProviderClients
from nft.providers.http import HttpTransport, Transport, build_session
from nft.providers.moralis import MoralisClient
from runtime.deadline import Clock
from runtime.logging import build_logger
from runtime.responses import ProxyResponse
from runtime.route import Route, Router
from tests.fixtures.upstream import ALCHEMY_KEY, ID_TOKEN, MORALIS_KEY

OWNER = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266"
ORIGINS = ("https://gallery.example", "http://localhost:3000")
_loggers = itertools.count()


@dataclass
class Context:
    """A Lambda context with `remaining` seconds left."""

    remaining: float = 10.0
    aws_request_id: str = "function-request-1"

    def get_remaining_time_in_millis(self) -> int:
        return int(self.remaining * 1000)


@dataclass
class Stage:
    """Clients with a fake provider behind them, and the log lines of what a route answered."""

    clients: ProviderClients
    stream: io.StringIO = field(default_factory=io.StringIO, repr=False)

    def answer(
        self,
        route: Route[Any],
        service: object,
        event: dict[str, Any],
        context: Context,
        *,
        resource: str = "/route",
        clock: Clock = lambda: 100.0,
        provider: str = "none",
    ) -> ProxyResponse:
        router = Router(
            {resource: route},
            service,
            build_logger(f"test-{next(_loggers)}", stream=self.stream),
            clock,
            timeout_seconds=8.0,
            allowed_origins=ORIGINS,
            provider=provider,
        )
        return router({**event, "resource": resource}, context)

    @property
    def log_text(self) -> str:
        return self.stream.getvalue()

    @property
    def log_lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log_text.splitlines()]


@pytest.fixture
def lambda_context() -> Context:
    return Context()


@pytest.fixture
def event() -> Callable[..., dict[str, Any]]:
    """Build an API Gateway proxy event; `query` is its query string parameters."""

    def build(query: dict[str, str] | None = None, **claims: object) -> dict[str, Any]:
        return {
            "httpMethod": "GET",
            "headers": {"authorization": f"Bearer {ID_TOKEN}", "origin": "https://gallery.example"},
            "queryStringParameters": query,
            "requestContext": {
                "requestId": "gateway-request-1",
                "authorizer": {"claims": {"cognito:username": OWNER, "sub": "1", **claims}},
            },
        }

    return build


def clients_of(keys: ProviderKeys, transport: Transport) -> ProviderClients:
    return ProviderClients(
        AlchemyClient("https://{network}.alchemy.example/nft/v3", keys.alchemy, transport),
        MoralisClient("https://moralis.example/api/v2.2", keys.moralis, transport),
    )


@pytest.fixture
def stage() -> Callable[..., Stage]:
    """Build a Stage around an adapter, or with `keys` or `transport`; the keys are canaries."""

    def build(adapter: BaseAdapter | None, **changes: Any) -> Stage:
        secret = json.dumps({"AlchemyApiKey": ALCHEMY_KEY, "MoralisApiKey": MORALIS_KEY})
        keys = ProviderKeys("arn:secret", lambda _arn: secret, clock=lambda: 0.0)
        parts = {"keys": keys, "transport": HttpTransport(build_session(adapter)), **changes}
        return Stage(clients_of(parts["keys"], parts["transport"]))

    return build
