"""The stand-ins as Lambda runs them: from the zip alone, by events of a function URL."""

from __future__ import annotations

import base64
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from stand_ins.holdings import WALLET_WITH_3
from verify.stand_in_code import stand_in_code
from verify.stand_in_stack import TEMPLATE

CALL = """
import json, sys
sys.path = [sys.argv[1], *[p for p in sys.path if "site-packages" not in p and p != sys.argv[2]]]
from stand_ins.function_url import handler
print(json.dumps([handler(event, None) for event in json.loads(sys.argv[3])]))
"""
LISTS = {
    "/alchemy/eth-mainnet/nft/v3/getNFTsForOwner": (
        {"owner": WALLET_WITH_3},
        {"authorization": "Bearer alchemy-of-the-run"},
        "ownedNfts",
    ),
    f"/moralis/api/v2.2/{WALLET_WITH_3}/nft": (
        {"chain": "eth", "format": "decimal"},
        {"x-api-key": "moralis-of-the-run"},
        "result",
    ),
}


def event(path: str, query: dict[str, str], headers: dict[str, str]) -> dict[str, Any]:
    return {
        "rawPath": path,
        "rawQueryString": "&".join(f"{name}={value}" for name, value in query.items()),
        "headers": headers,
        "requestContext": {"http": {"method": "GET"}, "domainName": "a1.lambda-url.example"},
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Lambda unpacks."""
    folder = tmp_path_factory.mktemp("code")
    zipfile.ZipFile(io.BytesIO(stand_in_code()[1])).extractall(folder)
    return folder


def called(folder: Path, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Answers of a Python that has the zip and its own library, and nothing of this checkout."""
    keys = {"ALCHEMY_KEY": "alchemy-of-the-run", "MORALIS_KEY": "moralis-of-the-run"}
    words = [sys.executable, "-c", CALL, str(folder), str(Path.cwd()), json.dumps(events)]
    done = subprocess.run(  # noqa: S603
        words, cwd=folder, env=keys, capture_output=True, text=True, check=True
    )
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def body_of(answer: dict[str, Any]) -> Any:
    return json.loads(base64.b64decode(answer["body"]))


def test_each_provider_lists_a_wallets_tokens_by_its_key_and_no_other(folder: Path) -> None:
    right = [event(path, query, headers) for path, (query, headers, _) in LISTS.items()]
    wrong = [{**each, "headers": {name: "no" for name in each["headers"]}} for each in right]
    answers = called(folder, [*right, *wrong])
    assert [answer["statusCode"] for answer in answers] == [200, 200, 401, 401]
    for answer, (_, _, listed_in) in zip(answers, LISTS.values(), strict=False):
        assert len(body_of(answer)[listed_in]) == 3


def test_each_fails_on_demand(folder: Path) -> None:
    events = [
        event(path, {**query, "pageKey": "fault-429", "cursor": "fault-429"}, headers)
        for path, (query, headers, _) in LISTS.items()
    ]
    answers = called(folder, events)
    assert [answer["statusCode"] for answer in answers] == [429, 429]
    assert [answer["headers"]["retry-after"] for answer in answers] == ["2", "2"]


def test_the_zip_is_small_and_the_same_each_time() -> None:
    assert stand_in_code() == stand_in_code()
    assert len(stand_in_code()[1]) < 1_000_000


def test_all_that_the_stack_makes_goes_with_it() -> None:
    """A log group that Lambda makes by itself would stay; so would what has another policy."""
    template = yaml.safe_load(TEMPLATE.read_text())
    resources = template["Resources"]
    policies = {resource.get("DeletionPolicy", "Delete") for resource in resources.values()}
    assert policies == {"Delete"}
    logging = resources["Function"]["Properties"]["LoggingConfig"]
    assert logging == {"LogGroup": {"Ref": "Logs"}}
    assert template["Description"].startswith("NFT Gallery")
