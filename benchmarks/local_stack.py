"""The whole sign-in, through the public protocol of a local stack of its own."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from eth_account import Account

from benchmarks.challenge import sign

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60


class StackError(Exception):
    """The stack did not start or refused a call; the text is what it said."""


@contextmanager
def running_stack(folder: Path) -> Iterator[str]:
    """`python -m local` on free ports with its state in a folder; gives the site's address."""
    site_port, api_port = _free_ports()
    (folder / "prod.parameters").write_text("AlchemyRps=100\nMoralisRps=100\n")
    env = {**os.environ, "PORT": site_port, "API_PORT": api_port}
    env |= {"STATE_DIR": str(folder / "state"), "PARAMETERS": str(folder / "prod.parameters")}
    output, command = folder / "output.log", [sys.executable, "-m", "local"]
    with output.open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
    try:
        site = f"http://localhost:{site_port}"
        _wait_until_ready(process, site, output)
        yield site
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)


def _free_ports() -> tuple[str, str]:
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return str(one.getsockname()[1]), str(other.getsockname()[1])


def _wait_until_ready(process: subprocess.Popen[bytes], site: str, output: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while site not in output.read_text():
        if process.poll() is not None or time.monotonic() > deadline:
            raise StackError(f"the stack did not start: {output.read_text()[-500:]}")
        time.sleep(0.05)


class UserPool:
    """Cognito's protocol over one kept connection."""

    def __init__(self, client: httpx.Client, site: str) -> None:
        config = client.get(f"{site}/config.json").json()
        self._client, self._endpoint = client, f"{config['userPoolEndpoint']}/"
        self._client_id = config["userPoolClientId"]

    def call(self, operation: str, **body: object) -> dict[str, Any]:
        headers = {
            "content-type": "application/x-amz-json-1.1",
            "x-amz-target": f"AWSCognitoIdentityProviderService.{operation}",
        }
        content = json.dumps({"ClientId": self._client_id, **body})
        answer = self._client.post(self._endpoint, content=content, headers=headers)
        if answer.status_code != 200:
            raise StackError(f"{operation}: {answer.json().get('__type')}")
        found: dict[str, Any] = answer.json() if answer.content else {}
        return found

    def sign_in(self, address: str, key: str) -> None:
        """InitiateAuth, sign, RespondToAuthChallenge; tokens must come."""
        asked = {"AuthFlow": "CUSTOM_AUTH", "AuthParameters": {"USERNAME": address}}
        challenge = self.call("InitiateAuth", **asked)
        answer = sign(challenge["ChallengeParameters"]["message"], key)
        tokens = self.call(
            "RespondToAuthChallenge",
            ChallengeName="CUSTOM_CHALLENGE",
            ChallengeResponses={"USERNAME": address, "ANSWER": answer},
            Session=challenge["Session"],
        )
        if "AuthenticationResult" not in tokens:
            raise StackError("the stack gave no tokens")


def measure(folder: Path, count: int) -> list[float]:
    """Milliseconds of each of `count` sign-ins of one wallet, signed up and warmed up before.

    Raises:
        StackError: the stack does not start or refuses.
    """
    key = f"0x{secrets.token_hex(32)}"
    address = str(Account.from_key(key).address).lower()
    with running_stack(folder) as site, httpx.Client(timeout=30) as client:
        pool = UserPool(client, site)
        pool.call("SignUp", Username=address, Password=f"Aa1!{secrets.token_hex(20)}")
        return [_time_sign_in(pool, address, key) for _ in range(count + 5)][5:]


def _time_sign_in(pool: UserPool, address: str, key: str) -> float:
    began = time.perf_counter()
    pool.sign_in(address, key)
    return (time.perf_counter() - began) * 1e3
