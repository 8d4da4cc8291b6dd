"""`python -m local`: runs template.yaml on this machine until SIGINT or SIGTERM."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import time

import uvicorn

from local.configuration import ROOT, Configuration, read_configuration, stack_parameters
from local.errors import LocalStackError
from local.server import api_app, build_server, listen, site_app
from local.stack import build_stack
from local.template.resource_types import Place
from local.template.stack_template import load_stack_template


def say(text: str) -> None:
    print(f"· {text}", flush=True)


async def run(configuration: Configuration) -> None:
    """Start every part, print one line when all of it answers, and stop without leftovers."""
    started = time.monotonic()
    listeners = [listen("PORT", configuration.port), listen("API_PORT", configuration.api_port)]
    place = Place("us-east-1", "123456789012", "nft-gallery", f"localhost:{configuration.port}")
    say("reading template.yaml")
    parameters = stack_parameters(configuration)
    template = load_stack_template(ROOT / "template.yaml", parameters, place, now=time.time())
    say(f"without effect on this machine: {', '.join(template.inert_types())}")
    stack = build_stack(template, configuration)
    stage = template.only("AWS::ApiGateway::Stage").physical_id
    server = build_server(
        {
            configuration.port: site_app(stack),
            configuration.api_port: api_app(stack, place, stage),
        }
    )
    warming = None
    try:
        say("starting the Lambda functions")
        await stack.functions.start()
        serving = asyncio.create_task(server.serve(listeners))
        while not server.started and not serving.done():
            await asyncio.sleep(0.01)
        seconds = time.monotonic() - started
        print(
            f"NFT Gallery is ready: {configuration.site_origins[0]} ({seconds:.1f} s)", flush=True
        )
        if configuration.has_quotas:
            say("Cognito takes as many calls a second as an account's quotas (docs/quotas.md)")
        say(f"pages that may call it: {parameters['AllowedOrigins'].replace(',', ', ')}")
        warming = asyncio.create_task(stack.functions.warm_up())
        warming.add_done_callback(lambda task: _stop_if_failed(task, server))
        await serving
    finally:
        if warming is not None:
            warming.cancel()
            await asyncio.wait([warming])
        await stack.close()
    if not warming.cancelled():
        warming.result()


def _stop_if_failed(task: asyncio.Task[None], server: uvicorn.Server) -> None:
    if not task.cancelled() and task.exception() is not None:
        server.should_exit = True


def main() -> None:
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    logging.getLogger("samtranslator").setLevel(logging.ERROR)
    try:
        asyncio.run(run(read_configuration(os.environ)))
    except LocalStackError as error:
        sys.exit(f"local: {error}")


if __name__ == "__main__":
    main()
