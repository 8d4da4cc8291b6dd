"""The smoke test of deployed stacks, run on the local one: what it passes, what it catches."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import httpx
import pytest
from eth_account import Account

from deploy.errors import SmokeFailedError
from deploy.smoke import smoke
from deploy.smoke_checks import CHECKS
from deploy.smoke_visit import Visit
from local.configuration import STAND_IN_KEYS
from tests.e2e.conftest import ROOT, RunningStack, free_port

# JWTs, signatures and key material: whatever is as long and as random
SECRET = re.compile(r"eyJ|[A-Za-z0-9+/_-]{40,}")
SKIPPED_HERE = {
    "the page names the one api it may call",
    "plain http is sent to https",
}


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=40) as client:
        yield client


def visit_of(
    stack: RunningStack, http: httpx.Client, config: Mapping[str, Any] | None = None, **more: Any
) -> Visit:
    given = config or httpx.get(f"{stack.site}/config.json").json()
    keys = tuple(STAND_IN_KEYS.values())
    values: dict[str, Any] = {"keys": keys, "sleep": lambda _: None, "now": time.time, **more}
    return Visit(http, stack.site, given, Account.create(), **values)


def run(visit: Visit) -> dict[str, str]:
    """What was said of every check, failures and all."""
    lines: list[str] = []
    try:
        smoke(visit, say=lines.append)
    except SmokeFailedError:
        assert any(line.startswith("FAILED") for line in lines)
    else:
        assert not any(line.startswith("FAILED") for line in lines)
    assert not [line for line in lines if SECRET.search(line)]
    return {line[9:].split(":")[0]: line for line in lines}


def failed(said: dict[str, str]) -> list[str]:
    return [name for name, line in said.items() if line.startswith("FAILED")]


def test_every_check_passes_on_the_local_stack(stack: RunningStack, http: httpx.Client) -> None:
    said = run(visit_of(stack, http))
    assert len(said) == len(CHECKS)
    assert failed(said) == []
    assert {name for name, line in said.items() if line.startswith("skipped")} == SKIPPED_HERE


def test_what_aws_leaves_open_is_reported_and_fails_nothing(
    stack: RunningStack, http: httpx.Client
) -> None:
    said = run(visit_of(stack, http))["sign out here ends this session"]
    assert said.startswith("ok")
    assert said.endswith(
        "the identity pool takes the ID token until it expires, as AWS leaves open"
    )


def test_a_key_in_an_answer_is_caught_and_not_repeated(
    stack: RunningStack, http: httpx.Client
) -> None:
    said = run(visit_of(stack, http, keys=("Bored Ape Yacht Club",)))
    assert failed(said) == ["no key was told"]
    assert "Bored Ape" not in str(said)


def test_a_site_with_another_stacks_configuration_is_caught(
    stack: RunningStack, http: httpx.Client
) -> None:
    config = httpx.get(f"{stack.site}/config.json").json()
    said = run(visit_of(stack, http, {**config, "ipfsGateways": ["https://other.example"]}))
    assert failed(said) == ["the site tells the stacks configuration"]


type Weakness = tuple[Callable[[httpx.Request], bool], httpx.Response, str]

WEAK: dict[str, Weakness] = {
    "a route open to anyone": (
        lambda r: (
            r.url.path.endswith("getNFTsCollectionAlchemy") and "authorization" not in r.headers
        ),
        httpx.Response(200, json={"nfts": []}),
        "an unsigned lookup is refused",
    ),
    "a route that takes any token": (
        lambda r: r.url.path.endswith("getNFTsMoralis"),
        httpx.Response(200, json={"result": []}),
        "own nfts need an id token (getNFTsMoralis)",
    ),
    "an API for every origin": (
        lambda r: r.method == "OPTIONS",
        httpx.Response(200, headers={"access-control-allow-origin": "*"}),
        "only our pages may read answers",
    ),
    "a page without a policy": (
        lambda r: r.url.path == "/",
        httpx.Response(200, headers={"cache-control": "no-cache"}, text='src="./assets/x.js"'),
        "the page carries its security headers",
    ),
    "a session that outlives its sign-out": (
        lambda r: r.headers.get("x-amz-target", "").endswith("RevokeToken"),
        httpx.Response(200, json={}),
        "sign out here ends this session",
    ),
    "a session that outlives a sign-out everywhere": (
        lambda r: r.headers.get("x-amz-target", "").endswith("GlobalSignOut"),
        httpx.Response(200, json={}),
        "sign out everywhere ends every session",
    ),
    "a pool that takes passwords": (
        lambda r: b"PASSWORD_AUTH" in r.content,
        httpx.Response(200, json={"AuthenticationResult": {}}),
        "no password signs in",
    ),
    "a provider that is down": (
        lambda r: r.url.path.endswith("getNFTsAlchemyLambda") and r.method == "GET",
        httpx.Response(502, json={"error": {"code": "upstream_auth"}}),
        "a wallet lists its own nfts (getNFTsAlchemyLambda)",
    ),
}


class Weakened(httpx.HTTPTransport):
    """The stack, but for one kind of request, which gets an answer of ours."""

    def __init__(self, weakness: str) -> None:
        super().__init__()
        self._matches, self._answer, _ = WEAK[weakness]

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        if self._matches(request):
            given = self._answer
            return httpx.Response(given.status_code, headers=given.headers, content=given.content)
        return super().handle_request(request)


@pytest.mark.parametrize("weakness", WEAK)
def test_a_weakened_stack_is_caught(stack: RunningStack, weakness: str) -> None:
    with httpx.Client(timeout=40, transport=Weakened(weakness)) as http:
        said = run(visit_of(stack, http))
    assert WEAK[weakness][2] in failed(said)


def test_the_command_smokes_a_running_site_and_fails_where_nothing_answers(
    stack: RunningStack,
) -> None:
    done = command(stack.site)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == len(CHECKS)
    nowhere = command(f"http://localhost:{free_port()}")
    assert (nowhere.returncode, nowhere.stdout) == (1, "")
    assert re.fullmatch(r"smoke_failed: nothing answers at .+\n", nowhere.stderr)


def command(site: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "deploy", "smoke", "--site", site]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
