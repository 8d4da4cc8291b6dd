"""POST /webhooks/alchemy and POST /webhooks/moralis : providers tell of NFTs that moved or changed.

Callers are providers' servers, never pages, so there is no CORS.
"""

import os
import time
from functools import cache, partial

import runtime.init_phase
from runtime.answer import Answer
from runtime.deadline import Deadline
from runtime.event import LambdaContext, ProxyEvent
from runtime.logging import build_logger
from runtime.responses import ProxyResponse
from runtime.route import Router, Routes
from webhooks import alchemy_activity, moralis_stream
from webhooks.keys import SigningKeys
from webhooks.service import Source, WebhooksService
from webhooks.signature import verify_alchemy_signature, verify_moralis_signature

ANSWER_SECONDS = 5.0
"""Alchemy waits no longer."""

ALCHEMY = Source(
    provider=alchemy_activity.PROVIDER,
    header_name="x-alchemy-signature",
    keys=SigningKeys.alchemy,
    verify=verify_alchemy_signature,
    parse=alchemy_activity.parse_delivery,
)
MORALIS = Source(
    provider=moralis_stream.PROVIDER,
    header_name="x-signature",
    keys=SigningKeys.moralis,
    verify=verify_moralis_signature,
    parse=moralis_stream.parse_delivery,
)


def receive_delivery(
    webhooks: WebhooksService, event: ProxyEvent, deadline: Deadline, *, source: Source
) -> Answer:
    return webhooks.receive(event, source)


ROUTES: Routes[WebhooksService] = {
    "/webhooks/alchemy": partial(receive_delivery, source=ALCHEMY),
    "/webhooks/moralis": partial(receive_delivery, source=MORALIS),
}


@cache
def deployed_router() -> Router[WebhooksService]:
    """Made once per function instance."""
    logger = build_logger()  # first: it quiets boto3, which logs where it found credentials
    webhooks = WebhooksService.from_environment(os.environ)
    return Router(ROUTES, webhooks, logger, time.monotonic, timeout_seconds=ANSWER_SECONDS)


def handler(event: ProxyEvent, context: LambdaContext) -> ProxyResponse:
    return deployed_router()(event, context)


runtime.init_phase.ends()
