"""The mark of a proven wallet: written once, by us, and never in the way of a sign-in."""

from __future__ import annotations

import json
import logging
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from auth.errors import TokenRefusedError
from auth.proof_mark import write_mark_in_cognito
from auth.triggers.pre_token_generation import build_handler
from auth.user_attributes import PROVEN_AT

from .conftest import LoadEvent

NOW = 1767225600.5
WALLET = "0x19e7e376e7c213b7e7e7e46cc70a5dd086daff2a"
BACKEND = Path(__file__).parents[3] / "backend"
EVENTS = ["PreTokenGeneration", "PreTokenGenerationAfterRefresh"]

type Asked = list[tuple[str, str, str]]


@pytest.fixture
def asked() -> Asked:
    """What the trigger wanted written: pool, user, when."""
    return []


def generate(
    event: Any, environment: dict[str, str], write: Callable[[str, str, str], None]
) -> dict[str, str]:
    handler = build_handler(environment, now=lambda: NOW, write_mark=write)
    details: Any = handler(event, None)["response"]["claimsOverrideDetails"]
    added: dict[str, str] = details["claimsToAddOrOverride"]
    return added


@pytest.mark.parametrize("name", EVENTS)
def test_whoever_gets_tokens_is_marked_as_proven(
    load_event: LoadEvent, environment: dict[str, str], asked: Asked, name: str
) -> None:
    event = load_event(name)
    assert generate(event, environment, lambda *call: asked.append(call))["wallet"]
    assert asked == [(event["userPoolId"], WALLET, "2026-01-01T00:00:00Z")]


@pytest.mark.parametrize("name", EVENTS)
def test_a_marked_wallet_is_not_marked_again(
    load_event: LoadEvent, environment: dict[str, str], asked: Asked, name: str
) -> None:
    event = load_event(name)
    event["request"]["userAttributes"][PROVEN_AT] = "2025-12-31T00:00:00Z"
    generate(event, environment, lambda *call: asked.append(call))
    assert asked == []


@pytest.mark.parametrize("attributes", [None, {}, {PROVEN_AT: ""}])
def test_a_user_without_attributes_is_marked_too(
    load_event: LoadEvent, environment: dict[str, str], asked: Asked, attributes: Any
) -> None:
    event = load_event("PreTokenGeneration")
    event["request"]["userAttributes"] = attributes
    generate(event, environment, lambda *call: asked.append(call))
    assert len(asked) == 1


def test_who_is_refused_tokens_is_not_marked(
    load_event: LoadEvent, environment: dict[str, str], asked: Asked
) -> None:
    event = {**load_event("PreTokenGeneration"), "triggerSource": "TokenGeneration_HostedAuth"}
    with pytest.raises(TokenRefusedError):
        generate(event, environment, lambda *call: asked.append(call))
    assert asked == []


@pytest.mark.parametrize("failure", [OSError("canary"), KeyError(WALLET), ImportError("boto3")])
def test_a_mark_that_cannot_be_written_costs_the_wallet_nothing_and_is_logged(
    load_event: LoadEvent,
    environment: dict[str, str],
    caplog: pytest.LogCaptureFixture,
    failure: Exception,
) -> None:
    def write(*_: str) -> None:
        raise failure

    assert generate(load_event("PreTokenGeneration"), environment, write)["wallet"]
    (record,) = [record for record in caplog.records if record.levelno >= logging.WARNING]
    logged = record.__dict__
    assert (logged["event"], logged["code"]) == ("proof_mark_failed", "proof_mark_not_written")
    assert logged["error"] == type(failure).__name__
    assert not [word for word in ("canary", WALLET) if word in str(logged)]


def in_region(monkeypatch: pytest.MonkeyPatch, **more: str) -> None:
    # botocore reads its region, credentials and endpoint from the process
    names = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}
    for name, value in {**names, "AWS_DEFAULT_REGION": "us-east-1", **more}.items():
        monkeypatch.setenv(name, value)


def test_writes_the_attribute_of_one_user(monkeypatch: pytest.MonkeyPatch) -> None:
    in_region(monkeypatch)
    schema: Any = [{"Name": "proven_at", "AttributeDataType": "String", "Mutable": True}]
    with mock_aws():
        client = boto3.client("cognito-idp")
        pool = client.create_user_pool(PoolName="wallets", Schema=schema)["UserPool"]["Id"]
        for name in (WALLET, "0x" + "0" * 40):
            client.admin_create_user(UserPoolId=pool, Username=name)
        write_mark_in_cognito(pool, WALLET, "2026-01-01T00:00:00Z")
        found = {
            user["Username"]: {one["Name"]: one.get("Value") for one in user["Attributes"]}
            for user in client.list_users(UserPoolId=pool)["Users"]
        }
    assert found[WALLET][PROVEN_AT] == "2026-01-01T00:00:00Z"
    assert PROVEN_AT not in found["0x" + "0" * 40]


def test_a_cognito_that_hangs_leaves_a_sign_in_time_to_end(
    load_event: LoadEvent, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import botocore.session  # noqa: F401 - loading it is not what is timed

    with socket.create_server(("127.0.0.1", 0)) as silent:
        endpoint = f"http://127.0.0.1:{silent.getsockname()[1]}"
        in_region(monkeypatch, AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER=endpoint)
        started = time.monotonic()
        event = load_event("PreTokenGeneration")
        assert generate(event, environment, write_mark_in_cognito)["wallet"]
        # botocore's own limits are 60 s a try; a busy machine is nowhere near
        assert 1 <= time.monotonic() - started < 30


SIGN_IN = """
import json, sys
from auth.triggers.pre_token_generation import handler
handler(json.loads(sys.argv[1]), None)
print(*sys.modules)
"""


def test_a_proven_wallets_sign_in_loads_no_boto3(
    load_event: LoadEvent, environment: dict[str, str]
) -> None:
    event = load_event("PreTokenGeneration")
    event["request"]["userAttributes"][PROVEN_AT] = "2025-12-31T00:00:00Z"
    done = subprocess.run(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-S", "-c", SIGN_IN, json.dumps(event)],
        env={**environment, "PYTHONPATH": f"{BACKEND}:{Path(pytest.__file__).parents[1]}"},
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    loaded = set(done.stdout.split())
    assert "auth.proof_mark" in loaded
    assert not loaded & {"boto3", "botocore", "socket", "ssl", "http.client"}
