"""A dependency pays rent at every cold start: what the routes may load."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

BACKEND = Path(__file__).parents[3] / "backend"
NOT_LOADED = ("coincurve", "eth_account", "web3", "aws_xray_sdk", "sha3", "auth", "starlette")
PROBE = "import json, sys, {module}; print(json.dumps(sorted(sys.modules)))"


GALLERY_ROUTES = ("contract", "contract_nfts", "gate", "my_nfts", "nft", "owner_nfts")


def test_the_gallery_routes_add_keccak_for_checksums_and_nothing_else() -> None:
    modules = ", ".join(f"nft.routes.get_{route}" for route in GALLERY_ROUTES)
    command = [sys.executable, "-c", PROBE.format(module=modules)]
    run = subprocess.run(  # noqa: S603
        command, cwd=BACKEND, env={}, capture_output=True, check=True, timeout=60
    )
    loaded = {name.partition(".")[0] for name in json.loads(run.stdout)}
    assert loaded.isdisjoint(set(NOT_LOADED) - {"sha3"})


@pytest.mark.parametrize("route", ["get_nfts_alchemy", "get_chains", "get_nfts_moralis"])
def test_a_route_loads_nothing_it_does_not_use(route: str) -> None:
    probe = PROBE.format(module=f"nft.routes.{route}")
    command = [sys.executable, "-c", probe]
    run = subprocess.run(  # noqa: S603
        command, cwd=BACKEND, env={}, capture_output=True, check=True, timeout=60
    )
    loaded = {name.partition(".")[0] for name in json.loads(run.stdout)}
    assert "requests" in loaded
    assert loaded.isdisjoint(NOT_LOADED)
