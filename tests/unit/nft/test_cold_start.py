"""A dependency pays rent at every cold start: what the routes may load."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

BACKEND = Path(__file__).parents[3] / "backend"
TABLES = {"ens_normalize", "pyunormalize"}
ENS = {"web3", "ens", "eth_abi", "eth_utils", *TABLES}
NOT_LOADED = ("coincurve", "eth_account", *ENS, "aws_xray_sdk", "sha3", "auth", "starlette")
AWS = {"boto3", "botocore.exceptions"}
PROBE = "import json, sys, {module}; print(json.dumps(sorted(sys.modules)))"


def loaded_by(module: str) -> set[str]:
    command = [sys.executable, "-c", PROBE.format(module=module)]
    run = subprocess.run(  # noqa: S603
        command, cwd=BACKEND, env={}, capture_output=True, check=True, timeout=60
    )
    return {name.partition(".")[0] for name in json.loads(run.stdout)}


def test_the_gallery_loads_no_curve_and_no_web3() -> None:
    assert loaded_by("nft.routes.gallery").isdisjoint(NOT_LOADED)


@pytest.mark.parametrize("route", ["get_nfts_alchemy", "get_nfts_moralis"])
def test_a_raw_route_loads_nothing_it_does_not_use(route: str) -> None:
    loaded = loaded_by(f"nft.routes.{route}")
    assert "requests" in loaded
    assert loaded.isdisjoint({*NOT_LOADED, "msgspec"})


OWNER_FUNCTION = {
    "AWS_DEFAULT_REGION": "us-east-1",
    "ALLOWED_ORIGINS": "https://gallery.example",
    "ALCHEMY_NETWORKS_URL": "https://{network}.alchemy.example",
    "ALCHEMY_RPS": "5",
    "MORALIS_URL": "https://moralis.example",
    "MORALIS_RPS": "5",
    "CHAIN_READ_RPS": "5",
    "AWS_ENDPOINT_URL_DYNAMODB": "http://127.0.0.1:9",
    "PROVIDER_KEYS_SECRET_ARN": "arn:aws:secretsmanager:us-east-1:123456789012:secret:k",
    "CURSOR_KEY_SECRET_ARN": "arn:aws:secretsmanager:us-east-1:123456789012:secret:c",
    "BUDGET_TABLE_NAME": "budgets",
    "RPC_URLS": "1=https://node.example",
    "POWERTOOLS_SERVICE_NAME": "nft",
    "POWERTOOLS_METRICS_NAMESPACE": "NFTGallery/gallery",
}
ASK_FOR = """
import json, sys, time
from types import SimpleNamespace
from nft.routes.owners import handler
context = SimpleNamespace(aws_request_id="1", get_remaining_time_in_millis=lambda: 15_000)
path = {"chainId": "1", "owner": sys.argv[1]}
event = {"resource": "/chains/{chainId}/owners/{owner}/nfts", "pathParameters": path}
told = json.loads(handler(event, context)["body"])["error"]["code"]
print(json.dumps({"told": told, "cpu": time.process_time(), "loaded": [*sys.modules]}))
"""
LOAD_WEB3 = "import names.universal_resolver"
WRONG_CHECKSUM = "0xF39fd6e51aad88f6f4ce6ab8827279cfffb92266"


def cold_start(
    owner: str, *, first: str = "", **environment: str
) -> tuple[list[str], dict[str, Any]]:
    """A new process wires the whole function and answers one request: its log, and how it went."""
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-c", first + ASK_FOR, owner],
        cwd=BACKEND,
        env=OWNER_FUNCTION | environment,
        capture_output=True,
        check=True,
        timeout=60,
    )
    *log, went = run.stdout.decode().splitlines()
    return log, json.loads(went)


def test_an_owner_by_address_is_looked_up_without_web3() -> None:
    log, went = cold_start(WRONG_CHECKSUM)  # refused after all is wired, before anybody is asked
    assert (went["told"], len(log)) == ("invalid_address", 1)
    loaded = {*went["loaded"], *(name.partition(".")[0] for name in went["loaded"])}
    assert loaded.isdisjoint({*ENS, *AWS, "eth_account", "coincurve"})


def test_where_webhooks_are_on_the_table_is_read_by_boto3() -> None:
    _, went = cold_start(WRONG_CHECKSUM, INVALIDATION_TABLE_NAME="invalidations")
    assert set(went["loaded"]) > AWS


def test_the_first_name_wires_the_rest_and_is_logged_once() -> None:
    log, went = cold_start("a_b.eth")  # refused by ENSIP-15, before a node is asked
    assert (went["told"], len(log)) == ("invalid_name", 1)
    assert set(went["loaded"]) > TABLES
    assert "web3" not in went["loaded"]  # it waits for a name that there may be


def test_a_cold_start_without_ens_takes_at_most_half_of_one_that_loads_web3_first() -> None:
    """In CPU time, each at its best of up to five: what else runs here lengthens either."""
    without, eager = 1e9, 1e9
    for _ in range(5):
        without = min(without, cold_start(WRONG_CHECKSUM)[1]["cpu"])
        eager = min(eager, cold_start(WRONG_CHECKSUM, first=LOAD_WEB3)[1]["cpu"])
        if without <= eager / 2:
            break
    assert without <= eager / 2
