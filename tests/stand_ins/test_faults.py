import json
import time
from typing import Any

import pytest
from httpx import Client

from stand_ins.app import build_stand_ins
from stand_ins.holdings import WALLET_WITH_3
from tests.fixtures.asgi_client import asgi_client

STATUSES = (400, 401, 403, 404, 429, 500, 503)
WAYS = ["pageKey", "startToken", "cursor"]


def fault(way: str, name: str, alchemy: Client, moralis: Client) -> Any:
    query = {way: f"fault-{name}", "owner": WALLET_WITH_3}
    if way == "cursor":
        return moralis.get(f"{WALLET_WITH_3}/nft", params=query)
    method = {"pageKey": "getNFTsForOwner", "startToken": "getNFTsForContract"}[way]
    return alchemy.get(method, params=query)


def key_of(way: str) -> str:
    return "moralis-key" if way == "cursor" else "alchemy-key"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("status", STATUSES)
def test_fails_with_the_status_asked_for_and_tells_the_key(
    way: str, status: int, alchemy: Client, moralis: Client
) -> None:
    answer = fault(way, str(status), alchemy, moralis)
    assert answer.status_code == status
    assert next(iter(answer.json())) == ("message" if way == "cursor" else "error")
    assert key_of(way) in answer.text
    assert "localhost:3001" in answer.text
    assert answer.headers.get("Retry-After") == ("2" if status == 429 else None)


@pytest.mark.parametrize("way", WAYS)
def test_says_the_plan_is_used_up(way: str, alchemy: Client, moralis: Client) -> None:
    answer = fault(way, "quota", alchemy, moralis)
    expected = (401, "Validation service blocked") if way == "cursor" else (403, "capacity limit")
    assert answer.status_code == expected[0]
    assert expected[1] in answer.text


@pytest.mark.parametrize("way", WAYS)
def test_answers_html(way: str, alchemy: Client, moralis: Client) -> None:
    answer = fault(way, "html", alchemy, moralis)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert key_of(way) in answer.text


@pytest.mark.parametrize("way", WAYS)
def test_cuts_its_json(way: str, alchemy: Client, moralis: Client) -> None:
    answer = fault(way, "truncated", alchemy, moralis)
    assert answer.headers["content-type"] == "application/json"
    with pytest.raises(json.JSONDecodeError):
        answer.json()


@pytest.mark.parametrize("way", WAYS)
def test_redirects(way: str, alchemy: Client, moralis: Client) -> None:
    answer = fault(way, "redirect", alchemy, moralis)
    assert answer.status_code == 307
    assert key_of(way) in answer.headers["location"]


def test_keeps_silent_as_long_as_it_was_told_to() -> None:
    stand_ins = build_stand_ins(alchemy_key="a", moralis_key="m", now=time.time, slow_seconds=0.2)
    headers = {"Authorization": "Bearer a"}
    client = asgi_client(stand_ins.app, base_url="http://localhost:3001", headers=headers)
    started = time.monotonic()
    client.get("/alchemy/nft/v3/getNFTsForOwner", params={"pageKey": "fault-slow"})
    assert time.monotonic() - started >= 0.2


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ["418", "", "nothing", "٤٠٠"])
def test_takes_an_unknown_fault_for_a_bad_page(
    way: str, name: str, alchemy: Client, moralis: Client
) -> None:
    assert fault(way, name, alchemy, moralis).status_code == 400


@pytest.mark.parametrize("way", WAYS)
def test_asks_for_the_key_first(way: str, alchemy: Client, moralis: Client) -> None:
    alchemy.headers["Authorization"] = moralis.headers["X-API-Key"] = "wrong"
    answer = fault(way, "500", alchemy, moralis)
    assert answer.status_code == 401
    assert "wrong" not in answer.text
