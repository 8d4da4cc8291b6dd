"""ministack, an emulator of AWS, in a process of its own on the loopback interface.

Source: https://github.com/ministackorg/ministack (the variables are read in ministack/app.py)
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.e2e.conftest import free_port

ROOT = Path(__file__).resolve().parents[2]
REGION = "us-east-1"
ACCOUNT = "000000000000"
_PROGRAM = ROOT / ".tools" / "oracle" / "bin" / "ministack"
_SECONDS_TO_START = 60
_SECONDS_TO_STOP = 10


class EmulatorError(Exception):
    """The emulator did not start; `str()` has what it printed last."""


@dataclass(frozen=True)
class Emulator:
    endpoint: str
    """Of every AWS service, for AWS_ENDPOINT_URL."""
    log: Path

    def environment(self) -> dict[str, str]:
        """For a child that may call this AWS and no other, with nobody's credentials."""
        return {
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": REGION,
            "AWS_REGION": REGION,
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
        }


@contextmanager
def running_emulator(folder: Path) -> Iterator[Emulator]:
    """Start ministack with its files in `folder`; stop it and its functions at the end."""
    port = free_port()
    emulator = Emulator(f"http://localhost:{port}", folder / "ministack.log")
    with emulator.log.open("w") as log:
        process = subprocess.Popen(  # noqa: S603
            [str(_PROGRAM)],
            cwd=folder,
            env=_environment(folder, port),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # so that its functions can be stopped with it
        )
    try:
        _wait_until_ready(process, emulator)
        yield emulator
    finally:
        _stop(process)


def _environment(folder: Path, port: int) -> Mapping[str, str]:
    interpreters = f"{_PROGRAM.parent}{os.pathsep}{os.environ['PATH']}"
    return {
        "PATH": interpreters,
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "STATE_DIR": str(folder / "state"),
        "S3_DATA_DIR": str(folder / "s3"),
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "IOT_MTLS_ENABLED": "0",  # or it opens a port for MQTT on every interface
        "DOCKER_HOST": "unix:///nowhere",
        "AUTH": "true",  # signatures and policies are checked
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }


def _wait_until_ready(process: subprocess.Popen[bytes], emulator: Emulator) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{emulator.endpoint}/_ministack/ready").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise EmulatorError(f"ministack did not start:\n{emulator.log.read_text()[-2000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask the whole group, then insist: a function that hangs must not outlive the run."""
    for sent in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sent)
            process.wait(timeout=_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            continue
        except ProcessLookupError:
            return
