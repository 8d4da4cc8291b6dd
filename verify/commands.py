"""From the arguments of `python -m verify` to a target, and the suite run on it."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import httpx

from deploy.stack import dapp_config
from verify.errors import BadTargetError, NotAnsweringError
from verify.suite import Given, run_suite
from verify.target import Target, read_target, target_of_config

_NO_UPDATES = "a running site takes no other parameters from here"


def verify(arguments: Namespace) -> int:
    """The exit status of the run. Raises DeployError where it cannot begin."""
    if arguments.target:
        return run_suite(Given(read_target(Path(arguments.target))), arguments.words)
    if arguments.site:
        return run_suite(Given(target_of_site(arguments.site)), arguments.words)
    raise BadTargetError("SITE=, TARGET= or STACK= says what to verify")


def target_of_site(site: str) -> Target:
    """A local stack by its site's config.json. Raises NotAnsweringError or DeployError."""
    origin = site.rstrip("/")
    try:
        config = dapp_config(httpx.get(f"{origin}/config.json", timeout=40).text)
    except httpx.HTTPError as error:
        raise NotAnsweringError(f"nothing answers at {origin}: {type(error).__name__}") from error
    return target_of_config(config, name="local", site=origin, skips={"updates": _NO_UPDATES})
