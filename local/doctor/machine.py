"""What the doctor asks a machine: its programs, ports, clock and packages. Tests give another."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from importlib import metadata

_AWS = "sts.us-east-1.amazonaws.com"
"""AWS refuses a signature by its own clock: https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html"""
_SECONDS = 2.0


@dataclass(frozen=True)
class Machine:
    """`holder` of a port: nothing, `stack` for a local stack, `other` or `denied`.

    Times in seconds since 1970.
    """

    environment: Mapping[str, str]
    python: tuple[int, int]
    node: Callable[[], str]
    installed: Callable[[str], str]
    holder: Callable[[int], str]
    now: Callable[[], float]
    time_of_aws: Callable[[], float | None]


def this_machine(environment: Mapping[str, str]) -> Machine:
    return Machine(
        environment=environment,
        python=sys.version_info[:2],
        node=_node,
        installed=_installed,
        holder=_holder,
        now=time.time,
        time_of_aws=_time_of_aws,
    )


def _node() -> str:
    """Such as v22.1.0; nothing where there is none."""
    try:
        done = subprocess.run(
            ["node", "--version"],  # noqa: S607 - the one of PATH is meant
            capture_output=True,
            text=True,
            check=False,
            timeout=10,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()


def _installed(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def _holder(port: int) -> str:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            return "denied"
        except OSError:
            return "stack" if _is_stack(port) else "other"
    return ""


def _is_stack(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_SECONDS)
    try:
        connection.request("GET", "/_local/providers.json")
        answer = connection.getresponse()
        return answer.status == 200 and "providers" in json.loads(answer.read(65_536))
    except (OSError, ValueError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _time_of_aws() -> float | None:
    """None where nobody answers."""
    connection = http.client.HTTPSConnection(_AWS, timeout=_SECONDS)
    try:
        connection.request("HEAD", "/")
        date = connection.getresponse().headers.get("date", "")
        return parsedate_to_datetime(date).timestamp()
    except (OSError, ValueError, http.client.HTTPException):
        return None
    finally:
        connection.close()
