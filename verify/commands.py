"""From the arguments of `python -m verify` to a target, and the suite run on it."""

from __future__ import annotations

import signal
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from deploy.clients import connect
from deploy.stack import dapp_config
from verify.errors import BadTargetError, NotAnsweringError
from verify.on_aws import Run, verify_stack
from verify.suite import Given, run_suite
from verify.target import Target, read_target, target_of_config

_STOPS = (signal.SIGINT, signal.SIGTERM)
_NO_UPDATES = "a running site takes no other parameters from here"
_REAL_PROVIDERS = "a deployed site asks its real providers: STACK= gives it stand-ins"


def verify(arguments: Namespace) -> int:
    """The exit status of the run. Raises DeployError where it cannot begin."""
    if arguments.target:
        return run_suite(Given(read_target(Path(arguments.target))), arguments.words)
    if arguments.site:
        return run_suite(Given(target_of_site(arguments.site)), arguments.words)
    if arguments.stack:
        return _verify_stack(arguments)
    raise BadTargetError("SITE=, TARGET= or STACK= says what to verify")


def _verify_stack(arguments: Namespace) -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    run = Run(
        suite=lambda given: run_suite(given, arguments.words),
        say=lambda text: print(text, flush=True),
        sleep=time.sleep,
        uninterrupted=uninterrupted,
        patience_seconds=float(arguments.patience),
    )
    clients = connect(arguments.region or None)
    return verify_stack(clients, arguments.stack, confirm=arguments.confirm, run=run)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Ctrl-C and a polite kill wait until this is over."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in _STOPS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def target_of_site(site: str) -> Target:
    """A running site by its config.json, which only the local stack's has Cognito's endpoints in.

    Raises NotAnsweringError or DeployError.
    """
    origin = site.rstrip("/")
    try:
        config = dapp_config(httpx.get(f"{origin}/config.json", timeout=40).text)
    except httpx.HTTPError as error:
        raise NotAnsweringError(f"nothing answers at {origin}: {type(error).__name__}") from error
    is_local = "userPoolEndpoint" in config
    skips = {"updates": _NO_UPDATES} | ({} if is_local else {"stand_in": _REAL_PROVIDERS})
    return target_of_config(config, name="local" if is_local else "site", site=origin, skips=skips)
