"""The edge of every webhook route: what comes from outside, and how each answer leaves.

`answer` gives every delivery its one log line, without addresses, bodies, headers or keys, and the
one error shape when something goes wrong. It never raises. Callers are providers' servers, never
pages, so there is no CORS.
"""

import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Protocol

import boto3
from aws_lambda_powertools.logging import Logger
from botocore.config import Config

from freshness.changes import Delivery
from freshness.invalidation_table import InvalidationTable
from runtime.errors import RouteError
from runtime.event import IdentifiedContext, ProxyEvent, header, raised_at, request_id
from runtime.logging import build_logger
from runtime.responses import ProxyResponse, error_response, json_response
from runtime.settings import Secret
from webhooks.deliveries import Ledger, Receipt, receive
from webhooks.errors import WebhookError
from webhooks.keys import SigningKeys, deployed_secrets
from webhooks.request import raw_body
from webhooks.settings import WebhookSettings
from webhooks.signature import VerifiedBody

# Alchemy waits five seconds in all.
_CLIENT_CONFIG = Config(
    connect_timeout=1, read_timeout=1, retries={"total_max_attempts": 2, "mode": "standard"}
)


class VerifySignature(Protocol):
    def __call__(
        self, body: bytes, signature: str | None, *, expected_keys: Sequence[Secret]
    ) -> VerifiedBody: ...


@dataclass(frozen=True)
class Source:
    """What tells one provider's deliveries from another's; `header_name` is in lower case."""

    provider: str
    header_name: str
    keys: Callable[[SigningKeys], Sequence[Secret]]
    verify: VerifySignature
    parse: Callable[[bytes], Delivery]


@dataclass(frozen=True)
class Edge:
    """`clock` gives Unix seconds."""

    keys: SigningKeys
    ledger: Ledger
    logger: Logger
    clock: Callable[[], float]


@cache
def deployed_edge() -> Edge:
    """Built once per function instance. Raises SettingError rather than start half-configured."""
    settings = WebhookSettings.from_environment(os.environ)
    logger = build_logger()  # first: it quiets boto3, which logs where it found credentials
    client = boto3.client("dynamodb", config=_CLIENT_CONFIG)
    return Edge(
        keys=SigningKeys(
            settings.signing_keys_secret_arn, deployed_secrets(), clock=time.monotonic
        ),
        ledger=InvalidationTable(client, settings.invalidation_table_name),
        logger=logger,
        clock=time.time,
    )


def answer(
    event: ProxyEvent, context: IdentifiedContext, edge: Edge, *, route: str, source: Source
) -> ProxyResponse:
    """200 once the delivery is dealt with, or the response its error stands for."""
    started = edge.clock()
    identifier = request_id(event, context)
    response, outcome = _outcome(event, edge, source, identifier)
    log = edge.logger.error if response["statusCode"] >= 500 else edge.logger.info
    line = {
        "request_id": identifier,
        "function_request_id": context.aws_request_id,
        "route": route,
        "provider": source.provider,
        "status": response["statusCode"],
        "latency_ms": round((edge.clock() - started) * 1000),
    }
    log("webhook", extra={**line, **outcome})
    return response


def _outcome(
    event: ProxyEvent, edge: Edge, source: Source, identifier: str
) -> tuple[ProxyResponse, Mapping[str, object]]:
    """The response, and what the log says about how it came to be."""
    try:
        verified = _verified(event, edge, source)
        delivery = source.parse(verified.body)
        now = datetime.fromtimestamp(edge.clock(), UTC)
        receipt = receive(delivery, ledger=edge.ledger, now=now)
        response = json_response(200, json.dumps({"outcome": receipt.outcome}), {})
        return response, _dealt_with(delivery, receipt, verified)
    except RouteError as error:
        return error_response(error, request_id=identifier, headers={}), _known(error)
    except Exception as error:
        told = error_response(WebhookError(), request_id=identifier, headers={})
        return told, _unknown(error)


def _verified(event: ProxyEvent, edge: Edge, source: Source) -> VerifiedBody:
    body, signature = raw_body(event), header(event, source.header_name)
    return source.verify(body, signature, expected_keys=source.keys(edge.keys))


def _dealt_with(
    delivery: Delivery, receipt: Receipt, verified: VerifiedBody
) -> Mapping[str, object]:
    return {
        "outcome": receipt.outcome,
        "kind": delivery.kind,
        "record": receipt.record,
        "changes": len(delivery.changes),
        "subjects": receipt.subjects,
        "key_number": verified.key_number,
    }


def _known(error: RouteError) -> Mapping[str, object]:
    return {"error_code": error.code, "error": type(error).__name__, "cause": error.cause}


def _unknown(error: Exception) -> Mapping[str, object]:
    """Where it happened and what kind it was; its text could hold anything, so it stays out."""
    return {
        "error_code": WebhookError.code,
        "error": type(error).__name__,
        "cause": raised_at(error),
    }
