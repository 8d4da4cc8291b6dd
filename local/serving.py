"""Runs template.yaml on this machine until SIGINT or SIGTERM."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import time

import uvicorn

from local.configuration import Configuration, read_configuration
from local.errors import LocalStackError
from local.running import Running
from local.server import build_server, listen
from local.watching import Watching


def say(text: str) -> None:
    print(f"· {text}", flush=True)


async def run(configuration: Configuration) -> None:
    """Start every part, print one line when all of it answers, and stop without leftovers."""
    started = time.monotonic()
    listeners = [listen("PORT", configuration.port), listen("API_PORT", configuration.api_port)]
    say("reading template.yaml")
    running = Running(configuration)
    say(f"without effect on this machine: {', '.join(running.stack.template.inert_types())}")
    server = build_server(running.apps)
    beside = None
    try:
        say("starting the Lambda functions")
        await running.stack.functions.start()
        serving = asyncio.create_task(server.serve(listeners))
        while not server.started and not serving.done():
            await asyncio.sleep(0.01)
        _say_ready(running, time.monotonic() - started)
        beside = asyncio.create_task(_warm_up_and_watch(running))
        beside.add_done_callback(lambda task: _stop_if_failed(task, server))
        await serving
    finally:
        if beside is not None:
            beside.cancel()
            await asyncio.wait([beside])
        await running.close()
    if not beside.cancelled():
        beside.result()


async def _warm_up_and_watch(running: Running) -> None:
    watching = Watching(running, say)
    await running.stack.functions.warm_up()
    await watching.run()


def _say_ready(running: Running, seconds: float) -> None:
    configuration = running.configuration
    print(f"NFT Gallery is ready: {configuration.site_origins[0]} ({seconds:.1f} s)", flush=True)
    if configuration.has_quotas:
        say("Cognito takes as many calls a second as an account's quotas (docs/quotas.md)")
    origins = running.stack.template.parameters["AllowedOrigins"]
    say(f"pages that may call it: {', '.join(origins)}")


def _stop_if_failed(task: asyncio.Task[None], server: uvicorn.Server) -> None:
    if not task.cancelled() and task.exception() is not None:
        server.should_exit = True


def serve() -> None:
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    try:
        asyncio.run(run(read_configuration(os.environ)))
    except LocalStackError as error:
        sys.exit(f"local: {error}")
