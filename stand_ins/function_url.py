"""Both stand-ins behind a Lambda function URL, for a stack of `make verify`.

The environment has the one key that each accepts: ALCHEMY_KEY and MORALIS_KEY.
Events: https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
"""

import asyncio
import base64
import os
import time
from typing import Any
from urllib.parse import unquote

from starlette.routing import Mount, Router
from starlette.types import Message

from stand_ins.alchemy import build_alchemy
from stand_ins.moralis import build_moralis

# above the 29 s that an API Gateway integration waits, and any function's time-out
_SLOW_SECONDS = 35.0


def _build() -> Router:
    alchemy = build_alchemy(
        key=lambda: os.environ["ALCHEMY_KEY"], now=time.time, slow_seconds=_SLOW_SECONDS
    )
    moralis = build_moralis(
        key=lambda: os.environ["MORALIS_KEY"], now=time.time, slow_seconds=_SLOW_SECONDS
    )
    return Router(routes=[Mount("/alchemy", alchemy), Mount("/moralis", moralis)])


APP = _build()


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return asyncio.run(_answer(event))


async def _answer(event: dict[str, Any]) -> dict[str, Any]:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await APP(_scope(event), receive, send)
    body = b"".join(message.get("body", b"") for message in sent[1:])
    headers = {
        name.decode("latin-1"): value.decode("latin-1") for name, value in sent[0]["headers"]
    }
    return {
        "statusCode": sent[0]["status"],
        "headers": headers,
        "body": base64.b64encode(body).decode(),
        "isBase64Encoded": True,
    }


def _scope(event: dict[str, Any]) -> dict[str, Any]:
    """Providers are asked by GET only, so no body is read."""
    headers = event.get("headers", {}).items()
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "https",
        "method": event["requestContext"]["http"]["method"],
        "path": unquote(event["rawPath"]),
        "raw_path": event["rawPath"].encode(),
        "root_path": "",
        "query_string": event.get("rawQueryString", "").encode(),
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers],
        "server": (event["requestContext"].get("domainName", "stand-ins"), 443),
        "client": None,
    }
