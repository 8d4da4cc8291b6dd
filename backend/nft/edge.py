"""The edge of every NFT route: what comes from outside, and how each answer leaves.

`answer` gives every request its one log line, its CORS headers and, when something goes
wrong, the one error shape. It never raises.
"""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from aws_lambda_powertools.logging import Logger

from nft.errors import NftError, to_response
from nft.found import Found
from nft.providers.http import HttpTransport, Transport, build_session
from nft.providers.keys import ProviderKeys, secrets_manager
from runtime.event import LambdaContext, ProxyEvent, header, raised_at, request_id
from runtime.logging import build_logger
from runtime.responses import ProxyResponse, cors_headers, json_response
from runtime.route import MARGIN_SECONDS
from runtime.settings import ApiSettings


@dataclass(frozen=True)
class Edge:
    """`clock` gives seconds from any fixed point; `transport` is how providers are reached."""

    settings: ApiSettings
    keys: ProviderKeys
    transport: Transport
    logger: Logger
    clock: Callable[[], float]

    def seconds_left(self, context: LambdaContext) -> float:
        """What the provider may take in all, from now."""
        remaining = context.get_remaining_time_in_millis() / 1000 - MARGIN_SECONDS
        return min(self.settings.upstream_timeout_seconds, remaining)


@cache
def deployed_edge() -> Edge:
    """Built once per function instance. Raises SettingError rather than start half-configured."""
    settings = ApiSettings.from_environment(os.environ)
    logger = build_logger()  # first: it quiets boto3, which logs where it found credentials
    return Edge(
        settings=settings,
        keys=ProviderKeys(
            settings.provider_keys_secret_arn, secrets_manager(), clock=time.monotonic
        ),
        transport=HttpTransport(build_session()),
        logger=logger,
        clock=time.monotonic,
    )


def answer(
    event: ProxyEvent,
    context: LambdaContext,
    edge: Edge,
    *,
    route: str,
    provider: str,
    look_up: Callable[[], str | Found],
) -> ProxyResponse:
    """What `look_up` returns, text as a 200, or the response its error stands for."""
    started = edge.clock()
    identifier = request_id(event, context)
    cors = cors_headers(header(event, "origin"), edge.settings.allowed_origins)
    response, outcome = _outcome(look_up, identifier, cors)
    log = edge.logger.error if response["statusCode"] >= 500 else edge.logger.info
    line = {
        "request_id": identifier,
        "function_request_id": context.aws_request_id,
        "route": route,
        "provider": provider,
        "status": response["statusCode"],
        "latency_ms": round((edge.clock() - started) * 1000),
    }
    log("request", extra={**line, **outcome})
    return response


def _outcome(
    look_up: Callable[[], str | Found], identifier: str, cors: Mapping[str, str]
) -> tuple[ProxyResponse, dict[str, object]]:
    """The response, and what the log says about how it came to be."""
    try:
        found = look_up()
        if isinstance(found, str):
            return json_response(200, found, cors), {"upstream_status": 200}
        return json_response(found.status, found.body, cors), {"provider": found.provider}
    except NftError as error:
        return to_response(error, request_id=identifier, headers=cors), _known(error)
    except Exception as error:
        return to_response(NftError(), request_id=identifier, headers=cors), _unknown(error)


def _known(error: NftError) -> dict[str, object]:
    return {
        "upstream_status": error.upstream_status,
        "error_code": error.code,
        "error": type(error).__name__,
        "cause": error.cause,
    }


def _unknown(error: Exception) -> dict[str, object]:
    """Where it happened and what kind it was; its text could hold anything, so it stays out."""
    return {
        "upstream_status": None,
        "error_code": NftError.code,
        "error": type(error).__name__,
        "cause": raised_at(error),
    }
