import io
import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from requests.adapters import BaseAdapter

from nft.edge import Edge
from nft.providers.http import HttpTransport, build_session
from nft.providers.keys import ProviderKeys
from nft.settings import ApiSettings
from runtime.logging import build_logger
from tests.fixtures.upstream import ALCHEMY_KEY, ID_TOKEN, MORALIS_KEY

OWNER = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266"
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
    """An Edge with a fake provider behind it, and the log lines it wrote."""

    edge: Edge
    stream: io.StringIO = field(repr=False)

    @property
    def log_text(self) -> str:
        return self.stream.getvalue()

    @property
    def log_lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log_text.splitlines()]


@pytest.fixture
def context() -> Context:
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


@pytest.fixture
def stage() -> Callable[..., Stage]:
    """Build a Stage around an adapter; the keys are canaries."""

    def build(adapter: BaseAdapter | None, **changes: Any) -> Stage:
        stream = io.StringIO()
        secret = json.dumps({"AlchemyApiKey": ALCHEMY_KEY, "MoralisApiKey": MORALIS_KEY})
        parts: dict[str, Any] = {
            "settings": ApiSettings(
                allowed_origins=("https://gallery.example", "http://localhost:3000"),
                provider_keys_secret_arn="arn:secret",
                alchemy_nft_url="https://alchemy.example/nft/v3",
                moralis_url="https://moralis.example/api/v2.2",
                upstream_timeout_seconds=8.0,
            ),
            "keys": ProviderKeys("arn:secret", lambda _arn: secret, clock=lambda: 0.0),
            "transport": HttpTransport(build_session(adapter)),
            "logger": build_logger(f"test-{next(_loggers)}", stream=stream),
            "clock": iter_clock(),
        }
        return Stage(Edge(**{**parts, **changes}), stream)

    return build


def iter_clock() -> Callable[[], float]:
    ticks = itertools.count(100.0, 0.25)
    return lambda: next(ticks)
