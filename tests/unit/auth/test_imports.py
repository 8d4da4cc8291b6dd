"""What a trigger loads at its cold start. Each runs in a fresh interpreter, without settings."""

import subprocess
import sys
from pathlib import Path

import pytest

BACKEND = Path(__file__).parents[3] / "backend"
HEAVY = {"asyncio", "dataclasses", "secrets", "urllib.request", "http.client", "ssl", "eth_account"}


def modules_after_importing(module: str) -> set[str]:
    script = f"import sys, {module}; print(*sys.modules)"
    return set(
        subprocess.run(  # noqa: S603 - our own interpreter and script
            [sys.executable, "-S", "-c", script],
            env={"PYTHONPATH": f"{BACKEND}:{Path(pytest.__file__).parents[1]}"},
            capture_output=True,
            text=True,
            check=True,
            timeout=30,
        ).stdout.split()
    )


@pytest.mark.parametrize(
    "module",
    [
        "auth.triggers.pre_sign_up",
        "auth.triggers.define_auth_challenge",
        "auth.triggers.create_auth_challenge",
        "auth.triggers.pre_token_generation",
        "ethereum.address",
        "ethereum.siwe",
    ],
)
def test_only_the_verifier_loads_libsecp256k1(module: str) -> None:
    loaded = modules_after_importing(module)
    assert module in loaded
    assert not loaded & {"coincurve", *HEAVY}


def test_the_verify_trigger_loads_libsecp256k1_at_its_cold_start() -> None:
    loaded = modules_after_importing("auth.triggers.verify_auth_challenge_response")
    assert "coincurve" in loaded
    assert "ethereum.recap" not in loaded
    assert not loaded & HEAVY


def test_the_define_trigger_loads_no_ethereum() -> None:
    loaded = modules_after_importing("auth.triggers.define_auth_challenge")
    assert not [name for name in loaded if name.startswith(("ethereum", "sha3"))]
