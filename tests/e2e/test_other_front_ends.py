"""`make start` serves the pages that AllowedOrigins lists beside its own, as AWS does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from eth_account import Account

from tests.e2e.client import Client, sign_text
from tests.e2e.conftest import HOLDS_3, ROOT, RunningStack, start_stack

LISTED = "http://localhost:3000,http://localhost:5173"
ADDRESS = Account.from_key(HOLDS_3).address.lower()
ROUTES = ("getNFTsAlchemy", "getNFTsAlchemyLambda", "chains")


@pytest.fixture(scope="module")
def open_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    folder = tmp_path_factory.mktemp("open")
    (folder / "prod.parameters").write_text(f"AllowedOrigins={LISTED}\nAlchemyRps=100\n")
    running = start_stack(folder)
    yield running
    running.stop()


def sign_in_from(origin: str, client: Client) -> dict[str, str]:
    """Tokens by the message that a page of the origin writes."""
    challenge = client.start(ADDRESS)
    given = challenge["ChallengeParameters"]["message"]
    message = given.replace("localhost:3000", urlsplit(origin).netloc)
    answer = {"message": message, "signature": sign_text(HOLDS_3, message)}
    answered = client.answer(challenge, ADDRESS, json.dumps(answer))
    tokens: dict[str, str] = answered.get("AuthenticationResult", {})
    return tokens


def test_a_page_of_each_listed_origin_signs_in_and_reads_every_route(
    open_stack: RunningStack,
) -> None:
    client = Client(open_stack.site)
    client.sign_up(ADDRESS)
    for origin in (*LISTED.split(","), open_stack.site):
        token = sign_in_from(origin, client)["IdToken"]
        for route in ROUTES:
            answer = client.get(route, token=token, headers={"Origin": origin})
            seen = (answer.status_code, answer.headers["access-control-allow-origin"])
            assert seen == (200, origin), route
            url = f"{client.config['apiEndpoint']}/{route}"
            asked = {"Origin": origin, "Access-Control-Request-Method": "GET"}
            preflight = httpx.options(url, headers=asked)
            assert preflight.headers["access-control-allow-origin"] == origin


def test_a_challenge_is_for_the_first_listed_page(open_stack: RunningStack) -> None:
    message = Client(open_stack.site).start(ADDRESS)["ChallengeParameters"]["message"]
    assert message.startswith("localhost:3000 wants you to sign in")


def test_a_page_that_is_not_listed_neither_signs_in_nor_reads(open_stack: RunningStack) -> None:
    client, origin = Client(open_stack.site), "http://localhost:5174"
    assert sign_in_from(origin, client) == {}
    answer = client.get("chains", headers={"Origin": origin})
    assert "access-control-allow-origin" not in answer.headers


def test_the_start_says_whose_pages_are_served(open_stack: RunningStack) -> None:
    Client(open_stack.site).start(ADDRESS)  # so it has said all there is to say
    listed = LISTED.replace(",", ", ")
    assert f"pages that may call it: {listed}, {open_stack.site}, http://127" in open_stack.output


def test_a_malformed_list_is_refused_at_the_start(tmp_path: Path) -> None:
    file = tmp_path / "mine.parameters"
    file.write_text("AllowedOrigins=http://localhost:5173/\n")
    env = {**os.environ, "PARAMETERS": str(file), "PORT": "12998", "API_PORT": "12999"}
    command = [sys.executable, "-m", "local"]
    done = subprocess.run(  # noqa: S603
        command, cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "parameter AllowedOrigins" in done.stderr) == (1, True)
