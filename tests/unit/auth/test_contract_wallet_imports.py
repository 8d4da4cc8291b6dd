"""What an EOA's sign-in loads where contract wallets are on: nothing of theirs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from auth.user_attributes import PROVEN_AT

ROOT = Path(__file__).parents[3]
LAZY = {"boto3", "botocore", "ssl", "http.client", "socket"}
SIGN_IN = """
import json, sys
from auth.triggers import verify_auth_challenge_response as trigger
event = json.loads(sys.argv[1])
if sys.argv[2]:
    event["request"]["challengeAnswer"] = sys.argv[2]
environment = json.loads(sys.argv[3])
answered = trigger.build_handler(environment, now=lambda: 1767225605.0)(event, None)
print(answered["response"]["answerCorrect"], *sys.modules)
"""
ENVIRONMENT = {
    "ALLOWED_ORIGINS": "https://gallery.example",
    "CHAIN_IDS": "1",
    "STATEMENT": "Sign in to NFT Gallery.",
    "RPC_URLS": "1=http://127.0.0.1:9/",
}


def sign_in(answer: str = "", attributes: dict[str, str] | None = None) -> tuple[bool, set[str]]:
    """Whether the recorded answer, or another, was right; and what a fresh process loaded."""
    recorded = json.loads(
        (ROOT / "tests/events/cognitoVerifyAuthChallengeResponseEvent.json").read_text()
    )
    recorded["request"]["userAttributes"] |= attributes or {}
    event = json.dumps(recorded)
    done = subprocess.run(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-S", "-c", SIGN_IN, event, answer, json.dumps(ENVIRONMENT)],
        env={"PYTHONPATH": f"{ROOT / 'backend'}:{Path(pytest.__file__).parents[1]}"},
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    correct, *modules = done.stdout.split()
    return correct == "True", set(modules)


@pytest.mark.parametrize("attributes", [{}, {PROVEN_AT: "2025-12-31T00:00:00Z"}])
def test_an_eoas_sign_in_loads_no_transport_and_no_validator(attributes: dict[str, str]) -> None:
    correct, loaded = sign_in(attributes=attributes)
    assert correct
    assert not loaded & {
        *LAZY,
        "ethereum.contract_wallet",
        "auth.contract_wallets",
        "auth.contract_way",
        "nodes.endpoint",
    }


def test_another_signature_loads_the_transport_and_still_no_boto3() -> None:
    correct, loaded = sign_in("0x" + "5a" * 100)
    assert not correct
    assert {"ssl", "http.client", "ethereum.contract_wallet"} <= loaded
    assert not loaded & {"boto3", "botocore"}


def test_what_a_key_has_opened_is_refused_to_a_contract_without_boto3() -> None:
    correct, loaded = sign_in("0x" + "5a" * 100, {PROVEN_AT: "2025-12-31T00:00:00Z"})
    assert not correct
    assert not loaded & {"boto3", "botocore"}
