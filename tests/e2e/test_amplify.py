"""aws-amplify 6, unmodified, in Node against the local stack: the whole life of a session."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from eth_account import Account

from tests.e2e.conftest import HOLDS_0, HOLDS_3, HOLDS_250, RunningStack, sign

SCRIPT = Path(__file__).with_name("amplify_session.mjs")
MIGRATION = Path(__file__).with_name("migration_snippet.mjs")
NODE = shutil.which("node") or str(SCRIPT.parents[2] / ".tools" / "node" / "bin" / "node")


def run_session(
    stack: RunningStack, key: str, *, script: Path = SCRIPT, signing_key: str = ""
) -> dict[str, Any]:
    """Drive a script, answering its requests for signatures with a key."""
    address = Account.from_key(key).address
    command = [NODE, str(script), f"{stack.site}/config.json", address.lower(), address, stack.site]
    with subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        for line in process.stdout:
            word, _, rest = line.strip().partition(" ")
            if word == "SIGN":
                print(sign(signing_key or key, rest), file=process.stdin, flush=True)
            if word == "SEEN":
                seen: dict[str, Any] = json.loads(rest)
                return seen
        pytest.fail(process.stderr.read())


@pytest.mark.parametrize(("key", "first_page"), [(HOLDS_3, 3), (HOLDS_250, 100)])
def test_amplify_does_all_of_it_unmodified(stack: RunningStack, key: str, first_page: int) -> None:
    seen = run_session(stack, key)
    assert seen.pop("guestRole")
    assert seen.pop("signUp") in (True, "UsernameExistsException")
    assert seen == {
        "guest": 100,
        "signIn": True,
        "collection": 100,
        "getNFTsAlchemy": first_page,
        "getNFTsMoralis": first_page,
        "getNFTsAlchemyLambda": first_page,
        "getNFTsMoralisLambda": first_page,
        "refreshed": True,
        "afterRefresh": first_page,
        "wallet": Account.from_key(key).address.lower(),
        "signedOut": True,
    }


def test_the_lines_of_the_migration_guide_sign_in_a_new_wallet_and_one_that_comes_back(
    stack: RunningStack,
) -> None:
    key = Account.create().key.hex()
    for _ in range(2):
        seen = run_session(stack, key, script=MIGRATION)
        assert seen == {"error": None, "signedIn": Account.from_key(key).address.lower()}


def test_the_lines_of_the_migration_guide_end_in_an_error_for_a_wrong_signature(
    stack: RunningStack,
) -> None:
    seen = run_session(stack, HOLDS_3, script=MIGRATION, signing_key=HOLDS_0)
    assert seen == {"error": "The signature was refused.", "signedIn": None}
